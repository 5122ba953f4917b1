"""Weeks from Monday, and which of them the data covers whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from bihuan.insight.columns import Ints

GAP = 90  # days of silence that set a few rows apart from the rest
STRAY = 0.01  # share of all rows up to which such a group is taken for mistyped dates
WEEK = timedelta(days=7)
EPOCH = date(1970, 1, 1)


class Span(NamedTuple):
    """First and last day that belong together."""

    first: date
    last: date

    def mondays(self) -> list[date]:
        """The Monday of every week touched."""
        start = monday(self.first)
        return [start + WEEK * number for number in range((monday(self.last) - start).days // 7 + 1)]

    def full(self, start: date) -> bool:
        """Whether the week from this Monday lies wholly inside."""
        return self.first <= start and start + timedelta(days=6) <= self.last

    def last_two(self) -> tuple[date, date] | None:
        """(last full week, the one before it) by their Mondays; None where the data does not cover two."""
        last = next((start for start in reversed(self.mondays()) if self.full(start)), None)
        return (last, last - WEEK) if last and self.full(last - WEEK) else None


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def span_of(days: Ints) -> Span | None:
    """The days (numbers from 1970-01-01) that belong together: a few rows far before or after the rest (a year mistyped)
    are left out."""
    if not len(days):
        return None
    ordered, many = np.unique(days, return_counts=True)
    until = np.cumsum(many)
    first, last, few = 0, len(ordered) - 1, STRAY * until[-1]
    for at in np.flatnonzero(np.diff(ordered) > GAP):
        if until[at] <= few:
            first = int(at) + 1
        elif until[-1] - until[at] <= few:
            last = int(at)
            break
    return Span(*(EPOCH + timedelta(days=int(ordered[at])) for at in (first, last)))
