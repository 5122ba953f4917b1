"""A machine's draft beside the form it is for: what the page needs to show it, and the one that fills the form."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bihuan.feedback import label_drafts
from bihuan.feedback.models import Feedback
from bihuan.plugins.machine_drafts import MachineDraft, can_draft
from bihuan.web.access import Request


def draft_context(kind: str, about: str, *, ask: str, drop: str, use: str, shown: bool = True) -> dict[str, Any]:
    """Context of templates/web/plugins/_draft.html: one query while drafting is off. Addresses: ``ask`` has one written,
    ``drop`` says that it is not taken, ``use`` is the page whose form it fills."""
    can = shown and can_draft()
    draft = MachineDraft.last(kind, about) if can else None
    page, _, part = use.partition("#")
    return {
        "drafting": can,
        "draft": draft,
        "draft_ask": ask,
        "draft_drop": drop,
        "draft_use": f"{page}{'&' if '?' in page else '?'}draft={draft.pk}#{part}" if draft else "",
    }


def for_labels(feedback: Feedback) -> dict[str, Any]:
    """The draft of an untriaged feedback item's labels."""
    return draft_context(
        "labels",
        label_drafts.about(feedback),
        ask=reverse("drafts:labels", args=[feedback.pk]),
        drop=reverse("drafts:discard_labels", args=[feedback.pk]),
        use=reverse("feedback:labels", args=[feedback.pk]),
        shown=feedback.status == "new",
    )


def chosen(request: Request, draft: MachineDraft | None) -> MachineDraft | None:
    """The draft this request wants in its form (``draft``: its key), while it can be taken."""
    wanted = request.GET.get("draft", "") if request.method == "GET" else request.POST.get("draft", "")
    return draft if draft and draft.status == "ready" and wanted == str(draft.pk) else None
