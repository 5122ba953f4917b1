"""Open cases that may already hold a feedback item: the same product and a near text. Suggestions only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.insight.duplicate_detection.text_likeness import explain, likeness
from bihuan.people.models import User

CANDIDATES = 200
LEAST = 0.3


@dataclass(frozen=True)
class Likely:
    case: Case
    share: float
    why: Text


def similar(feedback: Feedback, user: User, most: int = 5) -> list[Likely]:
    """The open cases this person sees that are most like the feedback item, best first."""
    near = Q(product=feedback.product) if feedback.product else Q()
    if feedback.customer_id:
        near |= Q(customer=feedback.customer_id)
    rows = Case.objects.visible_to(user).exclude(status__in=CLOSED).filter(near).select_related("customer")
    found = []
    for case in rows.order_by("-id")[:CANDIDATES]:
        text = case.description or case.title
        share = max(likeness(feedback.text, text), likeness(feedback.title or feedback.text, case.title))
        if share >= LEAST:
            found.append(Likely(case, share, explain(feedback.text, text)))
    return sorted(found, key=lambda one: -one.share)[:most]


def matching(words: str, user: User) -> QuerySet[Case]:
    """Open cases found by number or title."""
    rows = Case.objects.visible_to(user).exclude(status__in=CLOSED)
    for word in words[:100].split():
        rows = rows.filter(Q(number__icontains=word) | Q(title__icontains=word))
    return rows.order_by("-id")
