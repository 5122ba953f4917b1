"""The status of a due time: the same words and the same colour in list, page, export, report, notification. No database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from bihuan.core import clock
from bihuan.core.text import Text

SOON = timedelta(days=1)
"""From here on the colour warns."""


class DueStatus(NamedTuple):
    """``words``: one phrase; ``tone``: its colour (Tabler's name)."""

    text: Text
    tone: str

    def __str__(self) -> str:
        return str(self.text)


NO_DEADLINE = DueStatus(Text("没有时限", "no deadline"), "secondary")


def describe_due(
    due: datetime | None, *, provisional: bool = False, paused_since: datetime | None = None,
    met_at: datetime | None = None, ended: bool = False,
) -> DueStatus:  # fmt: skip
    """A due time as of now: met, ended, paused, overdue by, due in. A pause hides nothing that was overdue when it began."""
    if due is None:
        return NO_DEADLINE
    now = clock.now()
    if met_at:
        late = met_at > due
        words = (
            Text("超时 {span} 完成", "met {span} late", span=duration_text(met_at - due))
            if late
            else Text("按时完成", "met in time")
        )
        return DueStatus(words, "red" if late else "green")
    if ended:
        return DueStatus(Text("不再计", "no longer counts"), "secondary")
    if paused_since and due > paused_since:
        return DueStatus(Text("暂停，自 {at}", "paused since {at}", at=_minute(paused_since)), "yellow")
    if due < now:
        found = DueStatus(Text("已超 {span}", "overdue by {span}", span=duration_text(now - due)), "red")
    else:
        tone = "orange" if due - now < SOON else "blue"
        found = DueStatus(Text("还剩 {span}", "due in {span}", span=duration_text(due - now)), tone)
    return _provisional(found) if provisional else found


def describe_due_day(due: date | None, *, provisional: bool = False, done: bool = False) -> DueStatus:
    """A due day as of today; it is kept until its end."""
    if due is None:
        return NO_DEADLINE
    days = (due - clock.today()).days
    if done:
        return DueStatus(Text("已完成", "done"), "green")
    if days < 0:
        found = DueStatus(Text("已超 {n} 天", "overdue by {n} d", n=-days), "red")
    elif days == 0:
        found = DueStatus(Text("今天到期", "due today"), "orange")
    else:
        found = DueStatus(Text("还剩 {n} 天", "due in {n} d", n=days), "orange" if days == 1 else "blue")
    return _provisional(found) if provisional else found


def duration_text(length: timedelta) -> Text:
    """A length of time in its two largest units; under a minute is one minute."""
    minutes = max(1, int(length.total_seconds() // 60))
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return Text("{d} 天 {h} 小时", "{d} d {h} h", d=days, h=hours) if hours else Text("{d} 天", "{d} d", d=days)
    if hours:
        return Text("{h} 小时 {m} 分", "{h} h {m} min", h=hours, m=rest) if rest else Text("{h} 小时", "{h} h", h=hours)
    return Text("{m} 分钟", "{m} min", m=rest)


def _provisional(found: DueStatus) -> DueStatus:
    return DueStatus(Text("{status}（暂定）", "{status} (provisional)", status=found.text), found.tone)


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(clock.BEIJING):%m-%d %H:%M}"
