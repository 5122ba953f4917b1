"""Deadlines one by one: how each came about, and the question anybody can ask `bihuan deadline` to check it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from bihuan.audit import timeline
from bihuan.audit.models import Event
from bihuan.cases.deadline_lists import (
    RELATED,
    all_list,
    calendar_version_of,
    check_line,
    scheme_of,
    visible_deadlines,
)
from bihuan.core.text import Text
from bihuan.deadlines import deadline_choices
from bihuan.deadlines.day_breakdown import Day, day_by_day
from bihuan.deadlines.models import Deadline
from bihuan.web.access import Request, signed_in
from bihuan.web.tables import Listing

DAY_MARKS: dict[str, Text] = {
    "worked": Text("计", "on"),
    "makeup": Text("班", "make-up"),
    "holiday": Text("休", "off"),
    "weekend": Text("休", "off"),
    "paused": Text("停", "paused"),
    "skipped": Text("不计", "not counted"),
}
MOST_DAYS = 400


@signed_in
def index(request: Request) -> HttpResponseBase:
    rows = visible_deadlines(request.user).select_related(*RELATED).prefetch_related("case__pauses")
    found = Listing(request, rows, all_list())
    return found.export() or render(request, "web/deadlines/index.html", {"list": found})


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    one = (
        visible_deadlines(request.user)
        .select_related(*RELATED)
        .prefetch_related("case__pauses__by")
        .filter(pk=pk)
        .first()
    )
    if one is None:
        raise Http404
    due = one.derivation()
    days = day_by_day(due)
    events = Event.objects.filter(subject_kind=Deadline.NOUN, subject_id=pk).select_related("actor").order_by("-id")
    context = {
        "one": one,
        "due": due,
        "days": [(day, DAY_MARKS[day.kind], day.label) for day in days[:MOST_DAYS]],
        "more_days": len(days) - MOST_DAYS,
        "counted": counted(days),
        "compact": len(days) > 45,
        "length": one.length,
        "scheme": scheme_of(one),
        "may_see_scheme": request.user.can("scheme.see"),
        "version": calendar_version_of(one),
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


def pauses(one: Deadline) -> list[tuple[Any, bool]]:
    """The case's pauses with whether this deadline was running when they were."""
    until = one.met_at or one.ended_at
    rows = sorted(one.case.pauses.all(), key=lambda p: p.start)
    return [(row, (row.end is None or row.end > one.start) and not (until and row.start >= until)) for row in rows]


def counted(days: list[Day]) -> dict[str, int]:
    """How many days of each kind."""
    return {kind: sum(day.kind == kind for day in days) for kind in DAY_MARKS}
