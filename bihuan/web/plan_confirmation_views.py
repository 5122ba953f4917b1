"""Putting a plan to the customer: by link, by call, or waived with a reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit.models import Attachment
from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.plans import forms
from bihuan.plans.models import Confirmation, Plan
from bihuan.web.access import Request, load, requires
from bihuan.web.downloads import download
from bihuan.web.plan_views import SAVED, of, save
from bihuan.web.responses import redirect_with_message


@require_POST
@requires("plan.confirm")
def ask(request: Request, pk: int) -> HttpResponse:
    """Make a link; its address is shown once on the plan's page."""

    def make(plan: Plan, **values: Any) -> None:
        row, word = Confirmation.ask(plan, by=request.user, **values)
        request.session[f"confirm-{row.pk}"] = word

    message = Text("链接已生成，请复制发给客户。", "The link is made; copy it to the customer.")
    return save(request, pk, "ask", forms.AskForm(request.POST), make, message)


@require_POST
@requires("plan.confirm")
def call(request: Request, pk: int) -> HttpResponse:
    form = forms.CallForm(request.POST, request.FILES)
    return save(request, pk, "call", form, lambda p, **d: Confirmation.record_call(p, by=request.user, **d))


@require_POST
@requires("plan.waive")
def waive(request: Request, pk: int) -> HttpResponse:
    form = forms.ReasonForm(request.POST)
    return save(request, pk, "waiver", form, lambda p, **d: Confirmation.waive(p, by=request.user, **d))


@require_POST
@requires("plan.confirm")
def revoke(request: Request, pk: int) -> HttpResponse:
    last = of(request, pk).last_confirmation
    if last is not None:
        last.revoke(by=request.user)
    return redirect_with_message(request, reverse("plans:detail", args=[pk]) + "#customer", SAVED)


@requires("see.business")
def recording(request: Request, pk: int, file: int) -> HttpResponseBase:
    case = load(request, Case, pk=pk)
    mine = Confirmation.objects.filter(plan__case=case).values("pk")
    return download(get_object_or_404(Attachment, pk=file, subject_kind=Confirmation.NOUN, subject_id__in=mine))
