"""The only front door: whatever a channel brings becomes a Feedback row here, once."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from bihuan.core.numbers import take_one
from bihuan.customers.models import Contact, Customer
from bihuan.feedback import events, finding, near, words
from bihuan.feedback.models import Feedback
from bihuan.feedback.suggestions import suggestions
from bihuan.insight.duplicates import fingerprint
from bihuan.ledger.chain import record
from bihuan.ledger.models import Actor


@transaction.atomic
def receive(
    *,
    by: Actor,
    source: str,
    text: str,
    channel: str,
    key: str = "",
    customer: dict[str, str] | None = None,
    contact: str = "",
    **fields: Any,
) -> Feedback:
    """Take in one voice. ``source`` and ``key`` name where it came from: the same pair gives the same row again.

    ``customer`` holds account and name; ``contact`` one value to reach them; ``fields`` are plain columns of Feedback.
    """
    key = key or secrets.token_urlsafe(16)
    if known := Feedback.objects.filter(source=source, source_key=key).first():
        return known
    who = customer or {}
    known_customer = Customer.known_as(account=who.get("account", ""), name=who.get("name", ""), by=by)
    kept = Contact.keep(contact, customer=known_customer, by=by, name=fields.pop("contact_name", ""))
    voice = Feedback.objects.create(
        number=take_one("feedback"),
        source=source,
        source_key=key,
        text=text,
        channel=channel,
        customer=known_customer or (kept.customer if kept else None),
        contact=kept,
        recorder=by,
        fingerprint=fingerprint(text),
        suggested=suggestions(text, demand=fields.get("demand", ""), score=fields.get("score")),
        **fields,
    )
    near.index(voice)
    finding.index(voice)
    record(events.RECEIVED, voice, by=by, channel=str(words.CHANNELS[channel].zh))
    return voice
