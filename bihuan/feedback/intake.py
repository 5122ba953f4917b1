"""The only front door: whatever a channel brings becomes a Feedback row here, once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from bihuan.audit import attachments as kept_files
from bihuan.audit.event_log import begin
from bihuan.audit.models import Actor
from bihuan.core.compiled_query import asked
from bihuan.core.numbers import take_one
from bihuan.customers.models import Contact, Customer
from bihuan.feedback import events, feedback_choices, label_models, search_index, similar
from bihuan.feedback.models import Feedback
from bihuan.feedback.suggestions import suggestions
from bihuan.insight.duplicate_detection.text_likeness import fingerprint


def receive(
    *,
    by: Actor,
    source: str,
    text: str,
    channel: str,
    key: str = "",
    customer: dict[str, str] | Customer | None = None,
    contact: str = "",
    files: Iterable[UploadedFile] = (),
    **fields: Any,
) -> Feedback:
    """Take in one feedback item. ``source`` and ``key`` name where it came from: the same pair gives the same row again.

    ``customer`` is one we know, or account and name; ``contact`` one value to reach them; ``files`` come with it;
    ``fields`` are plain columns of Feedback. Raises Refused for a file that may not be kept.
    """
    key = key or secrets.token_urlsafe(16)
    if entered := asked(_entered, source, key):
        return entered[0]
    try:
        with transaction.atomic():
            who = customer if isinstance(customer, Customer) else _known(customer or {}, by)
            kept = Contact.keep(contact, customer=who, by=by, name=fields.pop("contact_name", ""))
            feedback = _enter(who, kept, by, source=source, source_key=key, text=text, channel=channel, **fields)
            for upload in files:
                kept_files.attach(feedback, upload, by=by)
            return feedback
    except IntegrityError:
        # Sent twice at the same moment: the other one was first.
        if entered := asked(_entered, source, key):
            return entered[0]
        raise


def _enter(who: Customer | None, contact: Contact | None, by: Actor, **fields: Any) -> Feedback:
    who = who or (contact.customer if contact else None)
    fields["customer_type"] = fields.get("customer_type") or _new_or_old(who)
    feedback = Feedback.objects.create(
        number=take_one("feedback"),
        customer=who,
        contact=contact,
        recorder=by,
        fingerprint=fingerprint(fields["text"]),
        suggested=suggestions(
            fields["text"], demand=fields.get("demand", ""), score=fields.get("score"), models=label_models.in_use()
        ),
        **fields,
    )
    similar.index(feedback)
    search_index.index(feedback)
    begin(events.RECEIVED, feedback, by=by, channel=feedback_choices.CHANNELS[feedback.channel])
    return feedback


def _known(who: dict[str, str], by: Actor) -> Customer | None:
    return Customer.known_as(account=who.get("account", ""), name=who.get("name", ""), by=by)


def _new_or_old(customer: Customer | None) -> str:
    """A customer we heard before is an existing one (S3-13); of an anonymous feedback item nothing is said."""
    if customer is None:
        return ""
    return "old" if asked(_heard, customer.pk) else "new"


def _entered(source: str, key: str) -> QuerySet[Feedback]:
    return Feedback.objects.filter(source=source, source_key=key)


def _heard(customer: int) -> QuerySet[Feedback]:
    return Feedback.objects.filter(customer=customer).only("pk")[:1]
