"""The shipped calendar of mainland China: the State Council's arrangement, year by year."""

from collections import Counter
from datetime import date, timedelta

import pytest

from bihuan.core.text import Text
from bihuan.deadlines.mainland_holidays import NOTICES
from tests.domain.deadlines.questions import CN

DAYS = [date(2019, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2019, 1, 1)).days)]
# Working days of the year, counted from the calendars the State Council's notices make.
WORKING_DAYS = {2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}


def kinds(year):
    return Counter(CN.plan(day).kind for day in DAYS if day.year == year)


@pytest.mark.parametrize("year", sorted(WORKING_DAYS))
def test_a_year_has_the_working_days_everyone_knows(year):
    found = kinds(year)
    assert found["worked"] + found["makeup"] == WORKING_DAYS[year]


def test_the_six_make_up_days_of_2026():
    made_up = [day.isoformat()[5:] for day in DAYS if day.year == 2026 and CN.plan(day).kind == "makeup"]
    assert made_up == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_every_day_worked_in_exchange_is_a_weekend_day_and_every_holiday_runs_without_a_gap():
    for _, first, last, worked in NOTICES:
        assert date.fromisoformat(first) <= date.fromisoformat(last)
        assert all(date.fromisoformat(day).weekday() >= 5 for day in worked)
        days = [date.fromisoformat(first) - timedelta(days=1), *map(date.fromisoformat, worked)]
        assert all(abs((day - date.fromisoformat(first)).days) <= 15 for day in days)


def test_the_holidays_of_the_law_are_off_every_year():
    for year in WORKING_DAYS:
        for month, day in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3)):
            assert CN.plan(date(year, month, day)).kind == "holiday"


def test_a_holiday_and_its_make_up_day_carry_its_name_in_both_languages():
    assert CN.plan(date(2026, 10, 3)).name == Text("国庆节", "National Day")
    assert CN.plan(date(2026, 10, 10)).name == Text("国庆节", "National Day")


def test_beyond_the_last_notice_only_fixed_dates_are_off():
    assert CN.plan(date(2027, 1, 1)).kind == "holiday"
    assert CN.plan(date(2027, 2, 8)).kind == "worked"  # within Spring Festival, not announced yet
    assert CN.unknown(date(2027, 1, 1))
    assert not CN.unknown(date(2026, 12, 31))
