"""The hash that chains one event to the one before it, and one seal to the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from bihuan.audit.models import Event


def event_hash(event: Event) -> str:
    """SHA-256 in hex over the event's content and the hash before it, as canonical JSON."""
    return sha256_of(
        [
            event.before_hash,
            event.subject_kind,
            event.subject_id,
            event.subject_name,
            event.timeline,
            event.seq,
            event.kind,
            event.actor_id,
            event.at.astimezone(UTC).isoformat(),
            event.details,
        ]
    )


def sha256_of(body: Any) -> str:
    """SHA-256 in hex of a JSON value in its canonical form (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
