"""Seals: the heads of all grown event chains, closed with one hash that can be kept off this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, timedelta

from django.db import transaction

from bihuan.audit.event_hash import sha256_of
from bihuan.audit.models import Event, Seal
from bihuan.core import clock


@transaction.atomic
def seal_chains() -> Seal | None:
    """Seal the heads of all chains that grew since the last seal; None when none did."""
    last = Seal.objects.order_by("-id").first()
    events = Event.objects.all()
    if last:
        # A transaction may commit a little after the seal that its time precedes: read an hour back, skip what is sealed.
        events = events.filter(at__gte=last.at - timedelta(hours=1))
    heads: dict[tuple[str, int], tuple[int, str]] = {}
    for kind, pk, seq, hashed in events.order_by("seq").values_list("subject_kind", "subject_id", "seq", "hash"):
        heads[kind, pk] = (seq, hashed)
    sealed = {(kind, pk): seq for kind, pk, seq, _ in last.heads} if last else {}
    grown = sorted(
        [kind, pk, seq, hashed] for (kind, pk), (seq, hashed) in heads.items() if sealed.get((kind, pk)) != seq
    )
    if not grown:
        return None
    at, before = clock.now(), last.hash if last else ""
    return Seal.objects.create(
        at=at, heads=grown, before_hash=before, hash=sha256_of([before, at.astimezone(UTC).isoformat(), grown])
    )


def export_lines() -> Iterator[str]:
    """All seals, one JSON object a line, to be kept where the administrator of this machine cannot change them."""
    for seal in Seal.objects.order_by("id").iterator(20):
        yield json.dumps(
            {"seal": seal.pk, "at": seal.at.astimezone(UTC).isoformat(), "heads": seal.heads, "hash": seal.hash}
        )
