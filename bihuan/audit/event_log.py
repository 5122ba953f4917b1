"""Events written one after another, each holding the hash of the one before it in its subject's chain.

One chain a subject, not one for all: a writer already holds its subject's row, so no write queues on a common one.
A seal closes over the heads of all grown chains from time to time and can be kept off the machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django.db import transaction

from bihuan.audit.event_types import EventType
from bihuan.audit.models import Actor, Event, PendingNotification, Seal
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text


class Subject(Protocol):
    """What an event can be about: it names itself and the timeline it is shown on."""

    pk: Any
    NOUN: str

    @property
    def subject_name(self) -> str: ...
    @property
    def trail(self) -> str: ...


_SHUT: dict[str, Callable[[int], Text | None]] = {}


def shut(noun: str, why: Callable[[int], Text | None]) -> None:
    """Let ``why`` answer for the timelines of ``noun``: given its id, the reason why nothing may be changed there now.

    Every verb states an event in its own transaction, and what belongs to a noun states it on that noun's timeline; so
    a reason given here refuses every verb on everything inside, and no verb can forget to ask.
    """
    _SHUT[noun] = why


def _is_open(kind: EventType, trail: str) -> None:
    noun, _, pk = trail.partition("/")
    if noun in _SHUT and not kind.late and (reason := _SHUT[noun](int(pk))):
        raise Refused(reason)


def record(kind: EventType, subject: Subject, /, *, by: Actor, at: datetime | None = None, **details: Any) -> Event:
    """Append one event to ``subject``'s chain. Call it inside the verb's transaction, with the subject's row locked.

    Raises Refused when its timeline is shut.
    """
    _is_open(kind, subject.trail)
    last = (
        Event.objects.filter(subject_kind=subject.NOUN, subject_id=subject.pk)
        .order_by("-seq")
        .values_list("seq", "hash")
        .first()
    )
    seq, before = last or (0, "")
    event = _event(kind, subject, by, seq + 1, before, details, at)
    event.save()
    _to_be_heard(kind, [event])
    return event


def begin(kind: EventType, subject: Subject, /, *, by: Actor, **details: Any) -> Event:
    """The first event of a subject made in this transaction: nothing can stand before it, so nothing is looked up.

    The database refuses a second first event. Raises Refused when the timeline is shut.
    """
    _is_open(kind, subject.trail)
    event = _event(kind, subject, by, 1, "", details, None)
    event.save()
    _to_be_heard(kind, [event])
    return event


def record_first(kind: EventType, subjects: Iterable[Subject], *, by: Actor, details: Iterable[dict[str, Any]]) -> None:
    """Append the first event of many new subjects at once (imports)."""
    events = [_event(kind, s, by, 1, "", d, None) for s, d in zip(subjects, details, strict=True)]
    Event.objects.bulk_create(events, batch_size=500)


def record_second(
    kind: EventType, subjects: Sequence[Subject], *, by: Actor, details: Iterable[dict[str, Any]]
) -> None:
    """Append the second event of many locked subjects of one kind at once (an import undone)."""
    noun, ids = subjects[0].NOUN, [s.pk for s in subjects]
    first = dict(Event.objects.filter(subject_kind=noun, subject_id__in=ids, seq=1).values_list("subject_id", "hash"))
    events = [_event(kind, s, by, 2, first[s.pk], d, None) for s, d in zip(subjects, details, strict=True)]
    Event.objects.bulk_create(events, batch_size=500)


def record_many(kind: EventType, subjects: Sequence[Subject], *, by: Actor, details: Iterable[dict[str, Any]]) -> None:
    """Append one event to each of many locked subjects of one kind of noun, whatever their history. For kinds that may
    be stated late: whether a timeline is shut is not asked."""
    if not subjects:
        return
    noun, ids = subjects[0].NOUN, [s.pk for s in subjects]
    known = Event.objects.filter(subject_kind=noun, subject_id__in=ids).order_by("seq")
    last = {pk: (seq, found) for pk, seq, found in known.values_list("subject_id", "seq", "hash")}
    events = []
    for subject, told in zip(subjects, details, strict=True):
        seq, before = last.get(subject.pk, (0, ""))
        events.append(_event(kind, subject, by, seq + 1, before, told, None))
    _to_be_heard(kind, Event.objects.bulk_create(events, batch_size=500))


def _to_be_heard(kind: EventType, events: Sequence[Event]) -> None:
    """Keep those that somebody has to hear of until they were told. Who hears may also stand in the event itself."""
    heard = [PendingNotification(event=event) for event in events if kind.hear or event.details.get("hear")]
    if len(heard) == 1:
        heard[0].save()
    elif heard:
        PendingNotification.objects.bulk_create(heard, batch_size=500)


def digest(event: Event) -> str:
    """SHA-256 over the event's content and the hash before it, as canonical JSON."""
    body = [
        event.before_hash,
        event.subject_kind,
        event.subject_id,
        event.subject_name,
        event.trail,
        event.seq,
        event.kind,
        event.actor_id,
        event.at.astimezone(UTC).isoformat(),
        event.details,
    ]
    return _sha(body)


