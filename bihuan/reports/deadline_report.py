"""The report of time limits: kept or missed by milestone, what is over or next, who paused for how long (practice 6).

Attainment: limits due in the period, met in time ÷ (met + missed), those still open and overdue counted as missed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from bihuan.cases import open_deadlines
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.deadline_choices import MILESTONES
from bihuan.deadlines.due_status import duration_text
from bihuan.deadlines.models import Deadline, Pause
from bihuan.people.models import User
from bihuan.reports.report_document import Cell, Document, Figure, Table, both_languages

LINES = 30
"""Rows of the list of what is over or next; the whole list is one click away."""


@dataclass(frozen=True)
class Period:
    """The last ``days`` days up to now."""

    days: int

    @property
    def start(self) -> datetime:
        return clock.now() - timedelta(days=self.days)


def limits_report(user: User, days: int = 30) -> Document:
    """What this person may see of the last ``days`` days."""
    period, now = Period(days), clock.now()
    cases = Case.objects.visible_to(user)
    rows = Deadline.objects.all() if user.can("see.all") else Deadline.objects.filter(case__in=cases.values("pk"))
    open_rows = open_deadlines.open_deadlines(user)
    counted = open_rows.aggregate(
        next=Count("pk", filter=open_deadlines.RUNS), overdue=Count("pk", filter=open_deadlines.overdue()),
        paused=Count("pk", filter=open_deadlines.paused()),
    )  # fmt: skip
    pauses = Pause.objects.filter(case__in=cases.values("pk")).filter(Q(end=None) | Q(end__gte=period.start))
    waits = list(pauses.filter(start__lte=now).select_related("case", "by").order_by("start"))
    return Document(
        title=both_languages(Text("时限与挂起", "Deadlines and pauses")),
        period=both_languages(Text("最近 {n} 天，到 {at} 为止", "The last {n} days, up to {at}", n=days, at=f"{now.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}")),
        figures=[
            Figure(both_languages(Text("在走的时限", "Running deadlines")), counted["next"], _due("next")),
            Figure(both_languages(Text("已超时", "Overdue")), counted["overdue"], _due("overdue")),
            Figure(both_languages(Text("暂停中", "Paused")), counted["paused"], _due("paused")),
        ],
        tables=[_kept(rows, period, now), _list(open_rows), _people(waits, period, now), _longest(waits, now)],
    )  # fmt: skip


def _due(view: str, **query: Any) -> str:
    return f"{reverse('deadlines:due')}?{urlencode({'view': view, **query})}"


def _kept(rows: QuerySet[Deadline], period: Period, now: datetime) -> Table:
    """By milestone: due, met in time, missed, attainment. A limit replaced before it was due is not counted."""
    open_still = Q(ended_at=None) & open_deadlines.paused()
    over = Q(met_at__gt=F("due")) | Q(met_at=None, until__gt=F("due")) & ~open_still
    due = rows.filter(due__gte=period.start, due__lte=now).annotate(until=Coalesce("ended_at", now))
    kept = Q(met_at__lte=F("due"))
    counted = (
        due.order_by().values("milestone").annotate(kept=Count("pk", filter=kept), broken=Count("pk", filter=over))
    )
    by = {one["milestone"]: (one["kept"], one["broken"]) for one in counted if one["kept"] + one["broken"]}
    lines = [
        [Cell(both_languages(name)), Cell(k + m), Cell(k), Cell(m), Cell(k / (k + m), percent=True)]
        for code, name in MILESTONES.items()
        for k, m in [by.get(code, (0, 0))]
        if k + m
    ]
    title = Text("时限达成", "Deadlines met")
    columns = [Text("里程碑", "Milestone"), Text("到期", "Due"), Text("按时", "In time"), Text("超时", "Missed"), Text("达成率", "Attainment")]  # fmt: skip
    note = Text("未完成且已过期的算超时。", "Open and overdue counts as missed.")
    return Table("kept", both_languages(title), [both_languages(c) for c in columns], lines, "", both_languages(note))


def _list(rows: QuerySet[Deadline]) -> Table:
    """What is over or comes next, with the words every page uses."""
    rows = (
        rows.filter(open_deadlines.RUNS)
        .select_related("case__owner", "external_request__rule")
        .prefetch_related("case__pauses")
    )
    lines = [
        [
            Cell(both_languages(Text("{number} {what}", "{number} {what}", number=one.case.number, what=one.name)), reverse("cases:detail", args=[one.case_id])),
            Cell(both_languages(one.due_status.text)),
            Cell(both_languages(f"{one.due.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}")),
            Cell(both_languages(one.case.level_name)),
            Cell(both_languages(one.case.owner or "–")),
        ]
        for one in rows.order_by("due")[:LINES]
    ]  # fmt: skip
    columns = [Text("事项", "Case"), Text("时限", "Deadline"), Text("到期时间", "Due"), Text("级别", "Level"), Text("负责人", "Owner")]  # fmt: skip
    return Table(
        "next", both_languages(Text("已超时和接下来到期", "Over and next")), [both_languages(c) for c in columns], lines
    )


def _people(waits: list[Pause], period: Period, now: datetime) -> Table:
    """Who paused: how often, how long in the period, which share of their cases' time, how often up to the limit."""
    mine: dict[Any, list[Pause]] = defaultdict(list)
    for one in waits:
        mine[one.by].append(one)
    lines = []
    for by, rows in sorted(mine.items(), key=lambda item: -len(item[1])):
        stood = sum((_within(one, period, now) for one in rows), timedelta())
        age = sum((now - max(period.start, case.created_at) for case in {one.case for one in rows}), timedelta())
        lines.append(
            [
                Cell(both_languages(by.name)),
                Cell(len(rows)),
                Cell(both_languages(duration_text(stood))),
                Cell(stood / age if age else 0.0, percent=True),
                Cell(sum(one.is_over_limit for one in rows)),
            ]
        )
    columns = [Text("谁挂起", "Who paused"), Text("次数", "Times"), Text("共停", "Paused for"), Text("占时间", "Share of time"), Text("到上限", "Up to the limit")]  # fmt: skip
    note = Text(
        "占时间：这些事项在本期内停住的时间 ÷ 它们在本期内的时间。",
        "Share: the time these cases were paused in the period ÷ their time in it.",
    )
    return Table(
        "pauses",
        both_languages(Text("挂起", "Pauses")),
        [both_languages(c) for c in columns],
        lines,
        "",
        both_languages(note),
    )


