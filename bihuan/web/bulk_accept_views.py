"""Accept in bulk: the untriaged feedback items whose suggested labels are confident, reviewed in one list."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback import similar
from bihuan.feedback.feedback_choices import CONFIDENCE_LEVELS
from bihuan.feedback.labels import AXES, label_names, suggested_codes
from bihuan.feedback.models import Feedback, Labelling
from bihuan.people.models import User
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message

AT = 90
SIZE = 50


def confident_rows(user: User, at: int) -> QuerySet[Feedback]:
    """Untriaged feedback items that say something and whose type and urgency are suggested with at least ``at`` per cent.
    The scope is counted, not guessed, so it needs no confidence."""
    return Feedback.objects.visible_to(user).untriaged().filter(suggestion_confidence__gte=at)


@requires("feedback.triage")
def index(request: Request) -> HttpResponse:
    """GET: what would be accepted. POST: accept those ticked, each by itself, and show which could not be."""
    level = request.POST.get("at") or request.GET.get("at", "")
    at = int(level) if level in map(str, CONFIDENCE_LEVELS) else AT
    rows = list(confident_rows(request.user, at).select_related("customer").order_by("received_at", "id")[:SIZE])
    failed: list[tuple[Feedback, Text]] = []
    if request.method == "POST":
        ticked = set(request.POST.getlist("feedback"))
        chosen = [one for one in rows if str(one.pk) in ticked]
        failed = accept(chosen, request)
        if not failed:
            return redirect_with_message(
                request, reverse("triage:queue"), Text("已接受 {n} 条。", "{n} accepted.", n=len(chosen))
            )
        rows = [one for one in rows if one not in chosen]
    shown = [(one, labels, label_names(labels)) for one, labels in suggested(rows)]
    context = {
        "rows": shown,
        "failed": failed,
        "at": at,
        "levels": CONFIDENCE_LEVELS,
        "all": confident_rows(request.user, at).count(),
    }
    return render(request, "web/triage/bulk_accept.html", context, status=422 if failed else 200)


def suggested(rows: list[Feedback]) -> list[tuple[Feedback, dict[str, str]]]:
    """Each feedback item with its suggested labels, the scope counted now for all of them together."""
    like = similar.similar_to_each(rows) if rows else {}
    return [(one, _labels(one, similar.scope_of(one, like[one.pk]).code)) for one in rows]


def accept(rows: list[Feedback], request: Request) -> list[tuple[Feedback, Text]]:
    """Label each as suggested; those refused come back with the reason."""
    failed = []
    for one, labels in suggested(rows):
        seen = request.POST.get(f"seen-{one.pk}", "")
        try:
            Labelling.give(one, labels, by=request.user, seen=int(seen) if seen.isdecimal() else None, suggested=labels)
        except Refused as no:
            failed.append((one, no.reason))
    return failed


def _labels(feedback: Feedback, scope: str) -> dict[str, str]:
    found = suggested_codes(feedback.suggested) | {"scope": scope}
    return {axis: found[axis] for axis in AXES if axis in found}
