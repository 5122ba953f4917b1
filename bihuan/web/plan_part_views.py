"""The parts of a plan while it is written: goals, options, measures, resources."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.plans import forms
from bihuan.plans.models import Goal, Measure, Option, Plan, Resource
from bihuan.web.access import Request, requires
from bihuan.web.case_layout import frame
from bihuan.web.plan_views import SAVED, of, save
from bihuan.web.responses import redirect_with_message, submit

PARTS: dict[str, type[Any]] = {"goals": Goal, "options": Option, "measures": Measure, "resources": Resource}


@require_POST
@requires("plan.write")
def goals(request: Request, pk: int) -> HttpResponse:
    return save(request, pk, "goals", forms.GoalForm(request.POST), lambda p, **d: Goal.add(p, by=request.user, **d))


@require_POST
@requires("plan.write")
def resources(request: Request, pk: int) -> HttpResponse:
    form = forms.ResourceForm(request.POST)
    return save(request, pk, "resources", form, lambda p, **d: Resource.add(p, by=request.user, **d))


@require_POST
@requires("plan.write")
def options(request: Request, pk: int) -> HttpResponse:
    form = forms.OptionForm(None, request.POST)
    return save(request, pk, "options", form, lambda p, seen, **d: Option.add(p, by=request.user, **d))


@require_POST
@requires("plan.write")
def weights(request: Request, pk: int) -> HttpResponse:
    plan = of(request, pk)
    form = forms.WeightsForm(plan, request.POST)
    return save(request, pk, "weights", form, lambda p, **d: p.write({"weights": d}, by=request.user, seen=p.version))


@require_POST
@requires("plan.write")
def measures(request: Request, pk: int) -> HttpResponse:
    form = forms.MeasureForm(of(request, pk), None, request.POST)
    return save(request, pk, "measures", form, lambda p, seen, **d: Measure.add(p, by=request.user, **d))


@requires("plan.write")
def option(request: Request, pk: int, row: int) -> HttpResponse:
    """Edit one option."""
    plan = of(request, pk)
    one = get_object_or_404(Option, plan=plan, pk=row)
    form = forms.OptionForm(one, request.POST or None)
    if submit(form, lambda seen, **d: one.rewrite(d, by=request.user, seen=seen)):
        return redirect_with_message(request, reverse("plans:detail", args=[pk]) + "#options", SAVED)
    return _editing(request, plan, form)


@requires("plan.write")
def measure(request: Request, pk: int, row: int) -> HttpResponse:
    """Edit one measure."""
    plan = of(request, pk)
    one = get_object_or_404(Measure, plan=plan, pk=row)
    form = forms.MeasureForm(plan, one, request.POST or None)
    if submit(form, lambda seen, **d: one.rewrite(by=request.user, seen=seen, **d)):
        return redirect_with_message(request, reverse("plans:detail", args=[pk]) + "#measures", SAVED)
    return _editing(request, plan, form)


@require_POST
@requires("plan.write")
def choice(request: Request, pk: int, row: int) -> HttpResponse:
    """Mark one option as the way to go."""
    one = get_object_or_404(Option, plan=of(request, pk), pk=row)
    one.choose(by=request.user, reason=request.POST.get("reason", ""))
    return redirect_with_message(request, reverse("plans:detail", args=[pk]) + "#options", SAVED)


@require_POST
@requires("plan.write")
def securing(request: Request, pk: int, row: int) -> HttpResponse:
    get_object_or_404(Resource, plan=of(request, pk), pk=row).secure(by=request.user)
    return redirect_with_message(request, reverse("plans:detail", args=[pk]) + "#resources", SAVED)


@require_POST
@requires("plan.write")
def removal(request: Request, pk: int, part: str, row: int) -> HttpResponse:
    """Take one goal, option, measure or resource off the draft."""
    if part not in PARTS:
        raise Http404
    one = PARTS[part].objects.filter(plan=of(request, pk), pk=row).first()
    if one:
        one.remove(by=request.user)
    return redirect_with_message(request, reverse("plans:detail", args=[pk]) + f"#{part}", SAVED)


def _editing(request: Request, plan: Plan, form: Any) -> HttpResponse:
    context = frame(plan.case, request.user, "plans:detail") | {"plan": plan, "form": form}
    return render(request, "web/plans/edit.html", context, status=422 if form.errors else 200)
