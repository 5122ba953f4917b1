"""The sweep: every clock that reaches a rung of the ladder says so once, whatever happens to workers and wall clocks.

It reads only clocks whose ``look_at`` has come, over an index. Each chunk is one transaction: rungs kept, facts stated,
the next look noted, or nothing of it. A second worker finds the rows locked or done; the database refuses a rung
reached twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.audit.event_log import record_many
from bihuan.audit.event_types import Kind
from bihuan.audit.models import Actor, Fact
from bihuan.core import clock
from bihuan.core.write_throttle import give_way
from bihuan.deadlines import events
from bihuan.deadlines.deadline_choices import NEVER_STANDS
from bihuan.deadlines.models import Clock, Escalation, Pause, Rung

CHUNK = 500
TOP_RANK = 1
"""At this rank people hear at any hour."""
_WAITS = Exists(Pause.objects.filter(case=OuterRef("case"), end=None, start__lt=OuterRef("due")))
_STANDS = Q(_WAITS) & ~Q(milestone__in=NEVER_STANDS)
GRACE = timedelta(minutes=15)
"""How long after a rung the sweep may take to say so before `bihuan verify` complains."""


def sweep() -> int:
    """Tell of every rung reached by now; returns how many facts were stated."""
    told = 0
    while (done := _chunk(clock.now())) is not None:
        told += done
        give_way()
    return told


@transaction.atomic
def _chunk(now: datetime) -> int | None:
    """One chunk: how many facts; None when nothing was waiting to be looked at."""
    rows = waiting(now)
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    found = list(
        locked.select_related("case", "outside__rule", "calendar_version")
        .defer("calendar_version__data")
        .prefetch_related("case__pauses")[:CHUNK]
    )
    if not found:
        return None
    ladder = Rung.ladder()
    reached = _reached(found)
    kept: list[Escalation] = []
    told: dict[Kind, list[tuple[Clock, dict[str, Any]]]] = defaultdict(list)
    for one in found:
        rungs = one.rungs(ladder)
        new = [(rung, at) for rung, at in rungs if one.counts and at <= now and rung.pk not in reached[one.pk]]
        kept += [Escalation(clock=one, rung=rung, reached=at, told=rung is new[-1][0]) for rung, at in new]
        if new:
            kind = events.NEARING if new[-1][0].percent < 100 else events.OVERDUE
            told[kind].append((one, _details(one, [rung for rung, _ in new])))
        one.look_again(rungs, reached[one.pk] | {rung.pk for rung, _ in new})
    Escalation.objects.bulk_create(kept, batch_size=CHUNK)
    for kind, said in told.items():
        record_many(kind, [one for one, _ in said], by=Actor.system(), details=[details for _, details in said])
    Clock.objects.bulk_update(found, ["look_at"], batch_size=100)
    return sum(len(said) for said in told.values())


def waiting(now: datetime) -> QuerySet[Clock]:
    """What is to be looked at, over the index of ``look_at`` alone: a clock that is met or ended has none."""
    return Clock.objects.filter(look_at__lte=now).order_by("look_at")


def _reached(found: Sequence[Clock]) -> dict[int, set[int]]:
    known: dict[int, set[int]] = defaultdict(set)
    for pk, rung in Escalation.objects.filter(clock__in=found).values_list("clock", "rung"):
        known[pk].add(rung)
    return known


def _details(one: Clock, rungs: Sequence[Rung]) -> dict[str, Any]:
    """What is said of the highest of the rungs; whoever was to hear of the ones below hears it too."""
    top = rungs[-1]
    hear = list(dict.fromkeys(who for rung in rungs for who in rung.hear))
    due = f"{one.due.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"
    urgent = one.case.rank <= TOP_RANK and bool(one.case.level)
    return {"milestone": one.name, "due": due, "percent": top.percent, "hear": hear, "urgent": urgent, "rung": top.name}


def look_at_all() -> None:
    """The ladder has changed: the next sweep works out anew when each clock is to be looked at."""
    Clock.objects.open().exclude(_STANDS).update(look_at=clock.now())


def faults() -> list[str]:
    """Clocks past a rung without having said so, and rungs said twice; for `bihuan verify`."""
    late = Clock.objects.open().filter(look_at__lt=clock.now() - GRACE).select_related("case")
    found = [
        f"clock {one.pk} of {one.fact_name} was to be looked at {one.look_at:%Y-%m-%d %H:%M} UTC" for one in late[:500]
    ]
    found += _silent()
    told = Escalation.objects.filter(told=True).count()
    facts = Fact.objects.filter(kind__in=(events.NEARING.key, events.OVERDUE.key)).count()
    return found if told == facts else [*found, f"{told} rungs were to be told, {facts} facts tell of one"]


def _silent() -> list[str]:
    """Running clocks whose due time went by and whose ladder does not know it."""
    if not any(rung.percent == 100 for rung in Rung.ladder()):
        return []
    limit = clock.now() - GRACE
    past = Clock.objects.open().filter(due__lt=limit).exclude(_STANDS)
    dumb = past.exclude(escalations__rung__percent=100).filter(look_at=None).select_related("case")
    return [
        f"clock {one.pk} of {one.fact_name} was due {one.due:%Y-%m-%d %H:%M} UTC and nobody was told"
        for one in dumb[:500]
    ]
