"""Appends events, each holding the hash of the one before it in its subject's chain.

One chain per subject, not one for all: a writer already holds its subject's row, so no write waits for a common one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, overload

from bihuan.audit.event_hash import event_hash
from bihuan.audit.event_types import EventType
from bihuan.audit.models import Actor, Event, PendingNotification
from bihuan.audit.transition_table import installed
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text

BATCH = 500


class Subject(Protocol):
    """What an event can be about: it names itself and the timeline it is shown on."""

    pk: Any
    NOUN: str

    @property
    def subject_name(self) -> str: ...
    @property
    def timeline(self) -> str: ...


@overload
def record(
    event_type: EventType, subject: Subject, /, *, by: Actor, at: datetime | None = None, is_first: bool = False,
    **details: Any,
) -> Event: ...  # fmt: skip
@overload
def record(
    event_type: EventType, subjects: Sequence[Subject], /, *, by: Actor, at: datetime | None = None,
    is_first: bool = False, each: Iterable[dict[str, Any]] | None = None, **details: Any,
) -> list[Event]: ...  # fmt: skip
def record(
    event_type: EventType,
    subjects: Any,
    /,
    *,
    by: Actor,
    at: datetime | None = None,
    is_first: bool = False,
    each: Iterable[dict[str, Any]] | None = None,
    **details: Any,
) -> Event | list[Event]:
    """Append one event to the chain of each subject (one row, or a sequence of rows of one noun); the only way to do so.

    Call it inside the verb's transaction, with the subjects' rows locked. ``details`` go into every event; ``each`` adds
    those of the subjects one by one, in their order. ``is_first``: the subjects were made in this transaction, so the
    chain is not read (the database refuses a second first event). Returns the event, or all of them for a sequence.
    Raises Refused when a subject's timeline is closed and the event type is not ``allowed_after_close``.
    """
    rows: Sequence[Subject] = subjects if isinstance(subjects, list | tuple) else [subjects]
    if not event_type.allowed_after_close:
        _require_open(rows)
    heads = {} if is_first else _heads(rows)
    events = []
    for row, own in zip(rows, [{}] * len(rows) if each is None else each, strict=True):
        seq, before = heads.get(row.pk, (0, ""))
        events.append(_event(event_type, row, by, seq + 1, before, {**details, **own}, at))
    if len(events) == 1:
        events[0].save()
    else:
        Event.objects.bulk_create(events, batch_size=BATCH)
    _queue_recipients(event_type, events)
    return events if rows is subjects else events[0]


def _require_open(rows: Sequence[Subject]) -> None:
    """Every verb records an event on the timeline of the noun it belongs to, so refusing here refuses every verb."""
    closed = installed().closed_timelines
    ids: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        noun, _, pk = row.timeline.partition("/")
        if noun in closed:
            ids[noun].add(int(pk))
    for noun, pks in ids.items():
        if reason := closed[noun](pks):
            raise Refused(reason)


def _heads(rows: Sequence[Subject]) -> dict[Any, tuple[int, str]]:
    """Subject id → (seq, hash) of the last event in its chain."""
    if not rows:
        return {}
    events = Event.objects.filter(subject_kind=rows[0].NOUN)
    if len(rows) == 1:
        last = events.filter(subject_id=rows[0].pk).order_by("-seq").values_list("seq", "hash").first()
        return {rows[0].pk: last} if last else {}
    chains = events.filter(subject_id__in=[row.pk for row in rows]).order_by("seq")
    return {pk: (seq, hashed) for pk, seq, hashed in chains.values_list("subject_id", "seq", "hash")}


def _queue_recipients(event_type: EventType, events: Sequence[Event]) -> None:
    """Queue the events that have recipients, in the same transaction. An event may name an audience of its own."""
    pending = [
        PendingNotification(event=event) for event in events if event_type.audience or event.details.get("audience")
    ]
    if len(pending) == 1:
        pending[0].save()
    elif pending:
        PendingNotification.objects.bulk_create(pending, batch_size=BATCH)


def _event(
    event_type: EventType, subject: Subject, by: Actor, seq: int, before: str, details: dict[str, Any],
    at: datetime | None,
) -> Event:  # fmt: skip
    event = Event(
        kind=event_type.key,
        subject_kind=subject.NOUN,
        subject_id=subject.pk,
        subject_name=subject.subject_name[:120],
        timeline=subject.timeline,
        seq=seq,
        actor=by,
        at=at or clock.now(),
        details=json.loads(json.dumps(details, default=_to_json, ensure_ascii=False)),
        before_hash=before,
    )
    event.hash = event_hash(event)
    return event


def _to_json(value: Any) -> Any:
    """A text keeps both its languages in the event."""
    return value.to_json() if isinstance(value, Text) else str(value)
