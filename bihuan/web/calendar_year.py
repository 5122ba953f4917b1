"""A year of a calendar as twelve months of marked days: what each is, in a word beside its colour."""

from __future__ import annotations

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.business_calendar import Calendar, Plan
from bihuan.deadlines.calendar_json import Spans
from bihuan.deadlines.calendar_versions import CalendarVersion

MARKS: dict[str, tuple[Text, Text]] = {
    "holiday": (Text("休", "off"), Text("放假", "Holiday")),
    "makeup": (Text("班", "make-up"), Text("调休上班", "Make-up day")),
    "company": (Text("企", "co"), Text("公司日", "Company day")),
    "guessed": (Text("休?", "off?"), Text("未公布，按公历固定假日", "Not announced, a fixed date")),
    "weekend": (Text("", ""), Text("每周休息日", "Weekly day off")),
    "worked": (Text("", ""), Text("工作日", "Working day")),
}
"""By kind: the mark on the day, and its name in the legend."""


@dataclass(frozen=True)
class Cell:
    """One day of a month. ``description``: all of it in words."""

    day: date
    kind: str
    description: Text
    today: bool
    changed: bool

    @property
    def mark(self) -> Text:
        return MARKS[self.kind][0]


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[Cell | None]]
    worked: int


def year(version: CalendarVersion, number: int, changed: frozenset[date] = frozenset()) -> list[Month]:
    """The twelve months; ``changed`` days are drawn as such."""
    calendar, today = version.value, clock.today()
    entries: dict[str, Any] = version.data["overrides"]
    return [_month(calendar, entries, number, month, today, changed) for month in range(1, 13)]


def _month(
    calendar: Calendar, entries: dict[str, Any], number: int, month: int, today: date, changed: frozenset[date]
) -> Month:
    weeks: list[list[Cell | None]] = []
    worked = 0
    for week in Weeks().monthdatescalendar(number, month):
        cells: list[Cell | None] = []
        for day in week:
            if day.month != month:
                cells.append(None)
                continue
            plan, entry = calendar.plan(day), entries.get(day.isoformat(), {})
            kind = _kind(plan, entry, calendar.unknown(day))
            worked += bool(plan.spans)
            cells.append(Cell(day, kind, _description(plan, kind), day == today, day in changed))
        weeks.append(cells)
    return Month(month, weeks, worked)


def _kind(plan: Plan, entry: Any, unknown: bool) -> str:
    if isinstance(entry, dict) and entry.get("kind") == "company":
        return "company"
    return "guessed" if plan.kind == "holiday" and unknown else plan.kind


def _description(plan: Plan, kind: str) -> Text:
    name = MARKS[kind][1]
    if plan.name:
        name = Text("{kind}：{name}", "{kind}: {name}", kind=name, name=plan.name)
    return Text("{name} {hours}", "{name} {hours}", name=name, hours=hours(plan.spans)) if plan.spans else name


def hours(spans: Spans) -> str:
    """Intervals as people write them; past midnight as next morning's time."""
    return " ".join(f"{_time_of_day(opens)}-{_time_of_day(closes)}" for opens, closes in spans)


def _time_of_day(minute: int) -> str:
    minute = minute - 1440 if minute > 1440 else minute
    return f"{minute // 60:02}:{minute % 60:02}"


def legend() -> list[tuple[str, Text, Text]]:
    return [(kind, mark, name) for kind, (mark, name) in MARKS.items()]
