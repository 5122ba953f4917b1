"""The rule of deadlines a second time: one minute after another, slow and obvious, sharing nothing with the product.

A `Diary` writes down, for every minute of a stretch of time, the local date it falls on and the working day it belongs
to. Answers are then read off by walking minutes. Times are whole minutes; reading past the end raises IndexError.
"""

import calendar as months
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Diary:
    def __init__(self, written, first: datetime, days: int):
        """Keeps minutes from `first` (UTC) on; `written` is a calendar in JSON notation."""
        self.written, self.zone, self.first = written, ZoneInfo(written["timezone"]), first
        self.dates: list[date] = []
        self.owners: list[date | None] = []
        self.minutes_of: dict[date, list[int]] = {}  # worked ones, by the day they belong to
        self.minutes_on: dict[date, list[int]] = {}  # all of them, by the date shown
        self._spans: dict[date, list[tuple[int, int]]] = {}
        for n in range(days * 1440):
            local = (first + n * MINUTE).astimezone(self.zone)
            self.dates.append(local.date())
            self.minutes_on.setdefault(local.date(), []).append(n)
            owner = self._owner(self._as_shown_first(first + n * MINUTE, local))
            self.owners.append(owner)
            if owner:
                self.minutes_of.setdefault(owner, []).append(n)

    def _as_shown_first(self, instant: datetime, local: datetime) -> datetime:
        """A repeated hour lies, as a whole, between its last minute and the one after it."""
        while local.fold:
            instant += MINUTE
            shown = instant.astimezone(self.zone)
            if not shown.fold:
                return shown.replace(tzinfo=None) - MINUTE
            local = shown
        return local.replace(tzinfo=None)

    def _owner(self, local: datetime) -> date | None:
        minute = local.hour * 60 + local.minute
        for day, shown in ((local.date() - DAY, minute + 1440), (local.date(), minute)):
            for start, end in self._intervals(day):
                if start <= shown < end:
                    return day
        return None

    def _intervals(self, day: date) -> list[tuple[int, int]]:
        if day not in self._spans:
            usual = self.written["hours"].get(WEEKDAYS[day.weekday()], [])
            pairs = self.written.get("overrides", {}).get(day.isoformat(), usual)
            found = [(_minutes(opens), _minutes(closes)) for opens, closes in pairs]
            self._spans[day] = [(start, end if end > start else end + 1440) for start, end in found]
        return self._spans[day]

    def add(self, start: datetime, amount: int, unit: str, pauses) -> datetime:
        """The deadline; `amount` counts minutes for minutes, hours and working hours."""
        n, paused = self._number(start), self._paused(pauses)
        if unit in ("minutes", "hours", "working_hours"):
            while amount:
                amount -= n not in paused and (unit != "working_hours" or self.owners[n] is not None)
                n += 1
            return self.first + n * MINUTE
        day = self.dates[n]
        if unit == "working_days":
            while amount:
                day += DAY
                amount -= any(minute not in paused for minute in self._worked(day))
        else:
            left = (_later(day, amount, unit) - day).days
            while left:
                day += DAY
                left -= not self._wholly(day, paused)
            while not self._worked(day):
                day += DAY
        return self.first + (self._worked(day)[-1] + 1) * MINUTE

    def elapsed(self, start: datetime, end: datetime, unit: str, pauses) -> int:
        """Minutes run for minutes, hours and working hours; else the most whole units whose deadline is reached."""
        if unit in ("minutes", "hours", "working_hours"):
            paused = self._paused(pauses)
            span = range(self._number(start), self._number(end))
            return sum(n not in paused and (unit != "working_hours" or self.owners[n] is not None) for n in span)
        amount = 0
        while self.add(start, amount + 1, unit, pauses) <= end:
            amount += 1
        return amount

    def _number(self, moment: datetime) -> int:
        return (moment.astimezone(UTC) - self.first) // MINUTE

    def _paused(self, pauses) -> set[int]:
        return {n for begins, ends in pauses for n in range(self._number(begins), self._number(ends))}

    def _worked(self, day: date) -> list[int]:
        if day + 2 * DAY > self.dates[-1]:
            raise IndexError("the diary ends before that day does")
        return self.minutes_of.get(day, [])

    def _wholly(self, day: date, paused: set[int]) -> bool:
        if day + DAY > self.dates[-1]:
            raise IndexError("the diary ends before that day does")
        return all(n in paused for n in self.minutes_on[day])


def _minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _later(day: date, amount: int, unit: str) -> date:
    if unit != "months":
        return day + amount * (7 if unit == "weeks" else 1) * DAY
    year, month = day.year, day.month
    for _ in range(amount):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))
