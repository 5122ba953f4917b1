"""What a draft would do before it counts: the days that change, and the open deadlines that would move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.business_calendar import Calendar, Plan
from bihuan.deadlines.calendar_versions import CalendarVersion, Data
from bihuan.deadlines.models import Deadline
from bihuan.deadlines.models.deadline import DeadlineQuerySet
from bihuan.deadlines.recalculation import Recalculated, recalculated_by

MOST_RECALCULATED = 5000
"""So many deadlines are worked out while somebody waits (half a second); beyond it the rest is only counted."""


@dataclass(frozen=True)
class Change:
    """One date before and after. ``past``: it lies before today."""

    day: date
    before: Plan
    after: Plan
    source: str
    is_past: bool

    @property
    def weekday(self) -> Text:
        return Text("周" + "一二三四五六日"[self.day.weekday()], f"{self.day:%a}")

    @property
    def name(self) -> Text | None:
        """The holiday behind it."""
        return self.after.name or self.before.name


@dataclass(frozen=True)
class Moved:
    """An open deadline that would change."""

    deadline: Deadline
    due: datetime
    provisional: bool


@dataclass(frozen=True)
class Effect:
    """``reached``: open deadlines that the changed days can touch; ``tried``: how many of them were worked out."""

    touched: int
    recalculated: int
    moved: list[Moved]
    confirmed: int
    moving: int


def changes(before: Data, after: Data, today: date) -> list[Change]:
    """Dates that change: entries that differ, and fixed holidays that the known years now say something else about."""
    old, new = Calendar.from_json(before), Calendar.from_json(after)
    keys = {*before["overrides"], *after["overrides"]}
    differing = {date.fromisoformat(d) for d in keys if before["overrides"].get(d) != after["overrides"].get(d)}
    for year in range(_year(before), _year(after) + 1):
        differing |= {date(year, *day) for day in new.yearly_off if day != (2, 29)}
    return [
        Change(day, old.plan(day), new.plan(day), after["overrides"].get(day.isoformat(), {}).get("source", ""), day < today)
        for day in sorted(differing)
        if old.plan(day) != new.plan(day)
    ]  # fmt: skip


def first_touched(before: Data, after: Data, valid_from: date, today: date) -> date | None:
    """The first day the draft says anything else about than the version in force; None when nothing differs."""
    days = [one.day for one in changes(before, after, today)]
    if before["hours"] != after["hours"]:
        days.append(valid_from)
    if before["known_until"] != after["known_until"]:
        days.append(date.fromisoformat(min(before["known_until"], after["known_until"])) + timedelta(days=1))
    return min(days, default=None)


def effect(draft: CalendarVersion) -> Effect:
    """What publishing the draft would do to the open deadlines of its calendar."""
    held = draft.calendar.current
    first = first_touched(held.data, draft.data, draft.valid_from, clock.today())
    if first is None or not any(draft.value.weekly):
        return Effect(0, 0, [], 0, 0)
    rows = touched_deadlines(draft, first)
    count = rows.count()
    tried = list(recalculated_by(rows.order_by("due")[:MOST_RECALCULATED], draft.value))
    differing = {one.pk: one for one in tried if one.differs}
    shown = (
        Deadline.objects.filter(pk__in=list(differing)[:200]).select_related("case", "external_request").order_by("due")
    )
    moves = [one for one in differing.values() if one.moves]
    return Effect(
        touched=count,
        recalculated=len(tried),
        moved=[Moved(row, differing[row.pk].due.at, differing[row.pk].due.provisional) for row in shown],
        confirmed=sum(_confirmed(one) for one in differing.values()),
        moving=len(moves),
    )


def touched_deadlines(draft: CalendarVersion, first: date) -> DeadlineQuerySet:
    """Open deadlines that a change from that day on can touch: minutes and hours run whatever the calendar says."""
    since = clock.midnight(first - timedelta(days=1))
    rows = Deadline.objects.open().filter(calendar_version__calendar=draft.calendar_id, due__gte=since)
    return rows.exclude(unit__in=("minutes", "hours"))


def _confirmed(one: Recalculated) -> bool:
    return one.was_provisional and not one.due.provisional


def _year(data: Data) -> int:
    return int(data["known_until"][:4])
