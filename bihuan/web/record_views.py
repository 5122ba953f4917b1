"""Recording a feedback item while the customer is on the phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case
from bihuan.customers.models import Contact, Customer
from bihuan.feedback import completeness, personal_data
from bihuan.feedback.forms import FeedbackForm
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import submit


@requires("feedback.record")
def new(request: Request) -> HttpResponse:
    first = {"channel": request.session.get("channel", "phone"), "customer": request.GET.get("customer", "")}
    form = FeedbackForm(request.POST or None, request.FILES or None, initial=first)
    made: list[Feedback] = []
    if request.method == "POST" and submit(form, lambda **values: made.append(_record(request, values))):
        if made[0].channel != first["channel"]:
            request.session["channel"] = made[0].channel
        return redirect("feedback:recorded", made[0].pk)
    rest = [f for f in form if f.name not in {"key", "channel", "customer", "text"}]
    context = {"form": form, "rest": rest, "wanted": [w.field for w in completeness.WANTED]}
    return render(request, "web/feedback/new.html", context, status=422 if form.is_bound else 200)


def _record(request: Request, values: dict[str, Any]) -> Feedback:
    user = request.user
    uploads = values.pop("uploads")
    key = f"{user.pk}:{values.pop('key')}"
    return receive(by=user.actor, source="form", key=key, team=user.team, files=uploads, **values)


@requires("feedback.record")
def recorded(request: Request, pk: int) -> HttpResponse:
    """After saving: the number, what is next, and one key to record another."""
    feedback = load(request, Feedback, pk=pk)
    return render(
        request,
        "web/feedback/recorded.html",
        {"feedback": feedback, "percent": completeness.percent(feedback), "missing": completeness.missing(feedback)},
    )


@requires("feedback.record")
def known(request: Request) -> HttpResponse:
    """Part of the form: who the typed customer may be, and what we know of them."""
    typed = request.GET.get("customer", "").strip()[:120]
    customers = Customer.objects.visible_to(request.user)
    customer = Customer.find_by_label(typed)
    if customer is None and (contact := Contact.find(request.GET.get("contact", ""))):
        customer = contact.customer
    context: dict[str, Any] = {"customer": customer, "typed": typed}
    if customer:
        context |= lately(request, customer)
    elif typed:
        context["likely"] = customers.search(typed).order_by("-updated_at")[:6]
    return render(request, "web/feedback/_known.html", context)


def lately(request: Request, customer: Customer) -> dict[str, Any]:
    """The customer's last five feedback items and open cases, as far as this person sees them."""
    feedback_items = Feedback.objects.visible_to(request.user).filter(customer=customer).order_by("-received_at")[:5]
    cases = Case.objects.visible_to(request.user).filter(customer=customer).exclude(status__in=CLOSED).order_by("-id")
    return {"feedback_items": feedback_items, "cases": cases[:5]}


@requires("feedback.record")
def warn(request: Request) -> HttpResponse:
    """Part of the form: a warning when the words hold personal numbers. Nothing is changed by it."""
    found = personal_data.found(request.POST.get("text", "")[:20_000])[:5]
    return render(request, "web/feedback/_personal.html", {"found": found})
