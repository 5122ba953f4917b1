"""Deadlines somebody can check with a pencil: the fixtures of the requirements, the contest of the peers, the edges."""

import pytest

from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.working_time import add, elapsed
from tests.domain.deadlines.questions import CN, at, calendar, every_day, shown


def due(start, amount, unit, *pauses, of=CN):
    return shown(add(of, at(start, str(of.zone)), amount, unit, [(at(a), at(b)) for a, b in pauses]).at)


def test_f5_a_plan_with_three_working_days_and_two_months():
    assert due("2025-09-29 10:00", 3, "working_days") == "2025-10-10 18:00"  # 30 Sep, 9 Oct, 10 Oct
    assert due("2025-09-29 10:00", 2, "months") == "2025-12-01 18:00"  # 29 Nov is a Saturday
    assert due("2023-10-09 09:00", 3, "working_days") == "2023-10-12 18:00"
    assert due("2023-10-09 09:00", 2, "months") == "2023-12-11 18:00"  # 9 Dec is a Saturday


def test_f7_f8_a_sunday_in_a_long_holiday_still_has_its_24_hours():
    assert due("2023-10-01 14:35", 24, "hours") == "2023-10-02 14:35"
    assert due("2023-10-01 16:05", 30, "minutes") == "2023-10-01 16:35"
    assert due("2023-10-01 14:35", 1, "working_days") == "2023-10-07 18:00"
    assert due("2023-10-01 16:05", 4, "working_hours") == "2023-10-07 14:30"


def test_f9_f10_day_and_week_limits_of_the_meetings():
    assert due("2023-10-01 14:35", 1, "weeks") == "2023-10-08 18:00"  # a make-up Sunday
    assert due("2023-10-08 17:59", 7, "days") == "2023-10-16 18:00"  # the 15th is a Sunday


def test_f11_three_working_days_over_national_day_2022():
    assert due("2022-09-30 17:00", 3, "working_days") == "2022-10-10 18:00"


