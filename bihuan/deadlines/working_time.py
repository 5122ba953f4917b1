"""Deadlines: add a target to a start, measure what has run, under a calendar and its pauses. Reads neither the time nor the database.

Counting follows Civil Code of China 200-203: with working days, days, weeks and months the start day does not count,
a last day that is a day off moves to the next working day, and the period ends at close of business. Minutes and
hours run 24×7, working hours inside the calendar's intervals. A pause counts only in time that would have counted.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.instants import instant, moment
from bihuan.deadlines.pauses import Pause, Stops, covers, running, stops, whole_days
from bihuan.deadlines.time_units import (
    CENTURY,
    LENGTH,
    LONGEST_DAYS,
    Unit,
    after,
    beyond_a_century,
    microseconds,
    unit_of,
    whole_amount,
)

FAR = 1 << 62  # later than any deadline
EVER = -FAR  # whole days are covered or not, whenever the deadline began


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline and what it was counted from; `day_breakdown` and `explanation` derive it again day by day.

    `last` is the day it belongs to: with an overnight interval the evening it began on.
    """

    at: datetime
    provisional: bool
    last: date
    calendar: Calendar
    start: datetime
    amount: float
    unit: Unit
    stops: Stops


def add(calendar: Calendar, start: datetime, amount: float, unit: str, pauses: Iterable[Pause] = ()) -> Due:
    """The deadline `amount` units after `start`, in the calendar's zone.

    Amount zero ends at once with minutes and hours, and at the day's own close of business with days and longer.
    Raises InputError for anything that cannot be counted.
    """
    unit = unit_of(unit)
    try:
        began = instant(start)
        paused = stops(pauses, began if unit in LENGTH else EVER)
        start = start.astimezone(calendar.zone)
        if unit is Unit.WORKING_HOURS:
            at, last = _working(calendar, start.toordinal(), began, microseconds(amount, unit), paused)
        elif unit in LENGTH:
            at, last = _running(began, microseconds(amount, unit), paused), 0
        elif unit is Unit.WORKING_DAYS:
            at, last = _working_days(calendar, start.toordinal(), began, whole_amount(amount, unit), paused)
        else:
            at, last = _dated(calendar, start.date(), began, whole_amount(amount, unit), unit, paused)
        due = moment(at, calendar.zone)
    except OverflowError:
        raise beyond_a_century() from None
    day = date.fromordinal(last) if last else due.date()
    provisional = calendar.unknown(day) or calendar.unknown(start.date())
    return Due(due, provisional, day, calendar, start, amount, unit, paused)


def elapsed(calendar: Calendar, start: datetime, end: datetime, unit: str, pauses: Iterable[Pause] = ()) -> float:
    """How many units have run from `start` to `end`; zero when `end` is not later.

    Minutes, hours and working hours to the microsecond. Working days and longer: the greatest whole number whose
    deadline has been reached, so days that end together on one working day count together.
    """
    unit = unit_of(unit)
    began, ended = instant(start), instant(end)
    if ended <= began:
        return 0
    if ended - began > CENTURY:
        raise beyond_a_century()
    paused = stops(pauses, began if unit in LENGTH else EVER)
    if unit in LENGTH:
        return _measured(calendar, began, ended, unit, paused) / LENGTH[unit]
    first, last = start.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date()
    most = range(1, (last - first).days + 1)
    if unit is Unit.WORKING_DAYS:
        days = (calendar.worked(first.toordinal() + n) for n in most)
        return sum(1 for day in days if day and day[-1][1] <= ended and not covers(paused, day))
    calendar.require_hours()
    return bisect_right(most, ended, key=lambda n: _end(calendar, first, began, n, unit, paused))


def counted_until(first: date, amount: int, unit: Unit, calendar: Calendar, paused: Stops) -> date:
    """The last counted day of a period of days, weeks or months, before any moving on for a day off. Raises InputError."""
    last = after(first, amount, unit)
    for opening, closing in whole_days(paused, calendar.zone):
        opening = max(opening, first + timedelta(days=1))
        if opening > last:
            break
        last += timedelta(days=max(0, (closing - opening).days + 1))
    if (last - first).days > LONGEST_DAYS:
        raise beyond_a_century()
    return last


def _running(began: int, left: int, paused: Stops) -> int:
    due = began + left
    for begins, ends in paused:
        if begins >= due:
            break
        due += ends - begins
    return due


def _working(calendar: Calendar, first: int, began: int, left: int, paused: Stops) -> tuple[int, int]:
    calendar.require_hours()
    if not left:
        return began, first
    for day, intervals in calendar.days(first - 1):
        for opens, closes in intervals:
            if closes <= began:
                continue
            for runs, rests in running(max(opens, began), closes, paused):
                if rests - runs >= left:
                    return runs + left, day
                left -= rests - runs
    raise beyond_a_century()


def _working_days(calendar: Calendar, first: int, began: int, left: int, paused: Stops) -> tuple[int, int]:
    calendar.require_hours()
    if not left:
        return _close(calendar, first, began)
    for day, intervals in calendar.days(first + 1):
        if not (paused and covers(paused, intervals)):
            left -= 1
            if not left:
                return intervals[-1][1], day
    raise beyond_a_century()


def _dated(calendar: Calendar, first: date, began: int, amount: int, unit: Unit, paused: Stops) -> tuple[int, int]:
    calendar.require_hours()
    return _close(calendar, counted_until(first, amount, unit, calendar, paused).toordinal(), began)


def _end(calendar: Calendar, first: date, began: int, amount: int, unit: Unit, paused: Stops) -> int:
    """When so many days, weeks or months end; never, where the calendar runs out of working time before."""
    try:
        return _dated(calendar, first, began, amount, unit, paused)[0]
    except InputError:
        return FAR


def _close(calendar: Calendar, day: int, began: int) -> tuple[int, int]:
    """Close of business of that day or, if it is off or already over, of the next working day."""
    return next((intervals[-1][1], found) for found, intervals in calendar.days(day) if intervals[-1][1] >= began)


def _measured(calendar: Calendar, began: int, ended: int, unit: Unit, paused: Stops) -> int:
    if unit is not Unit.WORKING_HOURS:
        return sum(rests - runs for runs, rests in running(began, ended, paused))
    total = 0
    first = moment(began, calendar.zone).toordinal() - 1
    for day in range(first, moment(ended, calendar.zone).toordinal() + 1):
        for opens, closes in calendar.worked(day):
            opens, closes = max(opens, began), min(closes, ended)
            if opens < closes:
                total += sum(rests - runs for runs, rests in running(opens, closes, paused))
    return total
