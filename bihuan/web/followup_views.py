"""Pages of verification: the due list, a case's follow-up call, evaluation and archive."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.followup import forms
from bihuan.followup.archive import Closure, archive, missing_for_archive
from bihuan.followup.evaluations import Evaluation
from bihuan.followup.followup_calls import FollowUp
from bihuan.followup.lists import followup_list, followup_rows
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.tables import Listing

SAVED = Text("已保存。", "Saved.")


@requires("see.business")
def index(request: Request) -> HttpResponseBase:
    listing = Listing(request, followup_rows(request.user).prefetch_related("attempts"), followup_list())
    return listing.export() or render(request, "web/followup/index.html", {"list": listing})


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, load(request, Case, pk=pk))


def page(request: Request, case: Case, status: int = 200, **tried: Any) -> HttpResponse:
    """Follow-up call, evaluation and archive of a case; ``tried`` holds a refused form or a link just made."""
    user = request.user
    followup, evaluation = FollowUp.of(case), Evaluation.of(case)
    blank: dict[str, Any] = {
        "note_form": forms.NoteForm(),
        "exempt_form": forms.ReasonForm(prefix="exempt"),
        "again_form": forms.ReasonForm(prefix="again"),
        "archive_form": forms.ArchiveForm(initial={"seen": case.version}),
    }
    if evaluation:
        blank["evaluation_form"] = forms.EvaluationForm(
            evaluation, initial={"seen": evaluation.version, "satisfaction": evaluation.satisfaction}
        )
    context = frame(case, user, "followup:detail") | blank | tried
    context |= {
        "followup": followup,
        "tries": list(followup.attempts.select_related("by")) if followup else [],
        "silent": followup.why_not_call() if followup and followup.status == "waiting" else None,
        "not_me": followup.why_not_by(user) if followup and user.can("followup.call") else None,
        "evaluation": evaluation,
        "metrics": list(evaluation.metrics.all()) if evaluation else [],
        "missing": missing_for_archive(case) if case.status in ("following_up", "evaluating") else [],
        "earlier": _rounds(case),
        "closure": Closure.objects.filter(case=case, round=case.round).select_related("by").first(),
    }  # fmt: skip
    return render(request, "web/followup/page.html", context, status=status)


def _rounds(case: Case) -> list[dict[str, Any]]:
    """What earlier rounds ended with."""
    found: dict[int, dict[str, Any]] = {n: {"round": n} for n in range(1, case.round)}
    for key, rows in (
        ("followup", FollowUp.objects.filter(case=case)),
        ("evaluation", Evaluation.objects.filter(case=case)),
        ("closure", Closure.objects.filter(case=case)),
    ):
        for row in rows:
            if row.round in found:
                found[row.round][key] = row
    return list(found.values())


@requires("followup.call")
def call(request: Request, pk: int) -> HttpResponse:
    """The call: the three questions, asked on the phone."""
    case, followup = _due(request, pk)
    form = forms.CallForm(request.POST or None)
    message = Text("回访已登记。", "The follow-up call is recorded.")
    if request.method == "POST" and submit(form, lambda **d: followup.answer(by=request.user, channel="phone", **d)):
        return redirect_with_message(request, reverse("followup:detail", args=[pk]), message)
    context = frame(case, request.user, "followup:detail") | {
        "followup": followup, "form": form, "no": followup.why_not_by(request.user) or followup.why_not_call(),
    }  # fmt: skip
    return render(request, "web/followup/call.html", context, status=422 if form.errors else 200)


@require_POST
@requires("followup.call")
def attempts(request: Request, pk: int) -> HttpResponse:
    case, followup = _due(request, pk)
    form = forms.NoteForm(request.POST)
    if submit(form, lambda note: followup.log_attempt(by=request.user, note=note)):
        return redirect_with_message(
            request, reverse("followup:detail", args=[pk]), Text("记下一次未联系上。", "Noted: not reached.")
        )
    return page(request, case, 422, note_form=form)


@require_POST
@requires("followup.call")
def mark_unreachable(request: Request, pk: int) -> HttpResponse:
    _, followup = _due(request, pk)
    followup.mark_unreachable(by=request.user)
    return redirect_with_message(request, reverse("followup:detail", args=[pk]), SAVED)


@require_POST
@requires("followup.exempt")
def exemption(request: Request, pk: int) -> HttpResponse:
    case, followup = _due(request, pk)
    form = forms.ReasonForm(request.POST, prefix="exempt")
    if submit(form, lambda reason: followup.exempt(by=request.user, reason=reason)):
        return redirect_with_message(request, reverse("followup:detail", args=[pk]), Text("已免访。", "Exempt."))
    return page(request, case, 422, exempt_form=form)


@require_POST
@requires("followup.call")
def link(request: Request, pk: int) -> HttpResponse:
    """Make the questionnaire's link and show it this once."""
    case, followup = _due(request, pk)
    word = followup.create_survey_link(by=request.user)
    return page(request, case, link=request.build_absolute_uri(reverse("portal:survey", args=[word])))


@require_POST
@requires("evaluation.do")
def evaluation(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    row = _evaluation(case)
    form = forms.EvaluationForm(row, request.POST)
    if submit(form, lambda **d: row.assess(by=request.user, **d)):
        return redirect_with_message(
            request, reverse("followup:detail", args=[pk]), Text("效果已评估。", "The effect is evaluated.")
        )
    return page(request, case, 422, evaluation_form=form)


@require_POST
@requires("evaluation.do")
def second_analysis(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    row = _evaluation(case)
    form = forms.ReasonForm(request.POST, prefix="again")
    if submit(form, lambda reason: row.analyse_again(by=request.user, reason=reason)):
        return redirect_with_message(
            request,
            reverse("diagnosis:detail", args=[pk]),
            Text("已进入新一轮诊断。", "A new round of diagnosis begins."),
        )
    return page(request, case, 422, again_form=form)


@require_POST
@requires("case.archive")
def closure(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = forms.ArchiveForm(request.POST)
    if submit(form, lambda **d: archive(case, by=request.user, **d)):
        return redirect_with_message(request, reverse("followup:detail", args=[pk]), Text("已归档。", "Archived."))
    case.refresh_from_db()
    return page(request, case, 422, archive_form=form)


def _due(request: Request, pk: int) -> tuple[Case, FollowUp]:
    case = load(request, Case, pk=pk)
    followup = FollowUp.of(case)
    if followup is None:
        raise Http404
    return case, followup


def _evaluation(case: Case) -> Evaluation:
    row = Evaluation.of(case)
    if row is None:
        raise Http404
    return row