def test_the_contest_of_the_peers_sixteen_working_hours_over_national_day_2026():
    pause = ("2026-10-08 09:00", "2026-10-08 13:50")  # 3 h 20 of it in working time
    assert due("2026-09-30 15:00", 16, "working_hours", pause) == "2026-10-10 10:20"
    assert due("2026-09-30 15:00", 16, "working_hours") == "2026-10-09 16:00"
    assert (
        elapsed(CN, at("2026-09-30 15:00"), at("2026-10-10 10:20"), "working_hours", [(at(pause[0]), at(pause[1]))])
        == 16
    )


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2026-11-23 09:00", 3, "working_hours", "2026-11-23 12:00"),  # exactly at lunch: not 13:30
        ("2026-11-23 09:00", 7.5, "working_hours", "2026-11-23 18:00"),  # exactly at closing: not tomorrow
        ("2026-11-23 12:30", 1, "working_hours", "2026-11-23 14:30"),
        ("2026-11-27 18:00", 0.5, "working_hours", "2026-11-30 09:30"),
        ("2026-11-28 03:00", 1, "working_days", "2026-11-30 18:00"),
        ("2026-11-27 23:59", 1, "working_days", "2026-11-30 18:00"),
        ("2026-11-30 00:00", 1, "working_days", "2026-12-01 18:00"),
        ("2026-11-23 17:00", 0, "working_days", "2026-11-23 18:00"),  # the same day
        ("2026-11-23 19:00", 0, "working_days", "2026-11-24 18:00"),
        ("2026-11-28 10:00", 0, "days", "2026-11-30 18:00"),
        ("2026-11-28 10:00", 0, "working_hours", "2026-11-28 10:00"),
        ("2026-01-31 10:00", 1, "months", "2026-02-28 18:00"),  # shorter month, a make-up Saturday
        ("2024-01-31 10:00", 1, "months", "2024-02-29 18:00"),
        ("2024-02-29 10:00", 12, "months", "2025-02-28 18:00"),
        ("2025-12-30 10:00", 2, "days", "2026-01-04 18:00"),  # New Year off, make-up Sunday
        ("2025-12-31 23:30", 45, "minutes", "2026-01-01 00:15"),
        ("2026-09-24 17:00", 1, "weeks", "2026-10-08 18:00"),
    ],
)
def test_the_edges_of_counting(start, amount, unit, expected):
    assert due(start, amount, unit) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "pause", "expected"),
    [
        (2, "hours", ("2026-11-23 10:30", "2026-11-23 11:00"), "2026-11-23 12:30"),
        (2, "hours", ("2026-11-23 12:00", "2026-11-23 15:00"), "2026-11-23 12:00"),  # due just as the pause begins
        (2, "hours", ("2026-11-23 08:00", "2026-11-23 10:30"), "2026-11-23 12:30"),  # only from the start on
        (2, "working_hours", ("2026-11-23 11:30", "2026-11-23 14:00"), "2026-11-23 14:30"),
        (3, "working_days", ("2026-11-24 09:00", "2026-11-24 18:00"), "2026-11-27 18:00"),
        (3, "working_days", ("2026-11-24 09:01", "2026-11-24 18:00"), "2026-11-26 18:00"),
        (3, "working_days", ("2026-11-23 10:00", "2026-11-24 17:59"), "2026-11-26 18:00"),
        (3, "working_days", ("2026-11-26 08:00", "2026-11-27 20:00"), "2026-11-30 18:00"),
        (3, "working_days", ("2026-11-28 00:00", "2026-11-30 00:00"), "2026-11-26 18:00"),  # a weekend
        (3, "days", ("2026-11-24 09:00", "2026-11-24 18:00"), "2026-11-26 18:00"),  # not the whole calendar day
        (3, "days", ("2026-11-24 00:00", "2026-11-25 00:00"), "2026-11-27 18:00"),
        (
            3,
            "days",
            ("2026-11-23 00:00", "2026-11-24 00:00"),
            "2026-11-26 18:00",
        ),  # the start day does not count anyway
        (1, "weeks", ("2026-11-24 00:00", "2026-11-26 12:00"), "2026-12-02 18:00"),
        (1, "months", ("2026-11-24 00:00", "2026-11-26 00:00"), "2026-12-25 18:00"),
    ],
)
def test_a_pause_counts_only_where_the_deadline_would_have_run(amount, unit, pause, expected):
    assert due("2026-11-23 10:00", amount, unit, pause) == expected


def test_a_pause_over_the_whole_start_day_moves_nothing():
    pause = ("2026-11-23 00:00", "2026-11-24 00:00")
    assert due("2026-11-23 00:00", 3, "days", pause) == "2026-11-26 18:00"
    assert due("2026-11-23 00:00", 3, "working_days", pause) == "2026-11-26 18:00"


def test_two_pauses_that_leave_only_lunch_cover_the_working_day():
    around_lunch = [("2026-11-24 09:00", "2026-11-24 12:00"), ("2026-11-24 13:30", "2026-11-24 18:00")]
    assert due("2026-11-23 10:00", 3, "working_days", *around_lunch) == "2026-11-27 18:00"


def test_an_interval_over_midnight_belongs_to_the_day_it_starts_on():
    night = calendar({"tue": [["22:00", "06:00"]], "thu": [["22:00", "24:00"]]})
    assert due("2026-11-23 10:00", 1, "working_days", of=night) == "2026-11-25 06:00"
    assert due("2026-11-23 10:00", 2, "working_days", of=night) == "2026-11-27 00:00"
    assert due("2026-11-25 02:00", 4, "working_hours", of=night) == "2026-11-25 06:00"
    assert due("2026-11-25 02:00", 5, "working_hours", of=night) == "2026-11-26 23:00"


def test_closing_a_date_leaves_the_evening_before_open_till_its_end():
    night = calendar({"tue": [["22:00", "06:00"]], "wed": [["22:00", "06:00"]]}, overrides={"2026-11-25": []})
    assert due("2026-11-24 22:00", 8, "working_hours", of=night) == "2026-11-25 06:00"
    assert due("2026-11-24 22:00", 9, "working_hours", of=night) == "2026-12-01 23:00"


