"""The daily digest: what is overdue, due today, blocked or not reported on; written once a working day per person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from bihuan.cases import open_deadlines
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.deadlines.instants import moment
from bihuan.deadlines.models import Deadline
from bihuan.execution.case_tasks import in_work, not_updated
from bihuan.execution.models import Task
from bihuan.notifications import outgoing_email
from bihuan.notifications.models import Digest
from bihuan.people.models import User
from bihuan.requirements.models import Requirement
from bihuan.requirements.pool import to_review

LINES = 8
"""How many rows of a part are named; the rest are counted."""
SPREAD = 15
"""Digests are written over this many minutes, not all at once."""


def write_all() -> int:
    """Write the digest of everybody who is due one and has none today; returns how many."""
    calendar, today, now = company_calendar(), clock.today(), clock.now()
    intervals = calendar.worked(today.toordinal())
    if not intervals:
        return 0
    opens = moment(intervals[0][0], calendar.zone)
    rest = User.objects.filter(is_active=True, grants__isnull=False).exclude(digests__day=today).distinct()
    return sum(write(user) for user in rest if now >= opens + timedelta(minutes=user.pk % SPREAD))


@transaction.atomic
def write(user: User) -> bool:
    """Write one person's digest of today and its e-mail; False when it is there already."""
    digest, new = Digest.objects.get_or_create(user=user, day=clock.today(), defaults={"parts": list(parts(user))})
    if new and digest.parts:
        outgoing_email.write_digest(digest)
    return new


def parts(user: User) -> Iterator[dict[str, Any]]:
    """Title, count, address of the list, and the first rows, each in both languages without names or titles."""
    if not user.can("see.business"):
        return
    mine = Q(case__owner=user)
    yield from _deadlines(
        Text("我的超时", "My overdue"), user, mine & open_deadlines.overdue(), view="overdue", owner=user.pk
    )
    yield from _deadlines(
        Text("我的今天到期", "Mine due today"), user, mine & open_deadlines.today(), view="today", owner=user.pk
    )
    own = Task.objects.filter(in_work(), owner=user)
    yield from _tasks(Text("我受阻的任务", "My blocked tasks"), own.filter(status="blocked"), view="blocked")
    unreported = own.filter(not_updated())
    yield from _tasks(Text("我今天要更新的任务", "My tasks to report on today"), unreported, view="today")
    if user.can("case.assign") or user.can("plan.decide"):
        yield from _deadlines(Text("全部超时", "All overdue"), user, open_deadlines.overdue(), view="overdue")
        yield from _deadlines(Text("全部今天到期", "All due today"), user, open_deadlines.today(), view="today")
    if user.can("requirement.decide"):
        rows = Requirement.objects.visible_to(user).filter(to_review()).order_by("pool", "id")
        lines = (
            Text("{number}：{month} 计划", "{number}: plan of {month}", number=r.number, month=r.pool)
            for r in rows[:LINES]
        )
        yield from _part(
            Text("待月初评审的需求", "Requirements for the monthly review"),
            "requirements:list",
            rows,
            lines,
            {"view": "review"},
        )
    if user.can("task.assign"):
        blocked = Task.objects.visible_to(user).filter(in_work(), status="blocked")
        yield from _tasks(Text("受阻的任务", "Blocked tasks"), blocked, view="blocked", whose="all")


def _deadlines(title: Text, user: User, where: Q, **query: Any) -> Iterator[dict[str, Any]]:
    rows = (
        open_deadlines.open_deadlines(user)
        .filter(where)
        .select_related("case", "external_request__rule")
        .prefetch_related("case__pauses")
    )
    yield from _part(
        title,
        "deadlines:due",
        rows.order_by("due"),
        (_line(deadline) for deadline in rows.order_by("due")[:LINES]),
        query,
    )


def _tasks(title: Text, rows: QuerySet[Task], **query: Any) -> Iterator[dict[str, Any]]:
    lines = (
        Text("{number}：{due}", "{number}: {due}", number=task.number, due=task.due_status.text)
        for task in rows.order_by("due")[:LINES]
    )
    yield from _part(title, "tasks:list", rows, lines, query)


def _line(deadline: Deadline) -> Text:
    return Text(
        "{number} {level} {milestone}：{due}", "{number} {level} {milestone}: {due}",
        number=deadline.case.number, level=deadline.case.level_name, milestone=deadline.name,
        due=deadline.due_status.text,
    )  # fmt: skip


def _part(
    title: Text, url_name: str, rows: QuerySet[Any], lines: Iterable[Text], query: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    if count := rows.count():
        yield {
            "title": title.to_json(),
            "count": count,
            "href": f"{reverse(url_name)}?{urlencode(query)}",
            "lines": [line.to_json() for line in lines],
        }
