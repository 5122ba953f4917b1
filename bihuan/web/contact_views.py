"""One way to reach a customer: shown masked, and in clear once, on this page, for a reason."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bihuan.cases.contact_access import is_assigned_to
from bihuan.core.text import Text
from bihuan.customers.forms import DoNotContactForm, RevealForm
from bihuan.customers.models import Contact
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import previous_page, redirect_with_message, submit


@requires("see.business")
@require_POST
def reveal(request: Request, pk: int) -> HttpResponse:
    """The value in clear in the answer only: no address, no session and no later page holds it."""
    contact = load(request, Contact, pk=pk)
    form, shown = RevealForm(request.POST), []
    assigned = is_assigned_to(request.user, contact)
    worked = submit(form, lambda **v: shown.append(contact.reveal(by=request.user, assigned=assigned, **v)))
    context = {"contact": contact, "on": request.POST.get("on", ""), "form": form, "value": shown[0] if worked else ""}
    context |= {"assigned": assigned, "back": previous_page(request)}
    name = "web/contacts/_contact.html" if request.htmx else "web/contacts/revealed.html"
    return render(request, name, context, status=200 if worked else 422)


@requires("contact.reveal")
@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    contact = load(request, Contact, pk=pk)
    contact.verify(by=request.user)
    return redirect_with_message(
        request, previous_page(request), Text("已记录：姓名和身份核对无误。", "Recorded: name and identity checked.")
    )


@requires("customer.edit")
@require_POST
def set_do_not_contact(request: Request, pk: int) -> HttpResponse:
    """Whether this person wants to be contacted."""
    contact, form = load(request, Contact, pk=pk), DoNotContactForm(request.POST)
    if submit(form, lambda **v: contact.set_do_not_contact(by=request.user, **v)):
        return redirect_with_message(request, previous_page(request), Text("已保存。", "Saved."))
    return render(
        request,
        "web/contacts/revealed.html",
        {"contact": contact, "form": form, "back": previous_page(request), "value": ""},
        status=422,
    )