def test_time_that_two_intervals_share_runs_once():
    shared = every_day(["22:00", "06:00"], ["05:00", "09:00"], ["08:00", "10:00"])
    assert due("2026-11-24 22:00", 12, "working_hours", of=shared) == "2026-11-25 10:00"


def test_an_override_beats_its_weekday_both_ways():
    week = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    company = calendar(week, overrides={"2026-11-24": [], "2026-11-28": [["10:00", "14:00"]]})
    assert due("2026-11-23 16:00", 2, "working_hours", of=company) == "2026-11-25 10:00"
    assert due("2026-11-27 16:00", 2, "working_hours", of=company) == "2026-11-28 11:00"


def test_the_night_the_deadlines_change_is_as_long_as_it_was():
    berlin = every_day(["22:00", "06:00"], zone="Europe/Berlin")
    assert due("2026-03-28 22:00", 7, "working_hours", of=berlin) == "2026-03-29 06:00"
    assert due("2026-10-24 22:00", 9, "working_hours", of=berlin) == "2026-10-25 06:00"
    assert due("2026-03-28 12:00", 24, "hours", of=berlin) == "2026-03-29 13:00"
    assert due("2026-03-28 12:00", 1, "days", of=berlin) == "2026-03-30 06:00"


def test_an_interval_that_opens_in_the_skipped_hour_opens_at_the_jump():
    berlin = every_day(["02:30", "05:00"], zone="Europe/Berlin")
    assert due("2026-03-29 00:00", 2, "working_hours", of=berlin) == "2026-03-29 05:00"


def test_a_date_the_zone_skipped_is_no_working_day():
    apia = every_day(["09:00", "17:00"], zone="Pacific/Apia")
    assert due("2011-12-29 10:00", 1, "working_days", of=apia) == "2011-12-31 17:00"


def test_a_date_the_zone_skipped_is_not_a_day_that_a_pause_covered():
    apia = every_day(["09:00", "17:00"], zone="Pacific/Apia")
    start = at("2011-12-28 10:00", "Pacific/Apia")
    jump = (at("2011-12-29 16:00", "Pacific/Apia"), at("2011-12-31 16:00", "Pacific/Apia"))
    around = (at("2011-12-29 00:00", "Pacific/Apia"), at("2012-01-01 00:00", "Pacific/Apia"))
    assert add(apia, start, 4, "days", [jump]).last.isoformat() == "2012-01-01"
    assert add(apia, start, 4, "days", [around]).last.isoformat() == "2012-01-03"


def test_the_deadline_is_told_in_the_zone_of_the_calendar():
    answer = add(CN, at("2026-11-23 03:00", "Europe/Berlin"), 1, "hours").at
    assert answer.isoformat() == "2026-11-23T11:00:00+08:00"


@pytest.mark.parametrize("unit", ["working_hours", "working_days", "days", "weeks", "months"])
def test_an_empty_calendar_is_a_clear_error(unit):
    with pytest.raises(InputError, match="no working time"):
        add(calendar({}), at("2026-11-23 10:00"), 1, unit)


def test_minutes_and_hours_need_no_working_time():
    assert due("2026-11-23 10:00", 90, "minutes", of=calendar({})) == "2026-11-23 11:30"


def test_a_calendar_open_on_single_dates_only_runs_out_clearly():
    once = calendar({}, overrides={"2026-11-28": [["09:00", "12:00"]]})
    assert due("2026-11-23 10:00", 3, "working_hours", of=once) == "2026-11-28 12:00"
    with pytest.raises(InputError, match="runs out of working time"):
        add(once, at("2026-11-23 10:00"), 4, "working_hours")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "provisional"),
    [
        ("2026-12-31 17:00", 1, "working_hours", False),
        ("2026-12-31 17:00", 2, "working_hours", True),
        ("2026-12-30 17:00", 1, "working_days", False),
        ("2026-12-31 17:00", 1, "working_days", True),
        ("2026-12-20 17:00", 1, "months", True),
        ("2026-12-31 17:00", 7, "hours", True),  # no holiday can move it, which its explanation says
        ("2026-12-31 17:00", 6, "hours", False),
        ("2018-12-28 17:00", 3, "working_days", True),  # before the table begins
    ],
)
def test_beyond_the_known_holidays_a_deadline_is_provisional(start, amount, unit, provisional):
    assert add(CN, at(start), amount, unit).provisional is provisional


