"""The sweep: every deadline that reaches a step of the escalation policy is escalated once, whatever happens to workers
and to the system's time.

It reads only deadlines whose ``check_at`` has come, over an index. Each chunk is one transaction: escalations stored,
events recorded, the next check scheduled, or nothing of it. A second worker finds the rows locked or done; the database refuses an escalation step
reached twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.audit.event_log import record
from bihuan.audit.event_types import EventType
from bihuan.audit.models import Actor, Event
from bihuan.core import clock
from bihuan.core.write_throttle import yield_to_writers
from bihuan.deadlines import events
from bihuan.deadlines.deadline_choices import NEVER_PAUSED
from bihuan.deadlines.models import Deadline, Escalation, EscalationStep, Pause

CHUNK = 500
TOP_RANK = 1
"""At this rank people are notified at any hour."""
_HAS_OPEN_PAUSE = Exists(Pause.objects.filter(case=OuterRef("case"), end=None, start__lt=OuterRef("due")))
_IS_PAUSED = Q(_HAS_OPEN_PAUSE) & ~Q(milestone__in=NEVER_PAUSED)
GRACE = timedelta(minutes=15)
"""How late the sweep may be before `bihuan verify` complains."""


def sweep() -> int:
    """Escalate every deadline that has reached a step by now; returns how many events were recorded."""
    total = 0
    while (recorded := _chunk(clock.now())) is not None:
        total += recorded
        yield_to_writers()
    return total


@transaction.atomic
def _chunk(now: datetime) -> int | None:
    """One chunk: how many events; None when no deadline was to be checked."""
    rows = to_check(now).select_for_update(of=("self",), skip_locked=True)
    deadlines = list(
        rows.select_related("case", "external_request__rule", "calendar_version")
        .defer("calendar_version__data")
        .prefetch_related("case__pauses")[:CHUNK]
    )
    if not deadlines:
        return None
    policy, reached = EscalationStep.policy(), _reached(deadlines)
    escalations: list[Escalation] = []
    to_record: dict[EventType, list[tuple[Deadline, dict[str, Any]]]] = defaultdict(list)
    for deadline in deadlines:
        times, known = deadline.escalation_times(policy), reached[deadline.pk]
        new = [(step, at) for step, at in times if deadline.is_running and at <= now and step.pk not in known]
        escalations += [
            Escalation(deadline=deadline, step=step, reached_at=at, notified=step is new[-1][0]) for step, at in new
        ]
        if new:
            event_type = events.NEARING if new[-1][0].percent < 100 else events.OVERDUE
            to_record[event_type].append((deadline, _details(deadline, [step for step, _ in new])))
        deadline.schedule_check(times, known | {step.pk for step, _ in new})
    Escalation.objects.bulk_create(escalations, batch_size=CHUNK)
    for event_type, pairs in to_record.items():
        record(event_type, [one for one, _ in pairs], by=Actor.system(), each=[details for _, details in pairs])
    Deadline.objects.bulk_update(deadlines, ["check_at"], batch_size=100)
    return sum(len(pairs) for pairs in to_record.values())


def to_check(now: datetime) -> QuerySet[Deadline]:
    """What is to be checked, over the index of ``check_at`` alone: a deadline that is met or ended has none."""
    return Deadline.objects.filter(check_at__lte=now).order_by("check_at")


def _reached(found: Sequence[Deadline]) -> dict[int, set[int]]:
    known: dict[int, set[int]] = defaultdict(set)
    for pk, step in Escalation.objects.filter(deadline__in=found).values_list("deadline", "step"):
        known[pk].add(step)
    return known


def _details(one: Deadline, steps: Sequence[EscalationStep]) -> dict[str, Any]:
    """The event's details: of the highest of the steps, with the recipients of all of them."""
    top = steps[-1]
    recipients = list(dict.fromkeys(who for step in steps for who in step.recipients))
    due = f"{one.due.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"
    urgent = one.case.rank <= TOP_RANK and bool(one.case.level)
    return {
        "milestone": one.name,
        "due": due,
        "percent": top.percent,
        "audience": recipients,
        "urgent": urgent,
        "step": top.name,
    }


def check_all_again() -> None:
    """The policy has changed: the next sweep works out anew when each deadline is to be checked."""
    Deadline.objects.open().exclude(_IS_PAUSED).update(check_at=clock.now())


def faults() -> list[str]:
    """Deadlines past an escalation step that were not escalated, and steps recorded twice; for `bihuan verify`."""
    late = Deadline.objects.open().filter(check_at__lt=clock.now() - GRACE).select_related("case")
    found = [
        f"deadline {one.pk} of {one.subject_name} was to be checked {one.check_at:%Y-%m-%d %H:%M} UTC"
        for one in late[:500]
    ]
    found += _without_escalation()
    notified = Escalation.objects.filter(notified=True).count()
    sent = Event.objects.filter(kind__in=(events.NEARING.key, events.OVERDUE.key)).count()
    return found if notified == sent else [*found, f"{notified} steps notified people, {sent} events are recorded"]


def _without_escalation() -> list[str]:
    """Running deadlines whose due time went by without an escalation."""
    if not any(step.percent == 100 for step in EscalationStep.policy()):
        return []
    limit = clock.now() - GRACE
    past = Deadline.objects.open().filter(due__lt=limit).exclude(_IS_PAUSED)
    silent = past.exclude(escalations__step__percent=100).filter(check_at=None).select_related("case")
    return [
        f"deadline {one.pk} of {one.subject_name} was due {one.due:%Y-%m-%d %H:%M} UTC and nobody was notified"
        for one in silent[:500]
    ]
