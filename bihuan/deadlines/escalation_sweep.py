"""The sweep: every deadline that reaches an escalation step of the ladder says so once, whatever happens to workers and wall clocks.

It reads only deadlines whose ``check_at`` has come, over an index. Each chunk is one transaction: escalation steps kept, events stated,
the next look noted, or nothing of it. A second worker finds the rows locked or done; the database refuses an escalation step
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
"""At this rank people hear at any hour."""
_HAS_OPEN_PAUSE = Exists(Pause.objects.filter(case=OuterRef("case"), end=None, start__lt=OuterRef("due")))
_IS_PAUSED = Q(_HAS_OPEN_PAUSE) & ~Q(milestone__in=NEVER_PAUSED)
GRACE = timedelta(minutes=15)
"""How long after an escalation step the sweep may take to say so before `bihuan verify` complains."""


def sweep() -> int:
    """Tell of every escalation step reached by now; returns how many events were stated."""
    told = 0
    while (done := _chunk(clock.now())) is not None:
        told += done
        yield_to_writers()
    return told


@transaction.atomic
def _chunk(now: datetime) -> int | None:
    """One chunk: how many events; None when nothing was waiting to be looked at."""
    rows = to_check(now)
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    found = list(
        locked.select_related("case", "external_request__rule", "calendar_version")
        .defer("calendar_version__data")
        .prefetch_related("case__pauses")[:CHUNK]
    )
    if not found:
        return None
    ladder = EscalationStep.policy()
    reached = _reached(found)
    kept: list[Escalation] = []
    told: dict[EventType, list[tuple[Deadline, dict[str, Any]]]] = defaultdict(list)
    for one in found:
        steps = one.escalation_times(ladder)
        new = [(step, at) for step, at in steps if one.is_running and at <= now and step.pk not in reached[one.pk]]
        kept += [Escalation(deadline=one, step=step, reached_at=at, notified=step is new[-1][0]) for step, at in new]
        if new:
            kind = events.NEARING if new[-1][0].percent < 100 else events.OVERDUE
            told[kind].append((one, _details(one, [step for step, _ in new])))
        one.schedule_check(steps, reached[one.pk] | {step.pk for step, _ in new})
    Escalation.objects.bulk_create(kept, batch_size=CHUNK)
    for kind, said in told.items():
        record(kind, [one for one, _ in said], by=Actor.system(), each=[details for _, details in said])
    Deadline.objects.bulk_update(found, ["check_at"], batch_size=100)
    return sum(len(said) for said in told.values())


def to_check(now: datetime) -> QuerySet[Deadline]:
    """What is to be looked at, over the index of ``check_at`` alone: a deadline that is met or ended has none."""
    return Deadline.objects.filter(check_at__lte=now).order_by("check_at")


def _reached(found: Sequence[Deadline]) -> dict[int, set[int]]:
    known: dict[int, set[int]] = defaultdict(set)
    for pk, step in Escalation.objects.filter(deadline__in=found).values_list("deadline", "step"):
        known[pk].add(step)
    return known


def _details(one: Deadline, steps: Sequence[EscalationStep]) -> dict[str, Any]:
    """What is said of the highest of the escalation steps; whoever was to hear of the ones below hears it too."""
    top = steps[-1]
    hear = list(dict.fromkeys(who for step in steps for who in step.recipients))
    due = f"{one.due.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"
    urgent = one.case.rank <= TOP_RANK and bool(one.case.level)
    return {
        "milestone": one.name,
        "due": due,
        "percent": top.percent,
        "audience": hear,
        "urgent": urgent,
        "step": top.name,
    }


def check_all_again() -> None:
    """The ladder has changed: the next sweep works out anew when each deadline is to be looked at."""
    Deadline.objects.open().exclude(_IS_PAUSED).update(check_at=clock.now())


def faults() -> list[str]:
    """Deadlines past an escalation step without having said so, and escalation steps said twice; for `bihuan verify`."""
    late = Deadline.objects.open().filter(check_at__lt=clock.now() - GRACE).select_related("case")
    found = [
        f"clock {one.pk} of {one.subject_name} was to be looked at {one.check_at:%Y-%m-%d %H:%M} UTC"
        for one in late[:500]
    ]
    found += _without_escalation()
    told = Escalation.objects.filter(notified=True).count()
    sent = Event.objects.filter(kind__in=(events.NEARING.key, events.OVERDUE.key)).count()
    return found if told == sent else [*found, f"{told} escalation steps were to be told, {sent} events tell of one"]


def _without_escalation() -> list[str]:
    """Running deadlines whose due time went by and whose ladder does not know it."""
    if not any(step.percent == 100 for step in EscalationStep.policy()):
        return []
    limit = clock.now() - GRACE
    past = Deadline.objects.open().filter(due__lt=limit).exclude(_IS_PAUSED)
    dumb = past.exclude(escalations__step__percent=100).filter(check_at=None).select_related("case")
    return [
        f"clock {one.pk} of {one.subject_name} was due {one.due:%Y-%m-%d %H:%M} UTC and nobody was told"
        for one in dumb[:500]
    ]