def test_beyond_the_known_holidays_the_fixed_dates_are_left_out():
    assert due("2027-04-30 10:00", 1, "working_days") == "2027-05-03 18:00"
    assert due("2027-09-30 10:00", 1, "working_days") == "2027-10-04 18:00"
    assert due("2026-12-31 17:00", 2, "working_hours") == "2027-01-04 10:00"


@pytest.mark.parametrize(
    ("amount", "unit", "named"),
    [
        (-1, "hours", "zero or a positive number"),
        (0.5, "days", "whole number"),
        (-1, "working_days", "whole number"),
        (float("nan"), "hours", "zero or a positive number"),
        (float("inf"), "months", "whole number"),
        (1e9, "hours", "over a century"),
        (10**9, "months", "over a century"),
        (1201, "months", "over a century"),
        (1, "fortnights", "working_hours"),
    ],
)
def test_what_cannot_be_counted_says_what_to_change(amount, unit, named):
    with pytest.raises(InputError, match=named):
        add(CN, at("2026-11-23 10:00"), amount, unit)


def test_a_time_without_a_zone_or_a_pause_backwards_is_refused():
    with pytest.raises(InputError, match="no zone"):
        add(CN, at("2026-11-23 10:00").replace(tzinfo=None), 1, "hours")
    with pytest.raises(InputError, match="before it begins"):
        add(CN, at("2026-11-23 10:00"), 1, "hours", [(at("2026-11-23 12:00"), at("2026-11-23 11:00"))])


def test_nothing_has_run_before_the_start():
    for unit in ("minutes", "working_hours", "working_days", "months"):
        assert elapsed(CN, at("2026-11-23 10:00"), at("2026-11-23 09:00"), unit) == 0


def test_a_day_that_midnight_shows_twice_is_covered_only_by_a_pause_over_both():
    # In Newfoundland deadlines went from 00:01 back to 23:01 the day before: the 28th ended an hour later than it first did.
    of = every_day(["09:00", "17:00"], zone="America/St_Johns")
    start, night = at("2006-10-27 10:00", "America/St_Johns"), at("2006-10-28 00:00", "America/St_Johns")
    once, twice = (at("2006-10-29 00:00", "America/St_Johns").replace(fold=fold) for fold in (0, 1))
    assert add(of, start, 2, "days", [(night, once)]).last.isoformat() == "2006-10-29"
    assert add(of, start, 2, "days", [(night, twice)]).last.isoformat() == "2006-10-30"


def test_a_start_within_the_repeated_hour_takes_nothing_from_the_day_after():
    of = every_day(["09:00", "17:00"], zone="America/St_Johns")
    start = at("2006-10-28 23:38", "America/St_Johns").replace(fold=1)  # the 29th has shown its first minute already
    pause = (at("2006-10-28 12:00", "America/St_Johns"), at("2006-10-30 12:00", "America/St_Johns"))
    assert add(of, start, 1, "weeks", [pause]).last.isoformat() == "2006-11-05"


def test_what_a_calendar_that_runs_out_never_reaches_has_not_run():
    once = calendar({}, overrides={"2026-11-24": [["09:00", "12:00"]], "2026-11-26": [["09:00", "12:00"]]})
    assert elapsed(once, at("2026-11-23 10:00"), at("2026-12-31 10:00"), "days") == 3
    assert elapsed(once, at("2026-11-23 10:00"), at("2026-11-25 10:00"), "days") == 1
    assert elapsed(once, at("2026-11-23 10:00"), at("2026-12-31 10:00"), "months") == 0
    with pytest.raises(InputError, match="no working time"):
        elapsed(calendar({}), at("2026-11-23 10:00"), at("2026-11-25 10:00"), "days")
