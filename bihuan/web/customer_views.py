"""Pages of the customers."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncMonth
from django.forms import model_to_dict
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from bihuan.audit import timeline
from bihuan.cases.contact_access import is_assigned_to
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.customers.forms import CustomerForm
from bihuan.customers.lists import CUSTOMERS
from bihuan.customers.models import Customer
from bihuan.feedback import feedback_choices
from bihuan.feedback.models import Feedback
from bihuan.feedback.search_index import edit_customer
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.tables import Listing

MONTHS = 12


@requires("see.business")
def index(request: Request) -> HttpResponseBase:
    counts = Feedback.objects.filter(customer=OuterRef("pk")).order_by().values("customer").annotate(n=Count("pk"))
    rows = Customer.objects.visible_to(request.user).annotate(feedback_items=Coalesce(Subquery(counts.values("n")), 0))
    found = Listing(request, rows, CUSTOMERS)
    return found.export() or render(request, "web/customers/index.html", {"list": found})


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    customer = load(request, Customer, pk=pk)
    feedback_items = Feedback.objects.visible_to(request.user).filter(customer=customer).order_by("-received_at")
    cases = Case.objects.visible_to(request.user).filter(customer=customer).order_by("-id")
    contacts = list(customer.contacts.order_by("id"))
    return render(
        request,
        "web/customers/page.html",
        {
            "customer": customer,
            "contacts": contacts,
            "assigned": bool(contacts) and is_assigned_to(request.user, contacts[0]),
            "feedback_items": feedback_items[:20],
            "cases": cases[:20],
            "months": _months(_by_month(feedback_items, "received_at"), _by_month(cases, "created_at")),
            "types": _types(feedback_items),
            "timeline": timeline.entries([customer.timeline], 50),
            "words": feedback_choices,
        },
    )


@requires("customer.edit")
def edit(request: Request, pk: int) -> HttpResponse:
    customer = load(request, Customer, pk=pk)
    form = CustomerForm(request.POST or None, initial=model_to_dict(customer) | {"seen": customer.version})
    if request.method == "POST" and submit(form, lambda **v: edit_customer(customer, by=request.user, **v)):
        return redirect_with_message(request, redirect("customers:detail", pk).url, Text("已保存。", "Saved."))
    status = 422 if form.is_bound else 200
    return render(request, "web/customers/edit.html", {"customer": customer, "form": form}, status=status)


def _types(feedback_items: Any) -> list[tuple[str, int]]:
    """How many of each type: frequent problems show themselves (S2-12)."""
    counted = feedback_items.order_by().values_list("problem_type").annotate(n=Count("pk")).order_by("-n")
    return [(str(feedback_choices.PROBLEM_TYPES.get(code, Text("未分类", "not triaged"))), n) for code, n in counted]


def _by_month(rows: Any, column: str) -> dict[str, int]:
    months = rows.order_by().annotate(month=TruncMonth(column, tzinfo=clock.BEIJING)).values_list("month")
    return {f"{month:%Y-%m}": n for month, n in months.annotate(n=Count("pk"))}


def _months(feedback_counts: dict[str, int], opened: dict[str, int]) -> list[dict[str, Any]]:
    """The last twelve months, oldest first: how many feedback items and cases began in each."""
    this = clock.today().year * 12 + clock.today().month - 1
    stamps = [f"{month // 12}-{month % 12 + 1:02d}" for month in range(this - MONTHS + 1, this + 1)]
    most = max([1, *feedback_counts.values(), *opened.values()])
    return [
        {"month": s, "feedback_items": feedback_counts.get(s, 0), "cases": opened.get(s, 0), "most": most}
        for s in stamps
    ]