def _longest(waits: list[Pause], now: datetime) -> Table:
    rows = sorted(waits, key=lambda one: one.end_by(now) - one.start, reverse=True)[:LINES]
    lines = [
        [
            Cell(both_languages(one.case.number), reverse("cases:detail", args=[one.case_id])),
            Cell(both_languages(one.reason_name)),
            Cell(both_languages(one.by.name)),
            Cell(both_languages(f"{one.start.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}")),
            Cell(both_languages(duration_text(one.end_by(now) - one.start))),
            Cell(both_languages(_end(one))),
        ]
        for one in rows
    ]
    columns = [Text("事项", "Case"), Text("原因", "Reason"), Text("谁", "Who"), Text("自", "From"), Text("停了", "Paused for"), Text("怎么结束", "How it ended")]  # fmt: skip
    return Table(
        "longest", both_languages(Text("最长的挂起", "Longest pauses")), [both_languages(c) for c in columns], lines
    )


def _end(one: Pause) -> Text:
    if one.is_over_limit:
        return Text("到了上限", "ran to its limit")
    return Text("恢复", "resumed") if one.end else Text("还在挂起", "still paused")


def _within(one: Pause, period: Period, now: datetime) -> timedelta:
    return max(timedelta(), one.end_by(now) - max(one.start, period.start))
