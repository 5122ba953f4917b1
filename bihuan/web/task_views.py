"""Pages of tasks: my list, one task and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases.models import Case, Communication
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.execution import forms
from bihuan.execution.case_tasks import delay_update_text
from bihuan.execution.lists import WHOSE, task_list, task_rows
from bihuan.execution.models import Task
from bihuan.execution.progress_light import is_working_day
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.responses import previous_page, redirect_with_message, submit
from bihuan.web.tables import Listing

SAVED = Text("已保存。", "Saved.")


@requires("task.work")
def index(request: Request) -> HttpResponseBase:
    """My tasks, one tap each; or my team's, or everybody's I see."""
    whose = request.GET.get("whose", "")
    listing = Listing(request, task_rows(request.user, whose), task_list())
    context = {
        "list": listing,
        "whose": whose,
        "WHOSE": WHOSE,
        "working": is_working_day(clock.today(), company_calendar()),
    }
    return listing.export() or render(request, "web/tasks/index.html", context)


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, load(request, Task, pk=pk))


def page(request: Request, task: Task, status: int = 200, **tried: Any) -> HttpResponse:
    """One task with its entries and everything that can be done to it; ``tried`` holds a refused form."""
    blank = {
        "report_form": forms.ReportForm(initial={"percent": task.percent}),
        "block_form": forms.ReasonForm(prefix="block"),
        "cancel_form": forms.ReasonForm(prefix="cancel"),
        "redo_form": forms.ReasonForm(prefix="redo"),
        "due_form": forms.DueForm(initial={"due": task.due, "seen": task.version}),
        "owner_form": forms.OwnerForm(),
    }
    context = frame(task.case, request.user, "work") | blank | tried
    context |= {
        "task": task,
        "entries": task.progress.select_related("by").order_by("-id"),
        "mine": task.may_be_worked_by(request.user) and task.case.status == "executing",
        "speaks": request.user.can("task.work") and task.case.status == "executing" and task.is_open,
    }
    return render(request, "web/tasks/task.html", context, status=status)


@require_POST
@requires("task.work")
def report(request: Request, pk: int) -> HttpResponse:
    """Today's entry: one tap (nothing sent), or the form."""
    task = load(request, Task, pk=pk)
    if not request.POST.get("with_words"):
        task.report(by=request.user)
        return _home(request, task, Text("已记录：照计划进行。", "Noted: going as planned."))
    form = forms.ReportForm(request.POST)
    if submit(form, lambda **values: task.report(by=request.user, **values)):
        return _home(request, task, Text("今天的进展已记录。", "Today's entry is written."))
    return page(request, task, 422, report_form=form)


@require_POST
@requires("task.work")
def begin(request: Request, pk: int) -> HttpResponse:
    task = load(request, Task, pk=pk)
    task.begin(by=request.user)
    return _home(request, task, Text("已开始。", "Begun."))


@require_POST
@requires("task.work")
def completion(request: Request, pk: int) -> HttpResponse:
    """Done. The last one sends the case to its follow-up call."""
    task = load(request, Task, pk=pk)
    task.complete(by=request.user)
    if task.case.status == "following_up":
        message = Text("全部任务完成，事项转入回访。", "All tasks are done; the case goes to its follow-up call.")
        return redirect_with_message(request, reverse("cases:tasks", args=[task.case_id]), message)
    return _home(request, task, Text("已完成。", "Done."))


@require_POST
@requires("task.work")
def obstacle(request: Request, pk: int) -> HttpResponse:
    return _reasoned(request, pk, "block", Text("已标为受阻，主管会看到。", "Marked blocked; the supervisor sees it."))


@require_POST
@requires("task.work")
def obstacle_removal(request: Request, pk: int) -> HttpResponse:
    task = load(request, Task, pk=pk)
    task.free(by=request.user, reason=request.POST.get("reason", ""))
    return _home(request, task, Text("恢复进行。", "Going on again."))


@require_POST
@requires("task.work")
def cancellation(request: Request, pk: int) -> HttpResponse:
    return _reasoned(request, pk, "cancel", Text("任务已取消。", "Cancelled."))


@require_POST
@requires("task.work")
def redoing(request: Request, pk: int) -> HttpResponse:
    return _reasoned(request, pk, "redo", Text("重新进行。", "Taken up again."))


@require_POST
@requires("task.work")
def due(request: Request, pk: int) -> HttpResponse:
    """Move the date; when it is later, the customer's notice is offered next."""
    task = load(request, Task, pk=pk)
    form = forms.DueForm(request.POST)
    later: list[bool] = []
    if not submit(form, lambda **d: later.append(task.move_due(by=request.user, **d))):
        return page(request, task, 422, due_form=form)
    to = "tasks:notice" if later[0] and task.case.customer_id else "tasks:detail"
    return redirect_with_message(
        request,
        reverse(to, args=[task.pk]),
        Text("期限已改，旧日期留在记录里。", "Date moved; the old one stays on record."),
    )


@require_POST
@requires("task.assign")
def owner(request: Request, pk: int) -> HttpResponse:
    task = load(request, Task, pk=pk)
    form = forms.OwnerForm(request.POST)
    if submit(form, lambda owner: task.assign(owner, by=request.user)):
        return redirect_with_message(request, reverse("tasks:detail", args=[pk]), Text("已转交。", "Handed over."))
    return page(request, task, 422, owner_form=form)


@require_POST
@requires("task.work")
def acceptance(request: Request, pk: int) -> HttpResponse:
    task = load(request, Task, pk=pk)
    task.accept(by=request.user)
    return redirect_with_message(request, reverse("tasks:detail", args=[pk]), Text("已验收。", "Accepted."))


@requires("task.work")
def notice(request: Request, pk: int) -> HttpResponse:
    """Tell the customer about a moved date, with the words prefilled (S1-43)."""
    task = load(request, Task, pk=pk)
    words = delay_update_text(task.case, task)
    form = forms.NoticeForm(request.POST or None, initial={"content": str(words)})
    if request.method == "POST" and submit(
        form, lambda **fields: Communication.log(task.case, by=request.user.actor, kind="delay", **fields)
    ):
        return redirect_with_message(
            request,
            reverse("cases:tasks", args=[task.case_id]),
            Text("已记录告知客户。", "The customer update is recorded."),
        )
    context = frame(task.case, request.user, "work") | {"task": task, "form": form, "silent": _silent(task.case)}
    return render(request, "web/tasks/notice.html", context, status=422 if form.errors else 200)


def _silent(case: Case) -> bool:
    return bool(case.contact and case.contact.do_not_contact)


def _reasoned(request: Request, pk: int, verb: str, message: Text) -> HttpResponse:
    task = load(request, Task, pk=pk)
    form = forms.ReasonForm(request.POST, prefix=verb)
    act: Callable[..., Any] = getattr(task, verb)
    if submit(form, lambda reason: act(by=request.user, reason=reason)):
        return redirect_with_message(request, reverse("tasks:detail", args=[pk]), message)
    return page(request, task, 422, **{f"{verb}_form": form})


def _home(request: Request, task: Task, message: Text) -> HttpResponse:
    return redirect_with_message(request, previous_page(request, reverse("tasks:detail", args=[task.pk])), message)