def checked(events: Iterable[Event]) -> Iterator[tuple[Event, list[Text]]]:
    """Each event with what is wrong with it. ``events``: whole chains, one subject after the other, in order."""
    subject, seq, before = ("", 0), 0, ""
    for event in events:
        if (event.subject_kind, event.subject_id) != subject:
            subject, seq, before = (event.subject_kind, event.subject_id), 0, ""
        wrong = []
        if event.seq != seq + 1:
            wrong.append(Text("缺少第 {n} 条", "event {n} is missing", n=seq + 1))
        elif event.before_hash != before:
            wrong.append(Text("接不上前一条", "does not follow the event before it"))
        if event.hash != digest(event):
            wrong.append(Text("写入以后内容被改动", "content was changed after it was written"))
        seq, before = event.seq, event.hash
        yield event, wrong


def faults() -> list[str]:
    """Every break in any chain or seal, in plain words; empty when the book is whole."""
    events = Event.objects.order_by("subject_kind", "subject_id", "seq").iterator(2000)
    found = [
        f"{event.subject_kind}/{event.subject_id} #{event.seq}: {one.to('en')}"
        for event, wrong in checked(events)
        for one in wrong
    ]
    return found + _seal_faults()


@transaction.atomic
def seal() -> Seal | None:
    """Close over the heads of all chains that grew since the last seal; None when none did."""
    last = Seal.objects.order_by("-id").first()
    events = Event.objects.all()
    if last:
        # A transaction may commit a little after the seal that its time precedes: look an hour back, skip what is sealed.
        events = events.filter(at__gte=last.at - timedelta(hours=1))
    heads: dict[tuple[str, int], tuple[int, str]] = {}
    for kind, pk, seq, event_hash in events.order_by("seq").values_list("subject_kind", "subject_id", "seq", "hash"):
        heads[kind, pk] = (seq, event_hash)
    known = {(k, i): s for k, i, s, _ in last.heads} if last else {}
    grown = sorted([k, i, s, h] for (k, i), (s, h) in heads.items() if known.get((k, i)) != s)
    if not grown:
        return None
    at, before = clock.now(), last.hash if last else ""
    return Seal.objects.create(
        at=at, heads=grown, before_hash=before, hash=_sha([before, at.astimezone(UTC).isoformat(), grown])
    )


def exported() -> Iterator[str]:
    """All seals, one JSON object a line, to be kept where this machine's keeper cannot reach."""
    for one in Seal.objects.order_by("id").iterator(20):
        yield json.dumps(
            {"seal": one.pk, "at": one.at.astimezone(UTC).isoformat(), "heads": one.heads, "hash": one.hash}
        )


def faults_against(lines: Iterable[str]) -> list[str]:
    """What an exported file of seals knows that this book no longer holds: a restored backup, a rewritten past."""
    found = []
    for line in lines:
        kept = json.loads(line)
        stored = Seal.objects.filter(pk=kept["seal"]).first()
        if stored is None:
            found.append(f"seal {kept['seal']} of {kept['at']} is missing: is this an older copy of the book?")
        elif (stored.hash, stored.heads) != (kept["hash"], kept["heads"]):
            found.append(f"seal {kept['seal']} is not the one that was exported")
    return found


def _seal_faults() -> list[str]:
    found, before = [], ""
    for one in Seal.objects.order_by("id").iterator(20):
        if one.before_hash != before or one.hash != _sha([before, one.at.astimezone(UTC).isoformat(), one.heads]):
            found.append(f"seal {one.pk}: was changed or does not follow the one before it")
        before = one.hash
        found += [f"seal {one.pk}: {h[0]}/{h[1]} #{h[2]} is not what was sealed" for h in _broken_heads(one)]
    return found


def _broken_heads(one: Seal) -> list[list[Any]]:
    stored: dict[tuple[str, int, int], str] = {}
    for kind in {h[0] for h in one.heads}:
        ids = [h[1] for h in one.heads if h[0] == kind]
        for start in range(0, len(ids), 500):
            rows = Event.objects.filter(subject_kind=kind, subject_id__in=ids[start : start + 500])
            stored |= {(kind, i, s): h for i, s, h in rows.values_list("subject_id", "seq", "hash")}
    return [h for h in one.heads if stored.get((h[0], h[1], h[2])) != h[3]]


def _event(
    kind: EventType, subject: Subject, by: Actor, seq: int, before: str, details: dict[str, Any], at: datetime | None
) -> Event:
    event = Event(
        kind=kind.key,
        subject_kind=subject.NOUN,
        subject_id=subject.pk,
        subject_name=subject.subject_name[:120],
        trail=subject.trail,
        seq=seq,
        actor=by,
        at=at or clock.now(),
        details=json.loads(json.dumps(details, default=_said, ensure_ascii=False)),
        before_hash=before,
    )
    event.hash = digest(event)
    return event


def _said(value: Any) -> Any:
    """A text keeps both its languages in the event."""
    return value.to_json() if isinstance(value, Text) else str(value)


def _sha(body: Any) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
