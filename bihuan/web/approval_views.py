"""What waits for my decision, on one screen of a phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.plans import forms, plan_choices
from bihuan.plans.lists import approval_list
from bihuan.plans.models import Approval, Plan
from bihuan.plans.models.approval import STEP_OF
from bihuan.web.access import Request, load, requires
from bihuan.web.plan_views import outline
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.tables import Listing


@requires("plan.decide")
def index(request: Request) -> HttpResponse:
    """Plans that wait for this person, and those they have decided on."""
    rows = Plan.objects.visible_to(request.user).select_related("case__customer", "lead")
    listing = Listing(request, rows, approval_list(request.user))
    return render(request, "web/approvals/index.html", {"list": listing})


@requires("plan.decide")
def show(request: Request, pk: int) -> HttpResponse:
    """One plan on one screen: problem, loss, options, cost, risk; and the opinion box."""
    plan: Plan = load(request, Plan, pk=pk)
    step = STEP_OF.get(plan.status, "")
    form = forms.DecisionForm(step, request.POST or None, initial={"version_number": plan.version_number, "step": step})

    def decide(**values: Any) -> None:
        Approval.give(plan, by=request.user, decision=request.POST.get("decision", ""), **values)

    if request.method == "POST" and submit(form, decide):
        return redirect_with_message(
            request, reverse("approvals:list"), Text("{number} 已处理。", "{number} decided.", number=plan.number)
        )
    context = outline(plan) | {
        "form": form,
        "case": plan.case,
        "step": plan_choices.STEPS.get(step),
        "why_not": Approval.why_not(plan, request.user),
        "phrases": plan_choices.PHRASES,
        "directors": User.objects.with_role("director").exclude(pk=request.user.pk),
    }
    return render(request, "web/approvals/page.html", context, status=422 if form.errors else 200)


@require_POST
@requires("plan.review")
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Pass my seat in the review to another director."""
    plan: Plan = load(request, Plan, pk=pk)
    to = get_object_or_404(User, pk=request.POST.get("to") or 0)
    plan.hand_over(by=request.user, to=to, reason=request.POST.get("reason", ""))
    return redirect_with_message(
        request, reverse("approvals:list"), Text("已转交给 {who}。", "Handed to {who}.", who=str(to))
    )
