"""A deadline day by day, for drawing: how much of each day counted and why."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bihuan.core.text import Text
from bihuan.deadlines.business_calendar import Plan
from bihuan.deadlines.instants import MINUTE, instant, wall_instant
from bihuan.deadlines.pauses import covers, running, whole_days
from bihuan.deadlines.time_units import LENGTH, Unit
from bihuan.deadlines.working_time import Due, counted_until

Kind = Literal["worked", "skipped", "holiday", "weekend", "makeup", "paused"]
WEEKLY_OFF = Text("每周休息日", "weekly day off")


class Day(NamedTuple):
    """One day of a deadline. `minutes` counted and `paused` did not; both are 0 where whole days count."""

    date: date
    kind: Kind
    label: Text
    minutes: int = 0
    paused: int = 0


def day_by_day(due: Due) -> list[Day]:
    """Every day from the start to the deadline, in order."""
    if due.unit in LENGTH:
        return list(_timed(due))
    if due.unit is Unit.WORKING_DAYS:
        return [_start(due), *_working_days(due)]
    return [_start(due), *_dated(due)]


def duration(minutes: int) -> Text:
    """Minutes in words."""
    hours, rest = divmod(minutes, 60)
    zh = (
        (f"{hours} 小时" if hours else "")
        + (" " if hours and rest else "")
        + (f"{rest} 分" if rest or not hours else "")
    )
    en = (
        (f"{hours} h" if hours else "") + (" " if hours and rest else "") + (f"{rest} min" if rest or not hours else "")
    )
    return Text(zh, en)


def reason_closed(plan: Plan) -> Text:
    """Why a date is closed."""
    if plan.kind == "weekend":
        return WEEKLY_OFF
    return plan.name or Text("放假", "holiday")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _timed(due: Due) -> Iterator[Day]:
    began, at, calendar = instant(due.start), instant(due.at), due.calendar
    first = due.start.date()
    for day in _days(first - timedelta(days=due.unit is Unit.WORKING_HOURS), due.last):
        number = day.toordinal()
        plan = calendar.plan(day) if due.unit is Unit.WORKING_HOURS else None
        if plan:
            intervals = calendar.worked(number)
        else:
            intervals = ((wall_instant(number, 0, calendar.zone), wall_instant(number, 1440, calendar.zone)),)
        parts = [(max(opens, began), min(closes, at)) for opens, closes in intervals if closes > began and opens < at]
        ran = sum(rests - runs for part in parts for runs, rests in running(*part, due.stops))
        minutes, paused = round(ran / MINUTE), round((sum(b - a for a, b in parts) - ran) / MINUTE)
        if day >= first or minutes or paused:
            yield _timed_day(day, plan, minutes, paused)


def _timed_day(day: date, plan: Plan | None, minutes: int, paused: int) -> Day:
    if plan and not plan.spans:
        return Day(day, "holiday" if plan.kind == "holiday" else "weekend", reason_closed(plan))
    if not minutes:
        if paused:
            return Day(day, "paused", Text("暂停", "paused"), 0, paused)
        return Day(day, "skipped", Text("不在计时之内", "outside the deadline"))
    counted = duration(minutes)
    zh, en = f"计 {counted.zh}", f"{counted.en} counted"
    if paused:
        zh, en = f"{zh}，暂停 {duration(paused).zh}", f"{en}, {duration(paused).en} paused"
    if plan and plan.kind == "makeup":
        return Day(day, "makeup", _makeup(plan, Text(zh, en)), minutes, paused)
    return Day(day, "worked", Text(zh, en), minutes, paused)


def _makeup(plan: Plan, counted: Text) -> Text:
    name = plan.name or Text("", "")
    return Text(f"{name.zh}调休上班，{counted.zh}", f"make-up working day {name.en}".rstrip() + f", {counted.en}")


def _start(due: Due) -> Day:
    if due.start.date() == due.last:
        return Day(due.last, "worked", Text("当日下班截止", "ends at close of business"))
    return Day(due.start.date(), "skipped", Text("起算当日，不计入", "start day, not counted"))


def _working_days(due: Due) -> Iterator[Day]:
    count = 0
    for day in _days(due.start.date() + timedelta(days=1), due.last):
        plan, intervals = due.calendar.plan(day), due.calendar.worked(day.toordinal())
        if not intervals:
            yield Day(day, "holiday" if plan.kind == "holiday" else "weekend", reason_closed(plan))
        elif due.stops and covers(due.stops, intervals):
            yield Day(day, "paused", Text("全天暂停，不计入", "paused all day, not counted"))
        else:
            count += 1
            label = Text(f"第 {count} 个工作日", f"working day {count}")
            made_up = plan.kind == "makeup"
            yield Day(day, "makeup" if made_up else "worked", _makeup(plan, label) if made_up else label)


def _dated(due: Due) -> Iterator[Day]:
    first = due.start.date()
    counted = counted_until(first, int(due.amount), due.unit, due.calendar, due.stops)
    still = list(whole_days(due.stops, due.calendar.zone))
    count = 0
    for day in _days(first + timedelta(days=1), due.last):
        plan = due.calendar.plan(day)
        off: Kind = "holiday" if plan.kind == "holiday" else "weekend"
        if day > counted:
            moved = Text("顺延到本日", "moved to this day")
            on = Text(f"{reason_closed(plan).zh}，顺延", f"{reason_closed(plan).en}, moves on")
            yield Day(day, "worked", moved) if day == due.last else Day(day, off, on)
        elif any(opening <= day <= closing for opening, closing in still):
            yield Day(day, "paused", Text("全天暂停，不计入", "paused all day, not counted"))
        else:
            count += 1
            label = Text(f"第 {count} 天", f"day {count}")
            if day == counted != due.last:
                label = Text(
                    f"{label.zh}，{reason_closed(plan).zh}，顺延", f"{label.en}, {reason_closed(plan).en}, moves on"
                )
                yield Day(day, off, label)
            else:
                yield Day(day, "makeup" if plan.kind == "makeup" else "worked", label)
