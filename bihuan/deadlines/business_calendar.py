"""A working calendar as a value: weekly hours, dates that differ, and how far the holidays are known."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from bihuan.core.text import Text
from bihuan.deadlines.calendar_json import Override, Spans, Week, calendar_fields
from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.instants import wall_instant
from bihuan.deadlines.mainland_holidays import mainland
from bihuan.deadlines.time_units import LONGEST_DAYS, beyond_a_century

Instants = tuple[tuple[int, int], ...]  # working intervals of one day, in microseconds since 1970 UTC
_CACHED_DAYS = 2 * LONGEST_DAYS


class Plan(NamedTuple):
    """What a date is meant to be: its intervals, why, and the name of the holiday behind it."""

    spans: Spans
    kind: Literal["worked", "makeup", "holiday", "weekend"]
    name: Text | None


@dataclass(frozen=True)
class Calendar:
    """Weekly hours (Monday first) in a zone; a date in `overrides` beats its weekday, open or closed.

    `earlier` holds the weekly hours of before, oldest first, each with the last date it was in force.

    Before `known_from` and after `known_until` deadlines are provisional; there the dates of `yearly_off`
    (month, day) are closed as well.
    """

    zone: ZoneInfo
    weekly: Week
    overrides: Mapping[date, Override] = field(default_factory=dict)
    known_from: date | None = None
    known_until: date | None = None
    yearly_off: Mapping[tuple[int, int], Text] = field(default_factory=dict)
    earlier: tuple[tuple[date, Week], ...] = ()
    _days: dict[int, Instants] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def from_json(cls, data: Any) -> "Calendar":
        """The calendar of that JSON value; "cn" is the shipped mainland one. Raises InputError.

        Equal values give one and the same object, so that its days are worked out once.
        """
        if data == "cn":
            return _shipped()
        if not isinstance(data, dict):
            raise InputError('calendar 请写 "cn" 或一个对象', 'calendar must be "cn" or an object')
        return _read(json.dumps(data, sort_keys=True))

    def plan(self, day: date) -> Plan:
        """What the calendar says about a date, in minutes of local time."""
        week = self.week(day)
        usual = week[day.weekday()]
        if (override := self.overrides.get(day)) is not None:
            if spans := override.spans if override.like is None else week[override.like]:
                return Plan(spans, "worked" if usual else "makeup", override.name)
            return Plan((), "holiday", override.name)
        if self.unknown(day) and (name := self.yearly_off.get((day.month, day.day))):
            return Plan((), "holiday", name)
        return Plan(usual, "worked" if usual else "weekend", None)

    def week(self, day: date) -> Week:
        """The weekly hours in force on that date."""
        return next((week for until, week in self.earlier if day <= until), self.weekly)

    def unknown(self, day: date) -> bool:
        """Whether the holidays of that date have not been announced to this calendar."""
        return bool((self.known_until and day > self.known_until) or (self.known_from and day < self.known_from))

    def worked(self, ordinal: int) -> Instants:
        """The working intervals that belong to a day (date ordinal), without what the evening before already covers."""
        found = self._days.get(ordinal)
        if found is None:
            if len(self._days) > _CACHED_DAYS:
                self._days.clear()
            found = self._days[ordinal] = self._work_out(ordinal)
        return found

    def days(self, ordinal: int) -> Iterator[tuple[int, Instants]]:
        """The days from that one on that have working time. Raises InputError when none is left within a century."""
        for day in range(ordinal, min(ordinal + LONGEST_DAYS, self._last) + 1):
            if found := self.worked(day):
                yield day, found
        raise beyond_a_century()

    def require_hours(self) -> None:
        """Raise InputError when the calendar never opens."""
        if not self._last:
            raise InputError(
                "日历里没有任何工作时间，请在 hours 里写上每周的时段",
                "the calendar has no working time; give the weekly intervals in hours",
            )

    @cached_property
    def _last(self) -> int:
        if any(self.weekly):
            return date.max.toordinal() - 2
        single = (day.toordinal() for day in self.overrides if self.plan(day).spans)
        return max((*single, *(until.toordinal() for until, week in self.earlier if any(week))), default=0)

    def _work_out(self, ordinal: int) -> Instants:
        evening = self.plan(date.fromordinal(ordinal - 1)).spans if ordinal > 1 else ()
        until = wall_instant(ordinal - 1, evening[-1][1], self.zone) if evening and evening[-1][1] > 1440 else None
        found = []
        for first, last in self.plan(date.fromordinal(ordinal)).spans:
            opens, closes = wall_instant(ordinal, first, self.zone), wall_instant(ordinal, last, self.zone)
            opens = opens if until is None else max(opens, until)
            if opens < closes:
                found.append((opens, closes))
        return tuple(found)


@lru_cache(maxsize=256)
def _read(text: str) -> Calendar:
    return Calendar(**calendar_fields(json.loads(text)))


@lru_cache(maxsize=1)
def _shipped() -> Calendar:
    return Calendar(**calendar_fields(mainland()))
