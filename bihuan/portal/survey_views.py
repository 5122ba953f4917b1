"""The questionnaire a customer opens by a link of their own: three questions, once (S1-48, S1-49)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bihuan.audit.models import Actor
from bihuan.core.errors import Refused
from bihuan.followup.followup_calls import FollowUp
from bihuan.followup.forms import AnswerForm
from bihuan.portal.public_access import public
from bihuan.portal.visitor import limited


@public
@limited("survey", limit=10, minutes=10)
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, thank, or say that it is over. The address is the key, so it is neither kept nor passed on."""
    followup = FollowUp.objects.by_token(token)
    answer = _page(request, followup)
    answer["Cache-Control"] = "no-store"
    return answer


def _page(request: HttpRequest, followup: FollowUp | None) -> HttpResponse:
    if followup is None:
        return render(request, "portal/survey_gone.html", {"expired": False}, status=404)
    if followup.status == "done":
        return render(request, "portal/survey_thanks.html", {"followup": followup})
    if followup.is_link_expired or not followup.is_open:
        return render(request, "portal/survey_gone.html", {"expired": True}, status=410)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            followup.answer(by=Actor.public(), channel="link", **form.cleaned_data)
        except Refused as no:
            form.refuse(no.reason)
        else:
            return redirect(request.path)
    context = {"followup": followup, "form": form}
    return render(request, "portal/survey.html", context, status=422 if form.errors else 200)
