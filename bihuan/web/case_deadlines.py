"""The deadlines of a case as its pages show them: what a wait would do to them, and all rounds together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.compiled_query import CompiledQuery
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import CalendarVersion
from bihuan.deadlines.deadline_choices import NEVER_PAUSED, PAUSE_REASONS
from bihuan.deadlines.due_status import duration_text
from bihuan.deadlines.models import Deadline, Pause, PauseLimit

Preview = list[tuple[Deadline, datetime]]


def deadlines_of(case: Case) -> tuple[list[Deadline], list[Deadline]]:
    """The deadlines that count and those that no longer do, by round and due time; the case's waits are read once for all."""
    waits: Any = case
    waits._prefetched_objects_cache = {"pauses": _pauses.fetch(case.pk)}
    deadlines = _deadlines.fetch(case.pk)
    prefetch_related_objects([one for one in deadlines if one.external_request_id], "external_request__rule")
    versions = {pk: _version.fetch(pk)[0] for pk in {one.calendar_version_id for one in deadlines} if pk}
    for one in deadlines:
        one.case, one.calendar_version = case, versions.get(one.calendar_version_id or 0)
    return [one for one in deadlines if one.ended_at is None], [one for one in deadlines if one.ended_at is not None]


@CompiledQuery
def _pauses(case: int) -> QuerySet[Pause]:
    return Pause.objects.filter(case=case)


@CompiledQuery
def _deadlines(case: int) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case=case).order_by("round", "due")


@CompiledQuery
def _version(pk: int) -> QuerySet[CalendarVersion]:
    return CalendarVersion.objects.filter(pk=pk).defer("data")


def preview(deadlines: Iterable[Deadline], wait: Pause) -> Preview:
    """What each paused deadline would be due at if the case were resumed now."""
    return [(one, one.due_if()) for one in deadlines if one.is_paused]


def previews(case: Case) -> list[tuple[Text, datetime | None, Preview]]:
    """For each reason: until when a wait begun now may last, and the due times if it does."""
    now = clock.now()
    rows = Deadline.objects.running(case).exclude(milestone__in=NEVER_PAUSED).select_related("case")
    deadlines = list(rows.prefetch_related("case__pauses").order_by("due"))
    found = []
    for reason, name in PAUSE_REASONS.items():
        until = PauseLimit.until(reason, now)
        found.append((name, until, [(one, one.due_if([(now, until)])) for one in deadlines] if until else []))
    return found


def totals(case: Case, deadlines: Iterable[Deadline]) -> dict[str, Any]:
    """Over all rounds: deadlines met in time and missed, how often and how long the case was paused, how old it is."""
    now = clock.now()
    counted = [one for one in deadlines if one.met_at or one.missed]
    pauses = [p.end_by(now) - p.start for p in case.pauses.all()]
    return {
        "missed": sum(one.missed for one in counted),
        "met": sum(not one.missed for one in counted),
        "pauses": len(pauses),
        "stood": duration_text(sum(pauses[1:], pauses[0])) if pauses else None,
        "age": duration_text(now - case.created_at),
    }
