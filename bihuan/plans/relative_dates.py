"""Dates written the way people say them: "3 wd", "2 months", "3个工作日", or a plain date. No database (S2-50, F-5)."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.time_units import Unit
from bihuan.deadlines.working_time import add

_UNITS = {
    Unit.WORKING_DAYS: ("wd", "working day", "working days", "workday", "workdays", "个工作日", "工作日"),
    Unit.DAYS: ("d", "day", "days", "天", "日"),
    Unit.WEEKS: ("w", "week", "weeks", "周", "个星期", "星期"),
    Unit.MONTHS: ("mo", "month", "months", "个月", "月"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_RELATIVE = re.compile(r"(\d{1,4})\s*([a-z ]+|[一-鿿]+?)(?:内)?")


def resolve(text: str, start: date, calendar: Calendar) -> date:
    """The day ``text`` means when counted from ``start`` under the calendar (start day not counted, a day off
    moves on: Civil Code 200-203). Raises Refused when it cannot be read."""
    text = text.strip().lower()
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        pass
    found = _RELATIVE.fullmatch(text)
    unit = _UNIT_OF.get(found[2].strip()) if found else None
    if found is None or unit is None:
        raise _unread(text)
    try:
        return add(calendar, datetime.combine(start, time(9), calendar.zone), int(found[1]), unit).last
    except InputError:
        raise _unread(text) from None


def is_relative(text: str) -> bool:
    """Whether the date moves when the plan's start moves."""
    return bool(_RELATIVE.fullmatch(text.strip().lower()))


def working_days(start: date, finish: date, calendar: Calendar) -> int:
    """How many working days lie from ``start`` to ``finish``, both counted."""
    return sum(bool(calendar.worked(day)) for day in range(start.toordinal(), finish.toordinal() + 1))


def _unread(text: str) -> Refused:
    return Refused(
        Text(
            "看不懂期限“{text}”，请写日期（2026-12-01）或“3 个工作日”“2 周”“2 个月”。",
            "Cannot read the date “{text}”; write a date (2026-12-01) or “3 wd”, “2 weeks”, “2 months”.",
            text=text[:40],
        )
    )
