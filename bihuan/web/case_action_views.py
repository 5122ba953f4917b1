"""The small acts on a case: name people, wait, decline, reopen, talk, attach."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit.models import Attachment
from bihuan.cases.forms import (
    CollaboratorsForm,
    CommunicationForm,
    DeclineForm,
    FileForm,
    OwnerForm,
    PauseForm,
    ReasonForm,
    TeamForm,
)
from bihuan.cases.models import Case, Communication
from bihuan.core.text import Text
from bihuan.web.access import Request, load, requires
from bihuan.web.case_deadlines import previews
from bihuan.web.case_edit_views import small
from bihuan.web.case_layout import frame
from bihuan.web.case_views import overview
from bihuan.web.downloads import download
from bihuan.web.responses import redirect_with_message, submit


@requires("case.assign")
def owner(request: Request, pk: int) -> HttpResponse:
    """Who is responsible, which team has it, who helps: three forms on one page."""
    case = load(request, Case, pk=pk)
    form = OwnerForm(request.POST or None, initial={"owner": case.owner_id, "seen": case.version})
    if request.method == "POST" and submit(form, lambda **v: case.assign(by=request.user, **v)):
        return _back(request, pk, Text("负责人已指定，已通知本人。", "Owner named and notified."))
    return _people(request, case, owner_form=form)


@require_POST
@requires("case.assign")
def team(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = TeamForm(request.POST)
    if submit(form, lambda team: case.assign_team(team, by=request.user)):
        return redirect_with_message(request, reverse("cases:list"), Text("已转给该小组。", "Handed to the team."))
    return _people(request, case, team_form=form)


@require_POST
@requires("case.edit")
def collaborators(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = CollaboratorsForm(request.POST)
    if submit(form, lambda **v: case.add_collaborators(by=request.user, **v)):
        return _back(request, pk, Text("协同人员已加入。", "They can see and help now."))
    return _people(request, case, collaborators_form=form)


def _people(request: Request, case: Case, **tried: Form) -> HttpResponse:
    blank = {
        "owner_form": OwnerForm(initial={"owner": case.owner_id, "seen": case.version}),
        "team_form": TeamForm(initial={"team": case.team_id}),
        "collaborators_form": CollaboratorsForm(),
    }
    bad = any(form.errors for form in tried.values())
    context = frame(case, request.user, "cases:assign") | blank | tried
    return render(request, "web/cases/people.html", context, status=422 if bad else 200)


@require_POST
@requires("case.edit")
def claim(request: Request, pk: int) -> HttpResponse:
    """Take a case nobody owns."""
    case = load(request, Case, pk=pk)
    case.claim(by=request.user)
    return _back(request, pk, Text("您已认领这件事。", "It is yours now."))


@requires("case.edit")
def wait(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and submit(form, lambda **v: case.pause(by=request.user, **v)):
        return _back(request, pk, Text("已挂起，时限暂停。", "Paused; the deadlines do not run."))
    hint = Text(
        "只有等客户或等第三方时才能挂起，期间时限不走。",
        "A case is paused only for the customer or a third party; its deadlines do not run meanwhile.",
    )
    context = frame(case, request.user, "case_act") | {"form": form, "hint": hint, "previews": previews(case)}
    return render(request, "web/cases/pause.html", context, status=422 if form.errors else 200)


@require_POST
@requires("case.edit")
def resume(request: Request, pk: int) -> HttpResponse:
    load(request, Case, pk=pk).resume(by=request.user)
    return _back(request, pk, Text("已恢复，时限继续走。", "Resumed; the deadlines run again."))


@requires("case.decline")
def decline(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = DeclineForm(request.POST or None, initial={"seen": case.version})
    if request.method == "POST" and submit(form, lambda **v: case.decline(by=request.user, **v)):
        return _back(request, pk, Text("已标为不受理。", "Declined."))
    hint = Text("不受理后仍可申诉重新受理。", "A declined case can be appealed.")
    return small(request, case, form, Text("不受理", "Decline"), Text("确认不受理", "Decline"), hint)


@requires("case.edit")
def appeal(request: Request, pk: int) -> HttpResponse:
    return _reasoned(request, pk, "appeal", Text("申诉：重新受理", "Appeal: accept again"))


@requires("case.reopen")
def reopen(request: Request, pk: int) -> HttpResponse:
    return _reasoned(request, pk, "reopen", Text("重新打开，进入新一轮", "Reopen for a new round"))


def _reasoned(request: Request, pk: int, verb: str, title: Text) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and submit(form, lambda reason: getattr(case, verb)(by=request.user, reason=reason)):
        return _back(request, pk, Text("已完成。", "Done."))
    return small(request, case, form, title, Text("确定", "Confirm"))


@require_POST
@requires("case.edit")
def talk(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = CommunicationForm(request.POST)
    if submit(form, lambda **v: Communication.log(case, by=request.user.actor, **v)):
        return _back(request, pk, Text("沟通已记录。", "Contact recorded."), "communications")
    return overview(request, case, {"communication_form": form})


@require_POST
@requires("case.edit")
def attach(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = FileForm(request.POST, request.FILES)
    if submit(form, lambda upload: case.add_file(upload, by=request.user)):
        return _back(request, pk, Text("附件已添加。", "File added."), "files")
    return overview(request, case, {"file_form": form})


@requires("see.business")
def file(request: Request, pk: int, file: int) -> HttpResponseBase:
    case = load(request, Case, pk=pk)
    return download(get_object_or_404(Attachment, pk=file, subject_kind=Case.NOUN, subject_id=case.pk))


def _back(request: Request, pk: int, message: Any, at: str = "") -> HttpResponse:
    return redirect_with_message(request, reverse("cases:detail", args=[pk]) + (f"#{at}" if at else ""), message)
