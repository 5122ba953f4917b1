"""Weekly hours of earlier periods and days that work as a weekday are only a shorter way of writing single dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.working_time import add
from tests.domain.deadlines.drawn import dates, intervals, starts, targets
from tests.domain.deadlines.questions import WEEK, at, calendar, shown

weeks = st.dictionaries(st.sampled_from(WEEK), intervals, min_size=1).filter(lambda hours: any(hours.values()))
periods = st.lists(st.tuples(dates, weeks), max_size=3)
likes = st.dictionaries(dates, st.sampled_from(WEEK), max_size=4)
FIRST, LAST = date(2025, 12, 1), date(2028, 12, 31)


def spelled_out(hours, earlier, alike):
    """The same calendar with an override for every single date."""
    found = {}
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        week = next((one for until, one in sorted(earlier, key=lambda e: e[0]) if day <= until), hours)
        found[day.isoformat()] = week.get(alike.get(day, WEEK[day.weekday()]), [])
    return {"timezone": "Asia/Shanghai", "hours": hours, "overrides": found}


@given(weeks, periods, likes, starts, targets)
def test_a_deadline_is_the_same_when_every_date_is_spelled_out(hours, earlier, alike, start, target):
    earlier = list({until: (until, week) for until, week in earlier}.values())
    short = calendar(
        hours,
        earlier=[{"until": until.isoformat(), "hours": week} for until, week in earlier],
        overrides={day.isoformat(): {"as": like} for day, like in alike.items()},
    )
    long = Calendar.from_json(spelled_out(hours, earlier, alike))
    due = add(short, start, *target)
    if due.last < LAST:
        assert due.at == add(long, start, *target).at


def test_hours_that_change_in_the_middle_of_a_deadline():
    of = calendar(
        {day: [["10:00", "16:00"]] for day in WEEK[:5]},
        earlier=[{"until": "2026-11-24", "hours": {day: [["09:00", "18:00"]] for day in WEEK[:5]}}],
        overrides={"2026-11-28": {"as": "mon"}},
    )
    assert shown(add(of, at("2026-11-24 16:00"), 4, "working_hours").at) == "2026-11-25 12:00"
    assert shown(add(of, at("2026-11-27 16:00"), 1, "working_days").at) == "2026-11-28 16:00"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ({"earlier": {}}, "earlier must be"),
        ({"earlier": [{"hours": {}}]}, "cannot read the date"),
        ({"earlier": [{"until": "2026-01-01", "hours": {"monday": []}}]}, "none of"),
        ({"overrides": {"2026-01-01": {"as": "monday"}}}, "as must be"),
        ({"overrides": {"2026-01-01": {"as": "mon", "hours": []}}}, "without hours"),
    ],
)
def test_a_slip_of_the_pen_says_what_to_change(written, named):
    with pytest.raises(InputError, match=named):
        calendar({"mon": [["09:00", "18:00"]]}, **written)


def test_a_calendar_that_only_used_to_open_runs_out():
    of = calendar({}, earlier=[{"until": "2026-11-24", "hours": {"mon": [["09:00", "18:00"]]}}])
    assert shown(add(of, at("2026-11-20 10:00"), 9, "working_hours").at) == "2026-11-23 18:00"
    with pytest.raises(InputError, match="runs out"):
        add(of, at("2026-11-20 10:00"), 10, "working_hours")
