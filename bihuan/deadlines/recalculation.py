"""Open deadlines follow their calendar: once a version is published, they are derived anew, with an event for each change.

What is left to do is read off the rows (an open deadline on a replaced version), so a run that dies loses nothing and
the next one goes on. Met and ended deadlines keep the version they were derived by.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django_tasks import task

from bihuan.core import clock
from bihuan.core.write_throttle import yield_to_writers
from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.calendar_versions import CalendarVersion
from bihuan.deadlines.deadline_choices import NEVER_PAUSED
from bihuan.deadlines.models import Deadline, Pause, due_of
from bihuan.deadlines.models.deadline import DeadlineQuerySet
from bihuan.deadlines.working_time import Due

CHUNK = 1000
FIELDS = ("pk", "case_id", "milestone", "start", "amount", "unit", "due", "provisional")


class Recalculated(NamedTuple):
    """A deadline and what another calendar makes of it."""

    pk: int
    before: datetime
    was_provisional: bool
    due: Due

    @property
    def moves(self) -> bool:
        return self.before != self.due.at

    @property
    def differs(self) -> bool:
        return self.moves or self.was_provisional != self.due.provisional


def outdated_deadlines() -> DeadlineQuerySet:
    """Open deadlines whose calendar version was replaced."""
    return Deadline.objects.open().filter(calendar_version__status="past")


def recalculate_all() -> int:
    """Derive all of them anew by the version now in force, a chunk a transaction; returns how many."""
    done = 0
    replaced = outdated_deadlines().order_by().values("calendar_version")
    for old in CalendarVersion.objects.filter(pk__in=replaced).defer("data").order_by("pk"):
        while counted := _chunk(old):
            done += counted
            yield_to_writers()
    return done


@task()
def recalculate_soon() -> None:
    recalculate_all()


def recalculated_by(deadlines: DeadlineQuerySet, calendar: Calendar) -> Iterator[Recalculated]:
    """What the calendar makes of these deadlines, each beside the due time it has.

    The stored due time of a paused deadline is from before its pause, so the open pause is left out here too.
    """
    rows = list(deadlines.values_list(*FIELDS))
    pauses: dict[int, list[tuple[datetime, datetime]]] = {}
    ended = Pause.objects.filter(case__in={row[1] for row in rows}, end__isnull=False)
    for case, begins, ends in ended.values_list("case_id", "start", "end"):
        pauses.setdefault(case, []).append((begins, ends or begins))
    for pk, case, milestone, start, amount, unit, before, was_provisional in rows:
        spans = () if milestone in NEVER_PAUSED else pauses.get(case, ())
        yield Recalculated(pk, before, was_provisional, due_of(calendar, start, amount, unit, spans))


@transaction.atomic
def _chunk(old: CalendarVersion) -> int:
    version = CalendarVersion.objects.select_for_update().get(calendar=old.calendar_id, status="current")
    rows = Deadline.objects.open().filter(calendar_version=old.pk).order_by("pk").values_list("pk", flat=True)
    mine = Deadline.objects.filter(pk__in=list(rows.select_for_update(skip_locked=True)[:CHUNK]))
    differing = {one.pk: one.due for one in recalculated_by(mine, version.value) if one.differs}
    counted = mine.update(calendar_version=version)
    # Its escalation steps may lie elsewhere now: the sweep checks each again.
    mine.exclude(check_at=None).update(check_at=clock.now())
    for row in Deadline.objects.select_related("case").filter(pk__in=differing).order_by("pk"):
        row.recalculate(version, differing[row.pk])
    version.derived, version.moved = version.derived + counted, version.moved + len(differing)
    version.save(update_fields=["derived", "moved"])
    return counted
