"""Pages of a case's work: the ledger 《优化方案执行跟踪表》, its light and its daily strip."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.execution import forms
from bihuan.execution.case_tasks import start_work
from bihuan.execution.models import Progress, Task
from bihuan.execution.progress_light import is_working_day, light
from bihuan.plans.models import Plan
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.responses import redirect_with_message, submit


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    """《优化方案执行跟踪表》: the ledger of a case."""
    return ledger(request, load(request, Case, pk=pk))


@require_POST
@requires("task.work")
def start(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    made = start_work(case, by=request.user)
    return redirect_with_message(
        request,
        reverse("cases:tasks", args=[pk]),
        Text("开始执行，生成 {n} 个任务。", "Work begun with {n} tasks.", n=len(made)),
    )


@require_POST
@requires("task.work")
def add(request: Request, pk: int) -> HttpResponse:
    """Add a step by hand."""
    case = load(request, Case, pk=pk)
    form = forms.TaskForm(case, request.POST)
    if submit(form, lambda **values: Task.add(case, by=request.user, **values)):
        return redirect_with_message(
            request,
            reverse("cases:tasks", args=[pk]),
            Text("任务已添加，负责人已加入事项。", "Added; its owner joined the case."),
        )
    return ledger(request, case, form)


def ledger(request: Request, case: Case, form: forms.TaskForm | None = None) -> HttpResponse:
    every = Task.objects.filter(case=case).select_related("owner", "measure", "depends_on", "case", "accepted_by")
    tasks = list(every.filter(round=case.round))
    entries, calendar = _entries(tasks), company_calendar()
    context = frame(case, request.user, "cases:tasks") | {
        "tasks": [(t, entries.get(t.pk, []), _strip(t, entries.get(t.pk, []), calendar)) for t in tasks],
        "light": light(tasks, clock.now(), calendar) if any(t.is_open for t in tasks) else None,
        "plan": Plan.of(case),
        "writes": request.user.can("task.work") and case.status == "executing",
        "starts": request.user.can("task.work") and case.status == "confirming",
        "form": form or forms.TaskForm(case),
        "earlier": list(every.filter(round__lt=case.round).order_by("round", "seq")),
        "last_communication": case.communications.order_by("-at").first(),
    }
    return render(request, "web/tasks/work.html", context, status=422 if form else 200)


def _entries(tasks: list[Task]) -> dict[int, list[Progress]]:
    """Each task's entries, newest first."""
    found: dict[int, list[Progress]] = {}
    for one in Progress.objects.filter(task__in=tasks).select_related("by").order_by("-id"):
        found.setdefault(one.task_id, []).append(one)
    return found


def _strip(task: Task, entries: list[Progress], calendar: Calendar) -> list[tuple[Any, str]]:
    """The last ten days: told, trouble, silent, off, or nothing expected yet."""
    by_day = {e.day: "trouble" if e.problem else "told" for e in reversed(entries)}
    today = clock.today()
    begun = task.started_at.astimezone(clock.BEIJING).date() if task.started_at else today + timedelta(days=1)
    ended = task.finished_on or today
    return [
        (
            day,
            by_day.get(day) or ("silent" if begun < day <= ended and day < today else "none")
            if is_working_day(day, calendar)
            else by_day.get(day, "off"),
        )
        for day in (today - timedelta(days=n) for n in range(9, -1, -1))
    ]
