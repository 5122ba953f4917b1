"""又出现: a problem whose cases are all archived is told again by somebody (S2-04, S1-50).

Nothing is reopened by itself: the owner and the supervisor hear of it once a round, with the case at hand; a person
reopens it for a new round, or puts the feedback items elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor, Event
from bihuan.cases import events
from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case, CaseFeedback
from bihuan.findings.models import Member, Problem
from bihuan.findings.models.problem import ACTIVE

FREE = ("new", "triaged")
"""Feedback items in no case and not answered."""


@dataclass(frozen=True)
class ReopenedProblem:
    """A problem that came back: the case that had solved it, when that was archived, and how many feedback items tell it since."""

    problem: Problem
    case: Case
    since: datetime
    feedback_items: int


def reopened_problems(
    problems: QuerySet[Problem] | None = None, cases: QuerySet[Case] | None = None
) -> list[ReopenedProblem]:
    """The problems (among ``problems``) that came back, most feedback items first, as far as their last case is among ``cases``.

    At most six queries, whatever the number of problems.
    """
    candidates = Problem.objects.all() if problems is None else problems
    held = CaseFeedback.objects.filter(feedback__member__problem__in=candidates.filter(status__in=ACTIVE).order_by())
    archived = held.filter(case__status="archived")
    times = _archived(archived)
    pairs = {pair for pair in archived.values_list("feedback__member__problem", "case") if pair[1] in times}
    if not pairs:
        return []
    at_work = held.exclude(case__status__in=CLOSED).values_list("feedback__member__problem", flat=True)
    busy, last = set(at_work.distinct()), dict[int, int]()
    for problem, case in sorted(pairs, key=lambda pair: (times[pair[1]], pair[1])):
        if problem not in busy:
            last[problem] = case
    counts = _since({problem: times[case] for problem, case in last.items()})
    found = (Case.objects.all() if cases is None else cases).in_bulk([last[problem] for problem in counts])
    names = Problem.objects.in_bulk(counts)
    rows = [
        ReopenedProblem(names[problem], found[last[problem]], times[last[problem]], n)
        for problem, n in counts.items()
        if last[problem] in found
    ]
    return sorted(rows, key=lambda one: (-one.feedback_items, one.problem.pk))


def _archived(links: QuerySet[CaseFeedback]) -> dict[int, datetime]:
    """When each of the cases of these links was archived last."""
    history = Event.objects.filter(
        kind=events.ARCHIVED.key, subject_kind=Case.NOUN, subject_id__in=links.values("case")
    )
    return dict(history.order_by().values_list("subject_id").annotate(Max("at")))


def _since(times: dict[int, datetime]) -> dict[int, int]:
    """How many free feedback items each problem has that came in after its time; those that have none are left out."""
    if not times:
        return {}
    rows = Member.objects.filter(problem__in=list(times), feedback__status__in=FREE)
    rows = rows.filter(feedback__received_at__gt=min(times.values()))
    counts: dict[int, int] = {}
    for problem, received in rows.values_list("problem", "feedback__received_at"):
        if received > times[problem]:
            counts[problem] = counts.get(problem, 0) + 1
    return counts


def notify_owners() -> int:
    """Say of each problem that came back that it did, once a round of its case; how many were said."""
    return sum(_say(one) for one in reopened_problems())


@transaction.atomic
def _say(one: ReopenedProblem) -> bool:
    lock(one.case)
    one.case.refresh_from_db()
    recorded = Event.objects.filter(kind=events.RECURRED.key, subject_kind=Case.NOUN, subject_id=one.case.pk)
    if (
        one.case.status != "archived"
        or recorded.filter(details__round=one.case.round, details__other=one.problem.number).exists()
    ):
        return False
    number, turn = one.problem.number, one.case.round
    record(events.RECURRED, one.case, by=Actor.system(), n=one.feedback_items, other=number, round=turn)
    return True
