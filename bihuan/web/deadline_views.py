"""Deadlines one by one: how each came about, and the question anybody can ask `bihuan deadline` to check it."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from bihuan.audit import timeline
from bihuan.audit.models import Event
from bihuan.cases import open_deadlines
from bihuan.cases.models import Case
from bihuan.core.lists import ALL, ChoiceFilter, Column, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.deadlines import deadline_choices
from bihuan.deadlines.calendar_versions import CalendarVersion
from bihuan.deadlines.cli_input import cli_input
from bihuan.deadlines.day_breakdown import Day, day_by_day
from bihuan.deadlines.models import Deadline
from bihuan.deadlines.models.deadline import DeadlineQuerySet
from bihuan.deadlines.time_units import NAMES, Unit
from bihuan.people.models import User
from bihuan.web.access import Request, signed_in
from bihuan.web.tables import Listing

WITH = ("case", "external_request__rule", "scheme", "calendar_version__calendar")
STRIP_MARKS: dict[str, Text] = {
    "worked": Text("计", "on"),
    "makeup": Text("班", "make-up"),
    "holiday": Text("休", "off"),
    "weekend": Text("休", "off"),
    "paused": Text("停", "paused"),
    "skipped": Text("不计", "not counted"),
}
MOST_DAYS = 400
SORTS = {
    "due": (Text("最近到期", "Next due"), (F("due").asc(), "id")),
    "new": (Text("最新", "Newest"), ("-id",)),
}
FILTERS = (
    TextFilter("q", Text("事项编号", "Case number"), ("case__number",)),
    ChoiceFilter("milestone", Text("时限", "Deadline"), deadline_choices.MILESTONES),
)


def visible_deadlines(user: User) -> DeadlineQuerySet:
    """The deadlines of the cases this person may see; an auditor sees every deadline, and of a case its number only."""
    rows = Deadline.objects.all()
    return rows if user.can("audit.read") else rows.filter(case__in=Case.objects.visible_to(user))


def tabs() -> tuple[Tab, ...]:
    runs = Q(met_at=None, ended_at=None)
    late = Q(met_at__gt=F("due")) | Q(met_at=None, ended_at__gt=F("due")) | (runs & open_deadlines.overdue())
    return (
        Tab("open", Text("进行中", "In progress"), runs),
        Tab("missed", Text("超时", "Missed"), late),
        Tab("provisional", Text("暂定", "Provisional"), runs & Q(provisional=True)),
        Tab("met", Text("已完成", "Met"), ~Q(met_at=None)),
        ALL,
    )


@signed_in
def index(request: Request) -> HttpResponseBase:
    rows = visible_deadlines(request.user).select_related(*WITH).prefetch_related("case__pauses")
    found = Listing(
        request, rows, ListSpec(tabs=tabs(), filters=FILTERS, sorts=SORTS, columns=columns(), name="deadlines")
    )  # fmt: skip
    return found.export() or render(request, "web/deadlines/index.html", {"list": found})


def columns() -> tuple[Column, ...]:
    return (
        Column(Text("事项编号", "Case number"), lambda c: c.case.number),
        Column(Text("时限", "Deadline"), lambda c: c.name),
        Column(Text("轮次", "Round"), lambda c: c.round),
        Column(Text("起算", "Start"), lambda c: c.start),
        Column(Text("长度", "Length"), length),
        Column(Text("到期", "Due"), lambda c: c.due),
        Column(Text("暂定", "Provisional"), lambda c: Text("暂定", "provisional") if c.provisional else ""),
        Column(Text("完成", "Met at"), lambda c: c.met_at),
        Column(Text("是否超时", "Missed"), lambda c: Text("超时", "missed") if c.missed else ""),
        Column(Text("依据方案", "Scheme"), lambda c: scheme_of(c) or ""),
        Column(Text("日历版本", "Calendar"), lambda c: version_of(c).label),
        Column(Text("推算", "Derivation"), lambda c: c.explanation),
        Column(Text("验算（bihuan deadline）", "Check (bihuan deadline)"), lambda c: check_line(c)),
    )


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    one = (
        visible_deadlines(request.user).select_related(*WITH).prefetch_related("case__pauses__by").filter(pk=pk).first()
    )
    if one is None:
        raise Http404
    due = one.derivation()
    days = day_by_day(due)
    events = Event.objects.filter(subject_kind=Deadline.NOUN, subject_id=pk).select_related("actor").order_by("-id")
    context = {
        "one": one,
        "due": due,
        "days": [(day, STRIP_MARKS[day.kind], day.label) for day in days[:MOST_DAYS]],
        "more_days": len(days) - MOST_DAYS,
        "counted": counted(days),
        "compact": len(days) > 45,
        "length": length(one),
        "scheme": scheme_of(one),
        "may_see_scheme": request.user.can("scheme.see"),
        "version": version_of(one),
        "pauses": [] if one.milestone in deadline_choices.NEVER_PAUSED else pauses(one),
        "question": check_line(one),
        "timeline": [timeline.entry(event) for event in events],
        "before": Deadline.objects.filter(
            case=one.case_id, round=one.round, milestone=one.milestone, external_request=one.external_request_id, pk__lt=pk
        ).order_by("-pk"),
        "may_open": request.user.can("see.business"),
    }  # fmt: skip
    return render(request, "web/deadlines/page.html", context)


@signed_in
def of_case(request: Request, pk: int, milestone: str = "") -> HttpResponse:
    """The case's deadline that comes due next, or its latest of that milestone."""
    rows = visible_deadlines(request.user).filter(case=pk)
    rows = rows.filter(milestone=milestone).order_by("-pk") if milestone else rows.open().order_by("due")
    one = rows.first()
    if one is None:
        raise Http404
    return redirect("deadlines:detail", one.pk)


def length(one: Deadline) -> Text:
    """Amount and unit in words."""
    name = NAMES[Unit(one.unit)][one.amount != 1]
    return Text("{n} {unit}", "{n} {unit}", n=f"{one.amount:f}".rstrip("0").rstrip("."), unit=name)


def scheme_of(one: Deadline) -> str | None:
    return f"{one.scheme} v{one.scheme.version_number}" if one.scheme else None


def version_of(one: Deadline) -> CalendarVersion:
    return one.calendar_version or CalendarVersion.objects.in_force()


def check_line(one: Deadline) -> str:
    """The JSON line that gives the same minute."""
    return json.dumps(cli_input(version_of(one).data, one.derivation()), ensure_ascii=False)


def pauses(one: Deadline) -> list[tuple[Any, bool]]:
    """The case's pauses with whether this deadline was running when they were."""
    until = one.met_at or one.ended_at
    rows = sorted(one.case.pauses.all(), key=lambda p: p.start)
    return [(row, (row.end is None or row.end > one.start) and not (until and row.start >= until)) for row in rows]


def counted(days: list[Day]) -> dict[str, int]:
    """How many days of each kind."""
    return {kind: sum(day.kind == kind for day in days) for kind in STRIP_MARKS}
