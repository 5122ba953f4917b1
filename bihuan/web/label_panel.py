"""What the page of one voice says about its labels, its repeats and its merges."""

from __future__ import annotations

from typing import Any

from bihuan.feedback.merging import Merge
from bihuan.feedback.models import Feedback
from bihuan.web.doors import Request
from bihuan.web.sorting import table


def panel(request: Request, voice: Feedback) -> dict[str, Any]:
    """The context of templates/web/feedback/_labels.html. The same number of queries for every voice of a kind."""
    merged = list(voice.merged.order_by("id")) if voice.status != "merged" else []
    return {
        **table(request, voice),
        "merge": Merge.objects.filter(feedback=voice, undone_at=None).select_related("by", "into").first(),
        "merged": merged,
        "times": 1 + len(merged),
        "labellings": voice.labellings.select_related("by")[:5],
        "following": "voice",
    }
