"""Laws that hold for every calendar, start, amount and pause."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.deadlines.calendar_json import Override
from bihuan.deadlines.time_units import Unit
from bihuan.deadlines.working_time import add, elapsed
from tests.domain.deadlines.drawn import TIMED, WORKING, calendars, dates, gaps, placed, starts, targets, targets_in
from tests.domain.deadlines.questions import CN, WEEK, at, calendar


def deadline(*question):
    """The deadline in UTC: where deadlines go back, times of one zone compare by what the deadlines show."""
    return add(*question).at.astimezone(UTC)


@given(calendars, starts, targets, gaps)
def test_what_has_elapsed_at_the_deadline_is_the_target(of, start, target, found):
    pauses = placed(start, found)
    due = deadline(of, start, *target, pauses)
    run = elapsed(of, start, due, target[1], pauses)
    if target[1] in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS):
        # Days that are moved on to one working day end together, so they are all reached together.
        assert run >= target[0]
        assert deadline(of, start, run, target[1], pauses) == due
    else:
        assert run == target[0]
    assert elapsed(of, start, due - timedelta(microseconds=1), target[1], pauses) < target[0]


@given(calendars, starts, st.sampled_from(TIMED), st.integers(0, 10**9), gaps)
def test_time_is_exact_to_the_microsecond(of, start, unit, microseconds, found):
    pauses, hours = placed(start, found), 60 if unit is Unit.MINUTES else 1
    amount = microseconds / (3_600_000_000 / hours)
    due = deadline(of, start, amount, unit, pauses)
    assert round(elapsed(of, start, due, unit, pauses) * 3_600_000_000 / hours) == microseconds


@given(calendars, starts, targets, st.integers(0, 3), st.integers(0, 9_000), gaps)
def test_more_or_later_never_ends_sooner(of, start, target, more, later, found):
    pauses = placed(start, found)
    due = deadline(of, start, *target, pauses)
    assert start < due
    assert due <= deadline(of, start, target[0] + more, target[1], pauses)
    assert due <= deadline(of, start + timedelta(minutes=later), *target, pauses)


@given(calendars, starts, targets, gaps, st.integers(0, 20_000), st.integers(1, 5_000))
def test_another_pause_never_ends_sooner(of, start, target, found, a, length):
    pauses = placed(start, found)
    assert deadline(of, start, *target, pauses) <= deadline(of, start, *target, pauses + placed(start, [(a, length)]))


@given(calendars, starts, targets, st.integers(0, 20_000), st.integers(1, 6_000), st.floats(0, 1))
def test_splitting_or_repeating_a_pause_changes_nothing(of, start, target, a, length, where):
    [(begins, ends)] = placed(start, [(a, length)])
    middle = begins + (ends - begins) * where
    once = deadline(of, start, *target, [(begins, ends)])
    assert deadline(of, start, *target, [(middle, ends), (begins, middle)]) == once
    assert deadline(of, start, *target, [(begins, ends), (begins, middle), (begins, ends)]) == once


@given(calendars, starts, targets_in(WORKING), gaps, st.integers(0, 60))
def test_pausing_outside_hours_moves_nothing(of, start, target, found, days):
    pauses = placed(start, found)
    first = start.astimezone(of.zone).toordinal() + days
    worked = sorted(part for day in range(first - 1, first + 3) for part in of.worked(day))
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    closed = [
        (epoch + timedelta(microseconds=closes), epoch + timedelta(microseconds=opens))
        for (_, closes), (opens, _) in pairwise(worked)
    ]
    assert deadline(of, start, *target, pauses + closed) == deadline(of, start, *target, pauses)


@given(calendars, starts, targets, gaps, dates, st.sampled_from([(), ((540, 1080),), ((1320, 1800),)]))
def test_changing_a_date_moves_only_deadlines_that_reach_it(of, start, target, found, day, spans):
    pauses = placed(start, found)
    changed = replace(of, overrides={**of.overrides, day: Override(spans)})
    before, after = add(of, start, *target, pauses), add(changed, start, *target, pauses)
    first, last = before.start.date() - timedelta(days=1), min(before.last, after.last)
    if target[1] in (Unit.MINUTES, Unit.HOURS) or not first <= day <= last + timedelta(days=1):
        assert after.at.astimezone(UTC) == before.at.astimezone(UTC)
    if target[1] in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS) and day < last - timedelta(days=30):
        assert after.at.astimezone(UTC) == before.at.astimezone(UTC)


@given(starts, targets)
def test_the_shipped_calendar_ends_only_in_working_time(start, target):
    due = add(CN, start, *target).at
    if target[1] not in (Unit.MINUTES, Unit.HOURS):
        assert CN.plan(due.date()).spans
        assert (due.hour, due.minute) <= (18, 0)
    if target[1] in (Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS):
        assert f"{due:%H:%M}" == "18:00"


SUBSETS = [subset for size in range(1, 8) for subset in combinations(WEEK, size)]


@pytest.mark.parametrize("subset", SUBSETS, ids="-".join)
def test_every_subset_of_weekdays(subset):
    of = calendar({day: [["09:00", "17:00"]] for day in subset})
    for start in (at("2026-11-23 00:00") + timedelta(hours=7 * n) for n in range(24)):
        days = [start.date() + timedelta(days=n) for n in range(1, 30)]
        open_days = [day for day in days if WEEK[day.weekday()] in subset]
        assert deadline(of, start, 2, "working_days") == at(f"{open_days[1]} 17:00")
        assert deadline(of, start, 1, "days") == at(f"{open_days[0]} 17:00")
        due = add(of, start, 8, "working_hours").at
        assert WEEK[due.weekday()] in subset
        assert elapsed(of, start, due, "working_hours") == 8


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_a_month_ends_on_the_same_number_or_on_its_last_day(day, amount):
    of = calendar({weekday: [["00:00", "24:00"]] for weekday in WEEK})
    last = add(of, at(f"{day} 12:00"), amount, "months").last
    assert (last.year - day.year) * 12 + last.month - day.month == amount
    assert last.day == min(day.day, monthrange(last.year, last.month)[1])
