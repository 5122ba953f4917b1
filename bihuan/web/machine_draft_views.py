"""Drafts by an outside model where they are used: asked for, waited for, not taken. Taking one is saving its form."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.diagnosis import why_drafts
from bihuan.diagnosis.models import Analysis
from bihuan.feedback import label_drafts
from bihuan.feedback.models import Feedback
from bihuan.plugins.forms import DropForm
from bihuan.plugins.machine_drafts import MachineDraft
from bihuan.reports import summary_drafts
from bihuan.reports.weekly_report import Week, weekly
from bihuan.web.access import Request, load, requires, signed_in
from bihuan.web.report_views import requested_week
from bihuan.web.responses import redirect_with_message, submit

DRAFT_REQUESTED = Text("正在起草，写好了会在这里。", "It is being written and will appear here.")
DROPPED = Text("草稿不采用。", "The draft is not taken.")


@signed_in
def state(request: Request, pk: int) -> HttpResponse:
    """Whether one's draft is still being written, for the page that waits."""
    draft = get_object_or_404(MachineDraft, pk=pk, by=request.user.actor_id)
    answer = render(request, "web/plugins/_waiting.html", {"draft": draft})
    if draft.status != "waiting":
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@requires("feedback.triage")
def label(request: Request, pk: int) -> HttpResponse:
    feedback = load(request, Feedback, pk=pk)
    label_drafts.ask(feedback, by=request.user)
    return redirect_with_message(request, reverse("feedback:labels", args=[pk]), DRAFT_REQUESTED)


@require_POST
@requires("feedback.triage")
def label_removal(request: Request, pk: int) -> HttpResponse:
    feedback = load(request, Feedback, pk=pk)
    return _drop(request, "labels", label_drafts.about(feedback), reverse("feedback:labels", args=[pk]))


@require_POST
@requires("diagnosis.write")
def whys(request: Request, pk: int) -> HttpResponse:
    why_drafts.ask(Analysis.of(load(request, Case, pk=pk)), by=request.user)
    return redirect_with_message(request, reverse("diagnosis:detail", args=[pk]) + "#whys", DRAFT_REQUESTED)


@require_POST
@requires("diagnosis.write")
def whys_removal(request: Request, pk: int) -> HttpResponse:
    analysis = Analysis.of(load(request, Case, pk=pk))
    return _drop(request, "whys", why_drafts.about(analysis), reverse("diagnosis:detail", args=[pk]) + "#whys")


@require_POST
@requires("report.sign")
def summary(request: Request) -> HttpResponse:
    week, team = requested_week(request)
    summary_drafts.ask(weekly(request.user, week, team), week, team, by=request.user)
    return redirect_with_message(request, _report(week, team), DRAFT_REQUESTED)


@require_POST
@requires("report.sign")
def summary_removal(request: Request) -> HttpResponse:
    week, team = requested_week(request)
    return _drop(request, "summary", summary_drafts.about(week, team, request.user), _report(week, team))


def _report(week: Week, team: Any) -> str:
    return f"{reverse('reports:weekly')}?week={week.name}" + (f"&team={team.pk}" if team else "") + "#issue"


def _drop(request: Request, kind: str, about: str, home: str) -> HttpResponse:
    draft, form = MachineDraft.last(kind, about), DropForm(request.POST)
    if draft is None:
        raise Http404
    if submit(form, lambda reason: draft.drop(by=request.user, reason=reason)):
        return redirect_with_message(request, home, DROPPED)
    return render(request, "web/plugins/drop.html", {"form": form, "home": home, "draft": draft}, status=422)
