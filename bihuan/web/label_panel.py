"""What the page of one feedback item says about its labels, its repeats and its merges."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from bihuan.core.compiled_query import CompiledQuery
from bihuan.feedback.models import Feedback, Labelling, Merge
from bihuan.web.access import Request
from bihuan.web.triage_views import table


def panel(request: Request, feedback: Feedback) -> dict[str, Any]:
    """The context of templates/web/feedback/_labels.html. The same number of queries for every feedback item of a kind."""
    gone = feedback.status == "merged"
    merged = [] if gone else _merged.fetch(feedback.pk)
    return {
        **table(request, feedback),
        "merge": Merge.objects.filter(feedback=feedback, undone_at=None).select_related("by", "into").first()
        if gone
        else None,
        "merged": merged,
        "times": 1 + len(merged),
        "labellings": _labellings(feedback),
        "following": "feedback",
    }


@CompiledQuery
def _merged(feedback: int) -> QuerySet[Feedback]:
    return Feedback.objects.filter(merged_into=feedback).order_by("id")


def _labellings(feedback: Feedback) -> list[Labelling]:
    """The last few, with who gave them."""
    found = _given.fetch(feedback.pk)
    prefetch_related_objects(found, "by")
    return found


@CompiledQuery
def _given(feedback: int) -> QuerySet[Labelling]:
    return Labelling.objects.filter(feedback=feedback)[:5]
