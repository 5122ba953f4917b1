"""The customer's word on a plan, by a link of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bihuan.audit.models import Actor
from bihuan.core.errors import Refused
from bihuan.plans.forms import AnswerForm
from bihuan.plans.models import Confirmation
from bihuan.portal.public_access import public
from bihuan.portal.visitor import limited


@public
@limited("confirm", limit=20, minutes=10)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What will be done, when, and what we need; agree or object, once. Later visits show the answer."""
    confirmation = Confirmation.objects.by_token(token)
    if confirmation is None or confirmation.is_expired:
        return render(
            request,
            "portal/confirm_gone.html",
            {"expired": confirmation is not None},
            status=410 if confirmation else 404,
        )
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and confirmation.status == "waiting" and form.is_valid():
        try:
            confirmation.answer(by=Actor.public(), agreed=request.POST.get("answer") == "agree", **form.cleaned_data)
        except Refused as no:
            form.refuse(no.reason)
        else:
            return redirect(request.path)
    context = {
        "confirmation": confirmation,
        "plan": confirmation.plan,
        "goals": list(confirmation.plan.goals.all()),
        "form": form,
        "team": confirmation.plan.case.team,
    }
    answer = render(request, "portal/confirm.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer
