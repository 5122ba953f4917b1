"""New voices join the problems that are known already, soon after they came in.

Only a voice that reads like one of a problem's own joins (near.py, "yes" and not "maybe"); the rest wait for a run.
A voice is looked at once: ``Arrival`` keeps how far this has come. One that was committed late, after a younger one had
been looked at, waits for the next run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import models, transaction

from bihuan.core.write_throttle import give_way
from bihuan.feedback import similar
from bihuan.feedback.models import Feedback
from bihuan.findings.feedback_frame import COUNTED
from bihuan.findings.models import Exclusion, Member, Topic
from bihuan.findings.models.problem import STANDING

AT_ONCE = 200


class Arrival(models.Model):
    """The last voice that was looked at; one row."""

    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "arrival"


def join_new() -> int:
    """Look at voices that came in since the last time; returns how many joined a problem."""
    if not Topic.objects.standing().exists():
        return 0
    joined = 0
    while (new := _next()) is not None:
        joined += new
        give_way()
    return joined


def _next() -> int | None:
    """How many of the next voices joined; None when none were left. What they are like is found out before anything is
    locked; the place moves on with them, or not at all."""
    seen = Arrival.objects.filter(pk=1).values_list("last", flat=True).first() or 0
    voices = list(Feedback.objects.filter(COUNTED, pk__gt=seen).order_by("pk")[:AT_ONCE])
    if not voices:
        return None
    alike = similar.similar_to_each(voices)
    with transaction.atomic():
        place, _ = Arrival.objects.select_for_update().get_or_create(pk=1)
        if place.last != seen:
            return 0
        Arrival.objects.filter(pk=1).update(last=voices[-1].pk)
        return join(voices, alike)


def join(voices: Sequence[Feedback], near_by: Mapping[int, Sequence[similar.Near]]) -> int:
    """Put each of these into the problem most of its near voices tell, where that is clear."""
    held = set(Member.objects.filter(feedback__in=voices).values_list("feedback", flat=True))
    new = [voice for voice in voices if voice.pk not in held]
    alike = {voice.pk: [other for other in near_by[voice.pk] if other.sure] for voice in new}
    topics = _topics({other.feedback.pk for found in alike.values() for other in found})
    barred = set(Exclusion.objects.filter(feedback__in=new).values_list("feedback", "topic"))
    joined = 0
    for voice in new:
        votes = Counter(t for other in alike[voice.pk] if (t := topics.get(other.feedback.pk)) is not None)
        ranked = [(topic, n) for topic, n in votes.most_common(2) if (voice.pk, topic) not in barred]
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            continue
        score = max(other.score for other in alike[voice.pk] if topics.get(other.feedback.pk) == ranked[0][0])
        Topic.objects.get(pk=ranked[0][0]).take([voice.pk], how=Member.How.ARRIVAL, confidence=score)
        joined += 1
    return joined


def _topics(voices: set[int]) -> dict[int, int]:
    rows = Member.objects.filter(feedback__in=voices, topic__status__in=STANDING)
    return dict(rows.values_list("feedback", "topic"))
