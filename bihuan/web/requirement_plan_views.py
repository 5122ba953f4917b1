"""Where requirements go: the plan of a month, iterations, and cases offered to the pool."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.requirements.flow import OPEN
from bihuan.requirements.forms import CloseForm, DecisionForm, IterationForm
from bihuan.requirements.models import Iteration, Requirement
from bihuan.requirements.pool import PoolReview, items
from bihuan.requirements.pool_offers import offered, take
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import redirect_with_message, submit


@requires("see.business")
def this_month(request: Request) -> HttpResponse:
    return redirect_with_message(request, reverse("requirements:month", args=[f"{clock.today():%Y-%m}"]))


def real(month: str) -> str:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise Http404
    return month


@requires("see.business")
def month(request: Request, month: str) -> HttpResponse:
    return plan(request, real(month))


def plan(request: Request, month: str, tried: dict[str, Any] | None = None) -> HttpResponse:
    """The month's items still to be decided, what was decided, and the months around."""
    review = PoolReview.objects.filter(month=month).select_related("by").first()
    visible = Requirement.objects.visible_to(request.user)
    counted = visible.filter(disposition="month_pool", status__in=OPEN).values("pool").annotate(n=Count("pk"))
    this = f"{clock.today():%Y-%m}"
    months = {this: 0, month: 0} | {row["pool"]: row["n"] for row in counted.order_by("pool") if row["pool"]}
    decisions = review.decisions.select_related("requirement", "by").order_by("id") if review else []
    context = {
        "month": month,
        "this": this,
        "months": sorted(months.items()),
        "items": (items(month) & visible).select_related("customer", "case").order_by("-value", "-urgency", "id"),
        "review": review,
        "decisions": decisions,
        "decision_form": DecisionForm(),
        "close_form": CloseForm(),
        "timeline": timeline.entries([f"pool/{month}"], newest=10),
    }
    return render(request, "web/requirements/month.html", context | (tried or {}), status=422 if tried else 200)


@require_POST
@requires("requirement.decide")
def decide(request: Request, month: str, pk: int) -> HttpResponse:
    item = load(request, Requirement, pk=pk)
    form = DecisionForm(request.POST)
    if submit(form, lambda **v: PoolReview.of(real(month)).decide(item, by=request.user, **v)):
        return redirect_with_message(request, reverse("requirements:month", args=[month]), Text("已决定。", "Decided."))
    return plan(request, month, {"decision_form": form, "failed": pk})


@require_POST
@requires("requirement.decide")
def close(request: Request, month: str) -> HttpResponse:
    form = CloseForm(request.POST)
    if submit(form, lambda note: PoolReview.of(real(month)).close(by=request.user, note=note)):
        return redirect_with_message(
            request, reverse("requirements:month", args=[month]), Text("本月评审完成。", "The month is reviewed.")
        )
    return plan(request, month, {"close_form": form})


@requires("see.business")
def iterations(request: Request) -> HttpResponse:
    """The queue and the named iterations; a POST names one."""
    form = IterationForm(request.POST or None)
    if request.method == "POST" and not request.user.can("requirement.decide"):
        raise Http404
    if request.method == "POST" and submit(form, lambda **v: Iteration.plan(by=request.user, **v)):
        return redirect_with_message(request, "requirements:iterations", Text("已新建迭代。", "Iteration made."))
    visible = Requirement.objects.visible_to(request.user)
    rows = Iteration.objects.annotate(
        open=Count("items", filter=Q(items__status__in=OPEN)),
        delivered=Count("items", filter=Q(items__status="delivered")),
    )
    queue = visible.filter(disposition="iteration", iteration=None, status__in=OPEN).select_related("customer")
    context = {
        "form": form,
        "iterations": rows.order_by("-start")[:50],
        "queue": queue.order_by("-value", "-urgency", "id")[:200],
        "today": clock.today(),
    }
    return render(request, "web/requirements/iterations.html", context, status=422 if form.errors else 200)


@require_POST
@requires("requirement.decide")
def schedule(request: Request) -> HttpResponse:
    """Put the ticked requirements of the queue in an iteration."""
    into = get_object_or_404(Iteration, pk=request.POST.get("iteration") or 0)
    picked = [int(key) for key in request.POST.getlist("item") if key.isdecimal()]
    reason = Text("从迭代队列排入", "from the iteration queue")
    for row in Requirement.objects.visible_to(request.user).filter(pk__in=picked[:200]):
        row.place(by=request.user, disposition="iteration", iteration=into, reason=reason)
    return redirect_with_message(request, "requirements:iterations", Text("已排入迭代。", "Scheduled."))


@requires("requirement.write")
def offers(request: Request) -> HttpResponse:
    rows = offered(request.user).select_related("customer", "owner")
    context = {"offers": rows.order_by("-id")[:100], "count": rows.count()}
    return render(request, "web/requirements/offers.html", context)


@require_POST
@requires("requirement.write")
def from_case(request: Request, pk: int) -> HttpResponse:
    """One act: the case becomes a requirement, linked."""
    made = take(load(request, Case, pk=pk), by=request.user)
    return redirect_with_message(
        request,
        reverse("requirements:detail", args=[made.pk]),
        Text("已转入需求池。", "It is in the requirement pool."),
    )
