"""What is done to one feedback item from its page: complete, answer, set aside, restore, attach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.feedback import personal_data
from bihuan.feedback.forms import AnswerForm, CompleteForm, FileForm, ReasonForm
from bihuan.feedback.models import Feedback
from bihuan.web import triage_views
from bihuan.web.access import Request, load, requires
from bihuan.web.feedback_views import page
from bihuan.web.responses import redirect_with_message, submit


@requires("feedback.record")
def complete(request: Request, pk: int) -> HttpResponse:
    feedback = load(request, Feedback, pk=pk)
    first = model_to_dict(feedback) | {
        "seen": feedback.version,
        "browser": feedback.environment.get("browser", ""),
        "contact": "",
    }
    first["customer"] = feedback.customer.label if feedback.customer else ""
    form = CompleteForm(request.POST or None, initial=first)
    if request.method == "POST" and submit(form, lambda **v: feedback.complete(by=request.user, **v)):
        return redirect_with_message(request, _home(feedback), Text("已保存。", "Saved."))
    context = {"feedback": feedback, "form": form, "texts": feedback.shown_to(request.user)}
    return render(request, "web/feedback/complete.html", context, status=422 if form.is_bound else 200)


@requires("feedback.triage")
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    feedback = load(request, Feedback, pk=pk)
    return _act(
        request,
        feedback,
        "answer_form",
        AnswerForm(request.POST),
        feedback.answer,
        Text("已记录答复。", "Answer recorded."),
    )


@requires("feedback.triage")
@require_POST
def void(request: Request, pk: int) -> HttpResponse:
    """From the feedback item's page or from the triage queue, which goes on to its next feedback item."""
    feedback = load(request, Feedback, pk=pk)
    form = ReasonForm(request.POST)
    if submit(form, lambda **values: feedback.void(by=request.user, **values)):
        return triage_views.onward(
            request, feedback, Text("{n} 已判为无效。", "{n} marked invalid.", n=feedback.number)
        )
    if request.POST.get("following") == "feedback":
        return page(request, feedback, 422, void_form=form)
    return triage_views.page(request, feedback, form)


@requires("feedback.triage")
@require_POST
def revive(request: Request, pk: int) -> HttpResponse:
    feedback = load(request, Feedback, pk=pk)
    return _act(
        request,
        feedback,
        "revive_form",
        ReasonForm(request.POST),
        feedback.revive,
        Text("已恢复待分类。", "Back to triage."),
    )


@requires("feedback.record")
@require_POST
def attach(request: Request, pk: int) -> HttpResponse:
    feedback = load(request, Feedback, pk=pk)

    def keep(by: Any, uploads: list[Any]) -> None:
        for upload in uploads:
            feedback.attach(upload, by=by)

    return _act(
        request,
        feedback,
        "file_form",
        FileForm(request.POST, request.FILES),
        keep,
        Text("附件已保存。", "Files saved."),
    )


@requires("feedback.record")
@require_POST
def keep_contact(request: Request, pk: int) -> HttpResponse:
    """A number found in the words is kept as the contact; the words stay as they are."""
    feedback = load(request, Feedback, pk=pk)
    contacts = [one.value for one in personal_data.found(feedback.text) if one.contact]
    if feedback.contact is None and contacts:
        feedback.complete(by=request.user, seen=feedback.version, contact=contacts[0])
    return redirect_with_message(
        request, _home(feedback), Text("已留存为联系方式，原话没有改动。", "Kept as contact; the words are unchanged.")
    )


def _act(
    request: Request, feedback: Feedback, name: str, form: Form, verb: Callable[..., Any], message: Text
) -> HttpResponse:
    if submit(form, lambda **values: verb(by=request.user, **values)):
        return redirect_with_message(request, _home(feedback), message)
    return page(request, feedback, 422, **{name: form})


def _home(feedback: Feedback) -> str:
    return f"/feedback/{feedback.pk}/"
