"""A customer tells us something, gets a number and a check code, and finds it again by them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.audit.models import Actor
from bihuan.core.text import Text
from bihuan.feedback import check_codes
from bihuan.feedback.forms import PublicForm, TrackForm
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback
from bihuan.portal import consent, progress_views
from bihuan.portal.public_access import public
from bihuan.portal.visitor import limited


@public
@limited("feedback", limit=5, minutes=10)
def new(request: HttpRequest) -> HttpResponse:
    """The form; sent again with the same one-time key it gives the same receipt and no second feedback item."""
    form = PublicForm(request.POST or None)
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["key"]
        context = {"feedback": _received(form.cleaned_data), "code": check_codes.code_for(key)}
        return render(request, "portal/receipt.html", context)
    context = {"form": form, "notice": consent.notice(), "version": consent.VERSION}
    return render(request, "portal/feedback_form.html", context, status=422 if form.is_bound else 200)


@public
@limited("track", limit=10, minutes=10)
def track(request: HttpRequest) -> HttpResponse:
    form = TrackForm(request.POST or None)
    feedback = check_codes.find(**form.cleaned_data) if form.is_bound and form.is_valid() else None
    if feedback:
        return render(request, "portal/progress.html", {"feedback": feedback, "progress": progress_views.of(feedback)})
    if form.is_bound and form.is_valid():
        form.refuse(
            Text("编号和查询码对不上，请核对后再查。", "Number and check code do not match; please check both.")
        )
    return render(request, "portal/track.html", {"form": form}, status=422 if form.is_bound else 200)


def _received(values: dict[str, Any]) -> Feedback:
    return receive(
        by=Actor.public(),
        source="portal",
        key=values["key"],
        channel="web_form",
        text=values["text"],
        demand=values["demand"],
        contact=values["contact"],
        contact_name=values["name"],
        consent=consent.VERSION,
        check_code=check_codes.stored(check_codes.code_for(values["key"])),
    )
