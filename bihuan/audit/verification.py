"""Verification of the audit log: every break in an event chain or a seal is found and located."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from bihuan.audit.event_hash import event_hash, sha256_of
from bihuan.audit.models import Event, Seal
from bihuan.core.text import Text


def check_chains(events: Iterable[Event]) -> Iterator[tuple[Event, list[Text]]]:
    """Each event with what is wrong with it. ``events``: whole chains, one subject after the other, in order."""
    subject, seq, before = ("", 0), 0, ""
    for event in events:
        if (event.subject_kind, event.subject_id) != subject:
            subject, seq, before = (event.subject_kind, event.subject_id), 0, ""
        faults = []
        if event.seq != seq + 1:
            faults.append(Text("缺少第 {n} 条", "event {n} is missing", n=seq + 1))
        elif event.before_hash != before:
            faults.append(Text("接不上前一条", "does not follow the event before it"))
        if event.hash != event_hash(event):
            faults.append(Text("写入以后内容被改动", "content was changed after it was written"))
        seq, before = event.seq, event.hash
        yield event, faults


def find_faults() -> list[str]:
    """Every break in any chain or seal, in plain words; empty when the audit log is whole."""
    events = Event.objects.order_by("subject_kind", "subject_id", "seq").iterator(2000)
    faults = [
        f"{event.subject_kind}/{event.subject_id} #{event.seq}: {fault.to('en')}"
        for event, wrong in check_chains(events)
        for fault in wrong
    ]
    return faults + _seal_faults()


def compare_with_export(lines: Iterable[str]) -> list[str]:
    """What exported seals hold that this database does not: a restored backup, a rewritten past."""
    faults = []
    for line in lines:
        exported = json.loads(line)
        stored = Seal.objects.filter(pk=exported["seal"]).first()
        if stored is None:
            faults.append(
                f"seal {exported['seal']} of {exported['at']} is missing: is this an older copy of the database?"
            )
        elif (stored.hash, stored.heads) != (exported["hash"], exported["heads"]):
            faults.append(f"seal {exported['seal']} is not the one that was exported")
    return faults


def _seal_faults() -> list[str]:
    faults, before = [], ""
    for seal in Seal.objects.order_by("id").iterator(20):
        if seal.before_hash != before or seal.hash != sha256_of(
            [before, seal.at.astimezone(UTC).isoformat(), seal.heads]
        ):
            faults.append(f"seal {seal.pk}: was changed or does not follow the one before it")
        before = seal.hash
        faults += [f"seal {seal.pk}: {h[0]}/{h[1]} #{h[2]} is not what was sealed" for h in _broken_heads(seal)]
    return faults


def _broken_heads(seal: Seal) -> list[list[Any]]:
    stored: dict[tuple[str, int, int], str] = {}
    for kind in {head[0] for head in seal.heads}:
        ids = [head[1] for head in seal.heads if head[0] == kind]
        for start in range(0, len(ids), 500):
            rows = Event.objects.filter(subject_kind=kind, subject_id__in=ids[start : start + 500])
            stored |= {(kind, pk, seq): h for pk, seq, h in rows.values_list("subject_id", "seq", "hash")}
    return [head for head in seal.heads if stored.get((head[0], head[1], head[2])) != head[3]]
