"""Findings at a glance: what surges, where it happens, which problems there are; and the run they come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, IntegerField, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases.models import Case
from bihuan.cases.recurrence import reopened_problems
from bihuan.core.lists import condition
from bihuan.core.text import Text
from bihuan.feedback import feedback_choices
from bihuan.feedback.lists import FEEDBACK_FILTERS, feedback_tabs
from bihuan.feedback.models import Feedback
from bihuan.findings import analysis_runs
from bihuan.findings.models import Finding, Problem, Run
from bihuan.findings.models.run import STEPS
from bihuan.people.models import User
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import redirect_with_message

SHOWN, SCENARIOS = 12, 8
QUALITIES = {
    "noise": Text("不含问题的反馈（未计入）", "Feedback items that say nothing (left out)"),
    "ungrouped": Text("没有归入任何问题", "In no problem"),
    "anonymous": Text("没有客户信息", "Without a customer"),
    "blank": Text("缺少的信息", "What is mostly blank"),
}


@requires("findings.see")
def index(request: Request) -> HttpResponse:
    last = Run.objects.last_done()
    findings = drilled(Finding.objects.current().select_related("problem"), request.user)
    problems = list(Problem.objects.visible_to(request.user).active().order_by("-size", "id")[:SHOWN])
    context = {
        "run": last,
        "at_work": Run.objects.filter(status__in=("queued", "running")).first(),
        "surges": [one for one in findings if one["finding"].kind == Finding.Kind.SURGE],
        "scenarios": (scenarios := explaining(findings)),
        "more": max(0, len(scenarios) - SCENARIOS),
        "confounded": [one for one in findings if one["finding"].kind == Finding.Kind.CONFOUNDED],
        "notes": [one["finding"] for one in findings if one["finding"].kind == Finding.Kind.NOTE],
        "reopened_problems": reopened_problems(cases=Case.objects.visible_to(request.user)),
        "problems": problems,
        "seen": seen_by(request.user, problems),
        "words": feedback_choices,
        "steps": STEPS,
        "qualities": QUALITIES,
        "active": Problem.objects.visible_to(request.user).active().count(),
    }
    return render(request, "web/findings/index.html", context)


def drilled(findings: Iterable[Finding], user: User) -> list[dict[str, Any]]:
    """Each finding with the list of the rows it speaks of, and how many of them this person may see now.

    One query, whatever the number of findings: a part for each, so that the database plans each by its own index.
    """
    found = list(findings)
    seen, tabs = Feedback.objects.visible_to(user).order_by(), feedback_tabs(user)
    parts = [
        seen.filter(condition(one.narrowing, tabs, FEEDBACK_FILTERS))
        .annotate(finding=Value(one.pk, IntegerField()))
        .values("finding")
        .annotate(n=Count("pk"))
        .values_list("finding", "n")
        for one in found
        if one.narrowing
    ]
    counts = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    address = reverse("feedback:list")
    return [
        {
            "finding": one,
            "href": f"{address}?{urlencode(one.narrowing)}" if one.narrowing else "",
            "count": counts.get(one.pk, 0),
        }
        for one in found
    ]


def explaining(findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Scenarios that stand for themselves, each with those that only come along with it (``explains``)."""
    scenarios = [one for one in findings if one["finding"].kind == Finding.Kind.SCENARIO]
    own = {one["finding"].pk: one | {"explains": []} for one in scenarios if one["finding"].explained_by_id is None}
    for one in scenarios:
        if cause := own.get(one["finding"].explained_by_id):
            cause["explains"].append(one)
    return list(own.values())


def seen_by(user: User, problems: list[Problem]) -> dict[int, tuple[int, int]]:
    """Per problem how many of its feedback items this person may see, and of how many customers they are."""
    rows = Feedback.objects.visible_to(user).filter(member__problem__in=[one.pk for one in problems]).order_by()
    counted = rows.values_list("member__problem").annotate(Count("pk"), Count("customer", distinct=True))
    return {problem: (feedback_items, customers) for problem, feedback_items, customers in counted}


@require_POST
@requires("findings.run")
def runs(request: Request) -> HttpResponse:
    """Ask for an analysis of everything."""
    analysis_runs.start(by=request.user)
    return redirect_with_message(
        request,
        reverse("findings:list"),
        Text("已开始分析，可以离开这个页面。", "The analysis has begun; you may leave this page."),
    )


@requires("findings.see")
def state(request: Request, pk: int) -> HttpResponse:
    """How far a run is, for the page that waits for it."""
    run = load(request, Run, pk=pk)
    answer = render(request, "web/findings/_run.html", {"at_work": run})
    if run.status not in ("queued", "running"):
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@requires("findings.run")
def cancellation(request: Request, pk: int) -> HttpResponse:
    load(request, Run, pk=pk).cancel(by=request.user)
    return redirect_with_message(
        request, reverse("findings:list"), Text("正在停下来，上一次的结果保留。", "Stopping; the last result remains.")
    )
