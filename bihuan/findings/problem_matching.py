"""New feedback items join the problems that are known already, soon after they came in.

Only a feedback item that reads like one of a problem's own joins (similar.py, "yes" and not "maybe"); the rest wait for a run.
A feedback item is looked at once: ``Arrival`` keeps how far this has come. One that was committed late, after a younger one had
been looked at, waits for the next run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import models, transaction

from bihuan.core.write_throttle import yield_to_writers
from bihuan.feedback import similar
from bihuan.feedback.conditions import ANALYZED
from bihuan.feedback.models import Feedback
from bihuan.findings.models import Exclusion, Member, Problem
from bihuan.findings.models.problem import ACTIVE

AT_ONCE = 200


class IngestCursor(models.Model):
    """The last feedback item that was looked at; one row."""

    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "ingest_cursor"


def assign_new() -> int:
    """Look at feedback items that came in since the last time; returns how many joined a problem."""
    if not Problem.objects.active().exists():
        return 0
    joined = 0
    while (new := _assign_next()) is not None:
        joined += new
        yield_to_writers()
    return joined


def _assign_next() -> int | None:
    """How many of the next feedback items joined; None when none were left. What they are like is found out before anything is
    locked; the place moves on with them, or not at all."""
    seen = IngestCursor.objects.filter(pk=1).values_list("last", flat=True).first() or 0
    feedback_items = list(Feedback.objects.filter(ANALYZED, pk__gt=seen).order_by("pk")[:AT_ONCE])
    if not feedback_items:
        return None
    alike = similar.similar_to_each(feedback_items)
    with transaction.atomic():
        place, _ = IngestCursor.objects.select_for_update().get_or_create(pk=1)
        if place.last != seen:
            return 0
        IngestCursor.objects.filter(pk=1).update(last=feedback_items[-1].pk)
        return assign(feedback_items, alike)


def assign(feedback_items: Sequence[Feedback], similar_by: Mapping[int, Sequence[similar.SimilarFeedback]]) -> int:
    """Put each of these into the problem most of the feedback items similar to it belong to, where that is clear."""
    held = set(Member.objects.filter(feedback__in=feedback_items).values_list("feedback", flat=True))
    new = [feedback for feedback in feedback_items if feedback.pk not in held]
    alike = {feedback.pk: [other for other in similar_by[feedback.pk] if other.confident] for feedback in new}
    problems = _problems({other.feedback.pk for similar_items in alike.values() for other in similar_items})
    barred = set(Exclusion.objects.filter(feedback__in=new).values_list("feedback", "problem"))
    joined = 0
    for feedback in new:
        votes = Counter(t for other in alike[feedback.pk] if (t := problems.get(other.feedback.pk)) is not None)
        ranked = [(problem, n) for problem, n in votes.most_common(2) if (feedback.pk, problem) not in barred]
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            continue
        score = max(other.score for other in alike[feedback.pk] if problems.get(other.feedback.pk) == ranked[0][0])
        Problem.objects.get(pk=ranked[0][0]).assign([feedback.pk], how=Member.How.ARRIVAL, confidence=score)
        joined += 1
    return joined


def _problems(feedback_items: set[int]) -> dict[int, int]:
    rows = Member.objects.filter(feedback__in=feedback_items, problem__status__in=ACTIVE)
    return dict(rows.values_list("feedback", "problem"))
