"""What is done to one voice from its page: complete, answer, set aside, restore, attach."""

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
from bihuan.web.access import Request, load, needs
from bihuan.web.feedback_views import page
from bihuan.web.responses import attempt, done


@needs("feedback.record")
def complete(request: Request, pk: int) -> HttpResponse:
    voice = load(request, Feedback, pk=pk)
    first = model_to_dict(voice) | {
        "seen": voice.version,
        "browser": voice.environment.get("browser", ""),
        "contact": "",
    }
    first["customer"] = voice.customer.label if voice.customer else ""
    form = CompleteForm(request.POST or None, initial=first)
    if request.method == "POST" and attempt(form, lambda **v: voice.complete(by=request.user, **v)):
        return done(request, _home(voice), Text("已保存。", "Saved."))
    context = {"voice": voice, "form": form, "said": voice.shown_to(request.user)}
    return render(request, "web/feedback/complete.html", context, status=422 if form.is_bound else 200)


@needs("feedback.sort")
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    voice = load(request, Feedback, pk=pk)
    return _act(
        request, voice, "answer_form", AnswerForm(request.POST), voice.answer, Text("已记录答复。", "Answer recorded.")
    )


@needs("feedback.sort")
@require_POST
def void(request: Request, pk: int) -> HttpResponse:
    """From the voice's page or from the sorting queue, which goes on to its next voice."""
    voice = load(request, Feedback, pk=pk)
    form = ReasonForm(request.POST)
    if attempt(form, lambda **values: voice.void(by=request.user, **values)):
        return triage_views.onward(request, voice, Text("{n} 已判为无效。", "{n} marked invalid.", n=voice.number))
    if request.POST.get("following") == "voice":
        return page(request, voice, 422, void_form=form)
    return triage_views.page(request, voice, form)


@needs("feedback.sort")
@require_POST
def revive(request: Request, pk: int) -> HttpResponse:
    voice = load(request, Feedback, pk=pk)
    return _act(
        request,
        voice,
        "revive_form",
        ReasonForm(request.POST),
        voice.revive,
        Text("已恢复待分类。", "Back to unsorted."),
    )


@needs("feedback.record")
@require_POST
def attach(request: Request, pk: int) -> HttpResponse:
    voice = load(request, Feedback, pk=pk)

    def keep(by: Any, uploads: list[Any]) -> None:
        for upload in uploads:
            voice.attach(upload, by=by)

    return _act(
        request, voice, "file_form", FileForm(request.POST, request.FILES), keep, Text("附件已保存。", "Files kept.")
    )


@needs("feedback.record")
@require_POST
def keep_contact(request: Request, pk: int) -> HttpResponse:
    """A number found in the words is kept as the contact; the words stay as they are."""
    voice = load(request, Feedback, pk=pk)
    found = [one.value for one in personal_data.found(voice.text) if one.contact]
    if voice.contact is None and found:
        voice.complete(by=request.user, seen=voice.version, contact=found[0])
    return done(
        request, _home(voice), Text("已留存为联系方式，原话没有改动。", "Kept as contact; the words are unchanged.")
    )


def _act(
    request: Request, voice: Feedback, name: str, form: Form, verb: Callable[..., Any], said: Text
) -> HttpResponse:
    if attempt(form, lambda **values: verb(by=request.user, **values)):
        return done(request, _home(voice), said)
    return page(request, voice, 422, **{name: form})


def _home(voice: Feedback) -> str:
    return f"/feedback/{voice.pk}/"
