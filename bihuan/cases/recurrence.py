"""又出现: a problem whose cases are all archived is told again by somebody (S2-04, S1-50).

Nothing is reopened by itself: the owner and the supervisor hear of it once a round, with the case at hand; a person
reopens it for a new round, or puts the voices elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor, Fact
from bihuan.cases import events
from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case, Link
from bihuan.findings.models import Member, Topic
from bihuan.findings.models.problem import STANDING

FREE = ("new", "sorted")
"""Voices in no case and not answered."""


@dataclass(frozen=True)
class Return:
    """A problem that came back: the case that had solved it, when that was archived, and how many voices tell it since."""

    topic: Topic
    case: Case
    since: datetime
    voices: int


def returns(topics: QuerySet[Topic] | None = None, cases: QuerySet[Case] | None = None) -> list[Return]:
    """The problems (among ``topics``) that came back, most voices first, as far as their last case is among ``cases``.

    At most six queries, whatever the number of problems.
    """
    asked = Topic.objects.all() if topics is None else topics
    held = Link.objects.filter(feedback__member__topic__in=asked.filter(status__in=STANDING).order_by())
    archived = held.filter(case__status="archived")
    times = _archived(archived)
    pairs = {pair for pair in archived.values_list("feedback__member__topic", "case") if pair[1] in times}
    if not pairs:
        return []
    at_work = held.exclude(case__status__in=CLOSED).values_list("feedback__member__topic", flat=True)
    busy, last = set(at_work.distinct()), dict[int, int]()
    for topic, case in sorted(pairs, key=lambda pair: (times[pair[1]], pair[1])):
        if topic not in busy:
            last[topic] = case
    counts = _since({topic: times[case] for topic, case in last.items()})
    found = (Case.objects.all() if cases is None else cases).in_bulk([last[topic] for topic in counts])
    names = Topic.objects.in_bulk(counts)
    rows = [
        Return(names[topic], found[last[topic]], times[last[topic]], n)
        for topic, n in counts.items()
        if last[topic] in found
    ]
    return sorted(rows, key=lambda one: (-one.voices, one.topic.pk))


def _archived(links: QuerySet[Link]) -> dict[int, datetime]:
    """When each of the cases of these links was archived last."""
    facts = Fact.objects.filter(kind=events.ARCHIVED.key, subject_kind=Case.NOUN, subject_id__in=links.values("case"))
    return dict(facts.order_by().values_list("subject_id").annotate(Max("at")))


def _since(times: dict[int, datetime]) -> dict[int, int]:
    """How many free voices each problem has that came in after its time; those that have none are left out."""
    if not times:
        return {}
    rows = Member.objects.filter(topic__in=list(times), feedback__status__in=FREE)
    rows = rows.filter(feedback__received_at__gt=min(times.values()))
    counts: dict[int, int] = {}
    for topic, received in rows.values_list("topic", "feedback__received_at"):
        if received > times[topic]:
            counts[topic] = counts.get(topic, 0) + 1
    return counts


def tell() -> int:
    """Say of each problem that came back that it did, once a round of its case; how many were said."""
    return sum(_say(one) for one in returns())


@transaction.atomic
def _say(one: Return) -> bool:
    lock(one.case)
    one.case.refresh_from_db()
    said = Fact.objects.filter(kind=events.CAME_BACK.key, subject_kind=Case.NOUN, subject_id=one.case.pk)
    if (
        one.case.status != "archived"
        or said.filter(details__round=one.case.round, details__other=one.topic.number).exists()
    ):
        return False
    number, turn = one.topic.number, one.case.round
    record(events.CAME_BACK, one.case, by=Actor.system(), n=one.voices, other=number, round=turn)
    return True
