"""Merging a repeat: look at both side by side, choose which stays; undo with a reason."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.feedback.models.merge import Merge, survivor, with_times
from bihuan.feedback.triage_forms import ReasonForm
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import previous_page, redirect_with_message


@requires("feedback.merge")
def merge(request: Request, pk: int) -> HttpResponse:
    """GET ``?with=`` another's pk or number: both side by side. POST ``survivor``: merge into that one."""
    feedback = load(request, Feedback, pk=pk)
    other = survivor(_find(request, (request.POST.get("with") or request.GET.get("with", "")).strip()))
    if request.method == "POST":
        stays, goes = (feedback, other) if request.POST.get("survivor") == str(feedback.pk) else (other, feedback)
        try:
            Merge.make(goes, stays, by=request.user)
        except Refused as no:
            return _preview(request, feedback, other, no.reason)
        return redirect_with_message(
            request, _home(request, stays), Text("已并入 {n}。", "Merged into {n}.", n=survivor(stays).number)
        )
    return _preview(request, feedback, other)


@require_POST
@requires("feedback.merge")
def unmerge(request: Request, pk: int) -> HttpResponse:
    feedback = load(request, Feedback, pk=pk)
    form = ReasonForm(request.POST)
    known = Merge.objects.filter(feedback=feedback, undone_at=None).first()
    if not form.is_valid():
        raise Refused(Text("请写明撤销合并的原因。", "Please say why the merge is undone."))
    if known:
        known.undo(by=request.user, reason=form.cleaned_data["reason"])
    to = previous_page(request, reverse("feedback:detail", args=[pk]))
    return redirect_with_message(
        request, to, Text("已撤销合并，{n} 恢复原状。", "Merge undone: {n} is as it was.", n=feedback.number)
    )


def _find(request: Request, which: str) -> Feedback:
    """The feedback item with this pk or number that the person may see; a wrong number is said, not hidden."""
    if which.isdecimal():
        return load(request, Feedback, pk=which)
    try:
        return load(request, Feedback, number=which.upper())
    except Http404:
        raise Refused(
            Text("没有找到编号「{n}」的反馈。", "No feedback item with the number “{n}” was found.", n=which)
        ) from None


def _preview(request: Request, feedback: Feedback, other: Feedback, refused: Any = None) -> HttpResponse:
    counted = with_times(Feedback.objects.filter(pk__in=(feedback.pk, other.pk)))
    pair = sorted(counted.select_related("customer", "contact"), key=lambda v: (v.status != "linked", v.received_at))
    ways = [
        (stays, stays.shown_to(request.user), Merge.why_not(goes, stays))
        for stays, goes in zip(pair, reversed(pair), strict=True)
    ]
    able = [stays for stays, _, reason in ways if reason is None]
    context = {
        "feedback": feedback,
        "other": other,
        "ways": ways,
        "chosen": able[0] if able else None,
        "total": sum(v.times for v in pair),  # type: ignore[attr-defined]
        "refused": refused,
        "following": request.GET.get("following") or request.POST.get("following", ""),
    }
    return render(request, "web/merge/page.html", context, status=422 if refused else 200)


def _home(request: Request, stays: Feedback) -> str:
    following = request.POST.get("following", "")
    if following.isdecimal():
        return reverse("triage:queue") + f"?item={following}"
    return reverse("feedback:detail", args=[survivor(stays).pk])
