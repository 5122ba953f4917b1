"""The plan of a case: one page, its parts saved one by one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import attachments
from bihuan.cases.models import Case
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.diagnosis.models import Impact
from bihuan.plans import forms, plan_choices, plan_completeness
from bihuan.plans.chinese_amounts import in_capitals
from bihuan.plans.models import Approval, Change, Confirmation, Plan
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.responses import redirect_with_message, submit

SAVED = Text("已保存。", "Saved.")


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    plan = Plan.of(case)
    return page(request, case, plan) if plan else render(
        request, "web/plans/none.html", frame(case, request.user, "plans:detail") | {"earlier": earlier(case)}
    )  # fmt: skip


@require_POST
@requires("plan.write")
def create_draft(request: Request, pk: int) -> HttpResponse:
    Plan.create_draft(load(request, Case, pk=pk), by=request.user)
    return redirect_with_message(
        request,
        reverse("plans:detail", args=[pk]),
        Text("方案已起草，请补齐内容。", "The plan is drafted; please complete it."),
    )


@requires("plan.write")
def edit(request: Request, pk: int) -> HttpResponse:
    plan = of(request, pk)
    form = forms.PlanForm(plan, request.POST or None)

    def save(seen: int, reviewers: Any, **changes: Any) -> None:
        plan.write(changes, by=request.user, seen=seen)
        plan.list_reviewers(list(reviewers), by=request.user)

    if submit(form, save):
        return redirect_with_message(request, reverse("plans:detail", args=[pk]), SAVED)
    context = frame(plan.case, request.user, "plans:detail") | {"plan": plan, "form": form}
    return render(request, "web/plans/edit.html", context, status=422 if form.errors else 200)


@require_POST
@requires("plan.write")
def submit_plan(request: Request, pk: int) -> HttpResponse:
    of(request, pk).submit(by=request.user)
    return redirect_with_message(request, reverse("plans:detail", args=[pk]), Text("已提交。", "Submitted."))


@require_POST
@requires("plan.write")
def back(request: Request, pk: int, way: str) -> HttpResponse:
    """Withdraw from the deciders, open an approved plan again, or stop it: each with a reason."""
    plan, reason = of(request, pk), request.POST.get("reason", "")
    acts = {"withdrawal": plan.withdraw, "revision": plan.revise, "stop": plan.stop}
    if way not in acts:
        raise Http404
    acts[way](by=request.user, reason=reason)
    return redirect_with_message(request, reverse("plans:detail", args=[pk]), SAVED)


@requires("plan.write")
def change(request: Request, pk: int) -> HttpResponse:
    """Change budget, finish or goals after approval."""
    plan = of(request, pk)
    form = forms.ChangeForm(plan, request.POST or None)
    if submit(form, lambda **_: Change.make(plan, by=request.user, **form.wanted())):
        return redirect_with_message(
            request, reverse("plans:detail", args=[pk]), Text("已变更，重新报批。", "Changed; approval begins again.")
        )
    context = frame(plan.case, request.user, "plans:detail") | {"plan": plan, "form": form}
    return render(request, "web/plans/change.html", context, status=422 if form.errors else 200)


@requires("see.business")
def sheet(request: Request, pk: int) -> HttpResponse:
    """《客户反馈优化方案表》 for printing (S3-44)."""
    plan = of(request, pk)
    context = {
        "plan": plan,
        "case": plan.case,
        "measures": measures(plan),
        "votes": plan.approvals.select_related("approver"),
    }
    return render(request, "web/plans/sheet.html", context | money(plan.budget))


def of(request: Request, pk: int) -> Plan:
    """The present plan of a case this person may see; 404 otherwise."""
    plan = Plan.of(load(request, Case, pk=pk))
    if plan is None:
        raise Http404
    return plan


def save(request: Request, pk: int, part: str, form: Form, verb: Any, message: Text = SAVED) -> HttpResponse:
    """Save one part of the plan; on refusal the page comes back with what was typed."""
    plan = of(request, pk)
    if submit(form, lambda **d: verb(plan, **d)):
        return redirect_with_message(request, reverse("plans:detail", args=[pk]) + f"#{part}", message)
    return page(request, plan.case, plan, {part: form})


def page(request: Request, case: Case, plan: Plan, tried: dict[str, Form] | None = None) -> HttpResponse:
    """The whole plan page; ``tried`` holds the form that was refused."""
    drafting = plan.status == "draft" and request.user.can("plan.write")
    last = plan.last_confirmation
    context = frame(case, request.user, "plans:detail") | outline(plan) | {
        "drafting": drafting,
        "missing": plan_completeness.missing_fields(plan) if plan.status == "draft" else [],
        "forms": blank(plan, drafting) | (tried or {}),
        "may_decide": Approval.why_not(plan, request.user) is None,
        "last": last,
        "recordings": attachments.list_for(last) if last else [],
        "link": _fresh_link(request, last),
        "changes": list(plan.changes.select_related("by")),
        "earlier": earlier(case),
    }  # fmt: skip
    return render(request, "web/plans/page.html", context, status=422 if tried else 200)


def outline(plan: Plan) -> dict[str, Any]:
    """What both the plan page and the approval page show."""
    compared = plan.comparison()
    best = max((score for _, score in compared), default=Decimal(0))
    return {
        "plan": plan,
        "goals": list(plan.goals.all()),
        "options": [(o, score, bool(score) and score == best) for o, score in compared],
        "criteria": [(c, name, (plan_choices.WEIGHTS | plan.weights)[c]) for c, name in plan_choices.CRITERIA.items()],
        "measures": measures(plan),
        "resources": list(plan.resources.all()),
        "uncovered": plan_completeness.uncovered(plan),
        "warnings": plan_completeness.warnings(plan),
        "votes": list(plan.approvals.select_related("approver")),
        "waiting": list(plan.reviewers_waited_for()) if plan.status == "reviewing" else [],
        "impacts": list(Impact.objects.filter(analysis__case=plan.case_id, analysis__round=plan.round)),
        "ops": plan_choices.OPS,
    } | money(plan.budget)


def money(amount: Decimal) -> dict[str, str]:
    return {"capitals": in_capitals(amount)}


def measures(plan: Plan) -> list[Any]:
    return list(plan.measures.select_related("owner", "cause"))


def earlier(case: Case) -> list[Plan]:
    """Plans of earlier rounds, and stopped ones of this round."""
    living = Plan.of(case)
    return list(
        Plan.objects.filter(case=case).exclude(pk=living.pk if living else 0).select_related("lead").order_by("id")
    )


def blank(plan: Plan, drafting: bool) -> dict[str, Form]:
    if drafting:
        return {
            "goals": forms.GoalForm(),
            "options": forms.OptionForm(None),
            "weights": forms.WeightsForm(plan),
            "measures": forms.MeasureForm(plan, None),
            "resources": forms.ResourceForm(),
        }
    initial = {"summary": plan.approach or plan.problem, "finish": plan.finish}
    return {"ask": forms.AskForm(initial=initial), "call": forms.CallForm(), "waiver": forms.ReasonForm()}


def _fresh_link(request: Request, last: Confirmation | None) -> str:
    """The address for the customer, shown once after it was made: only its hash is stored."""
    word = request.session.pop(f"confirm-{last.pk}", "") if last else ""
    return request.build_absolute_uri(reverse("portal:confirm", args=[word])) if word else ""
