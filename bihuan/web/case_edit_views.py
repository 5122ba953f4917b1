"""Opening a case, from a feedback item or from nothing; changing what it says; tying feedback items to it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases.forms import EditCaseForm, FromFeedbackForm, NewCaseForm, ReasonForm
from bihuan.cases.models import Case, CaseFeedback
from bihuan.cases.similar import matching, similar
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.customers.models import Contact, Customer
from bihuan.feedback.models import Feedback
from bihuan.people.models import User
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.responses import redirect_with_message, submit

OPENED = Text("已立项。下一步：定级。", "Case opened. Next: assess it.")
KIND_OF = {"fault": "problem", "complaint": "complaint", "requirement": "requirement", "suggestion": "improvement"}


@requires("case.open")
def new(request: Request) -> HttpResponse:
    form = NewCaseForm(request.POST or None)
    made: list[Case] = []
    if request.method == "POST" and submit(form, lambda **v: made.append(open_new(request.user, **v))):
        return redirect_with_message(request, reverse("cases:detail", args=[made[0].pk]), OPENED)
    return render(request, "web/cases/new.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def open_new(by: User, *, customer_name: str, contact_name: str, contact: str, **fields: Any) -> Case:
    customer = Customer.get_or_create(name=customer_name, by=by.actor)
    kept = Contact.get_or_create(contact, customer=customer, by=by.actor, name=contact_name)
    return Case.open(by=by, customer=customer or (kept.customer if kept else None), contact=kept, **fields)


@requires("case.open")
def from_feedback(request: Request, pk: int) -> HttpResponse:
    """Make a case of a feedback item; or, beside it, put the feedback item in one that exists."""
    feedback = load(request, Feedback, pk=pk)
    form = FromFeedbackForm(request.POST or None, initial=prefilled(feedback))
    made: list[Case] = []
    if request.method == "POST" and submit(
        form, lambda **v: made.append(CaseFeedback.open_case([feedback], by=request.user, **v))
    ):
        return redirect_with_message(request, reverse("cases:detail", args=[made[0].pk]), OPENED)
    query = request.GET.get("q", "")
    context = {
        "form": form,
        "feedback": feedback,
        "query": query,
        "found": matching(query, request.user)[:20] if query else [],
        "similar": similar(feedback, request.user),
    }
    return render(request, "web/cases/from_feedback.html", context, status=422 if form.errors else 200)


def prefilled(feedback: Feedback) -> dict[str, Any]:
    names = ("channel", "occurred_at", "error_text", "product", "app_version", "system", "problem_type")
    return {n: getattr(feedback, n) for n in names} | {
        "title": feedback.title or feedback.text.splitlines()[0][:60],
        "description": feedback.text,
        "kind": KIND_OF.get(feedback.nature, "problem"),
        "expected_effect": feedback.demand,
        "first_judgement": feedback.first_judgement,
        "extent": {"systemic": "systemic", "general": "several_customers"}.get(feedback.scope, ""),
    }


@require_POST
@requires("case.edit")
def link_feedback(request: Request, pk: int) -> HttpResponse:
    """Put a feedback item, named by ``feedback`` (its key), in this case."""
    case = load(request, Case, pk=pk)
    number = request.POST.get("feedback", "")
    feedback = Feedback.objects.visible_to(request.user).filter(number=number).first()
    if feedback is None:
        raise Refused(Text("没有找到这条反馈，请核对编号。", "No such feedback; please check its number."))
    CaseFeedback.link(case, feedback, by=request.user.actor)
    return redirect_with_message(
        request, reverse("cases:detail", args=[pk]), Text("反馈已关联到事项。", "The feedback is in the case.")
    )


@requires("case.edit")
def unlink(request: Request, pk: int, link: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    row = get_object_or_404(CaseFeedback.objects.select_related("feedback", "case"), case=case, pk=link)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and submit(form, lambda **v: row.unlink(by=request.user.actor, **v)):
        return redirect_with_message(
            request, reverse("cases:detail", args=[pk]), Text("反馈已脱开。", "Feedback taken off.")
        )
    title = Text("脱开反馈 {n}", "Take off feedback {n}", n=row.feedback.number)
    return small(request, case, form, title, Text("脱开", "Take off"))


@requires("case.edit")
def edit(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = EditCaseForm(request.POST or None, initial=stored(case))

    def save(seen: int, **changes: Any) -> None:
        case.edit(by=request.user, seen=seen, **changes)

    if request.method == "POST" and submit(form, save):
        return redirect_with_message(request, reverse("cases:detail", args=[pk]), Text("已保存。", "Saved."))
    context = frame(case, request.user, "cases:edit") | {"form": form}
    return render(request, "web/cases/edit.html", context, status=422 if form.errors else 200)


def stored(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in EditCaseForm.base_fields if name != "seen"} | {"seen": case.version}


def small(request: Request, case: Case, form: Form, title: Any, act: Any, hint: Any = "") -> HttpResponse:
    """A page with one small form under the case's frame."""
    context = frame(case, request.user, "case_act") | {"form": form, "title": title, "act": act, "hint": hint}
    return render(request, "web/cases/action.html", context, status=422 if form.errors else 200)
