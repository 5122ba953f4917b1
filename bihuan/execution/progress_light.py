"""The light of a piece of work, computed from dates, with the reason why (S3-I02). No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bihuan.core.text import Text
from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.time_units import Unit
from bihuan.deadlines.working_time import add
from bihuan.execution import task_choices


class Step(Protocol):
    """What the light looks at."""

    status: str
    content: str
    due: date
    estimate: date | None
    blocked_since: datetime | None
    reported_on: date | None


@dataclass(frozen=True)
class Light:
    """``code``: green, yellow, red; ``why``: one sentence."""

    code: str
    why: Text

    @property
    def name(self) -> Text:
        return task_choices.LIGHTS[self.code]


def light(steps: Iterable[Step], now: datetime, calendar: Calendar) -> Light:
    """The light of these steps at ``now`` (aware): the worst of them, and which it is."""
    today = now.astimezone(calendar.zone).date()
    open_steps = [s for s in steps if s.status in ("todo", "doing", "blocked")]
    found = [one for s in open_steps for one in (_red(s, today, now, calendar),) if one]
    if found:
        return Light("red", found[0])
    found = [one for s in open_steps for one in (_yellow(s, today, calendar),) if one]
    if found:
        return Light("yellow", found[0])
    return Light("green", Text("都在期限内，每天有更新。", "All within their dates, with daily entries."))


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether people report on that day."""
    return bool(calendar.worked(day.toordinal()))


def is_stuck(blocked_since: datetime | None, now: datetime, calendar: Calendar) -> bool:
    """Whether it stands blocked for longer than words.BLOCKED_TOO_LONG_DAYS, the day it was blocked on not counted."""
    if blocked_since is None:
        return False
    return now > add(calendar, blocked_since, task_choices.BLOCKED_TOO_LONG_DAYS, Unit.WORKING_DAYS).at


def _red(step: Step, today: date, now: datetime, calendar: Calendar) -> Text | None:
    what = step.content[:40]
    if step.due < today:
        return Text("「{what}」已超期 {n} 天。", "“{what}” is {n} days overdue.", what=what, n=(today - step.due).days)
    if step.status == "blocked" and is_stuck(step.blocked_since, now, calendar):
        n = task_choices.BLOCKED_TOO_LONG_DAYS
        return Text(
            "「{what}」受阻已超过 {n} 个工作日。", "“{what}” has been blocked for over {n} working day.", what=what, n=n
        )
    return None


def _yellow(step: Step, today: date, calendar: Calendar) -> Text | None:
    what = step.content[:40]
    if step.status == "blocked":
        return Text("「{what}」受阻。", "“{what}” is blocked.", what=what)
    if step.estimate and step.estimate > step.due:
        late = (step.estimate - step.due).days
        return Text("「{what}」预计晚 {n} 天。", "“{what}” is expected {n} days late.", what=what, n=late)
    if step.status == "todo" and step.due == today:
        return Text("「{what}」今天到期，还没有开始。", "“{what}” is due today and not begun.", what=what)
    silent = step.status == "doing" and sum(
        bool(calendar.worked(d)) for d in range((step.reported_on or today).toordinal() + 1, today.toordinal())
    )
    if silent:
        return Text(
            "「{what}」有 {n} 个工作日没有更新。", "“{what}” had no entry for {n} working days.", what=what, n=silent
        )
    return None
