"""The one intake: whatever a channel or a sheet brings becomes Feedback rows in ``receive_many``, each once.

``receive`` is ``receive_many`` with one draft. A ``FeedbackDraft`` is the only form a feedback item has before it is
stored; ``FeedbackDraft.prepare`` makes it complete before any row is locked.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from bihuan.audit import attachments
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core.numbers import next_numbers
from bihuan.customers.models import Contact, ContactDetails, Customer, CustomerDetails
from bihuan.feedback import events, feedback_choices, search_index, similar
from bihuan.feedback.models import label_model
from bihuan.feedback.models.feedback import Feedback
from bihuan.feedback.suggestions import suggestions
from bihuan.insight.duplicate_detection.text_likeness import fingerprint


@dataclass(frozen=True)
class FeedbackDraft:
    """One feedback item before it is stored. ``key`` is its identity within its source; ``contact`` one value to reach
    the customer by; ``fields`` are plain columns of Feedback."""

    key: str
    text: str
    channel: str
    customer: Customer | CustomerDetails | None = None
    contact: str = ""
    contact_name: str = ""
    fields: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def prepare(cls, *, text: str, key: str = "", **values: Any) -> FeedbackDraft:
        """A draft with what the engine makes of its text: fingerprint and suggested labels. A key is made up where
        none is given. ``values``: the other attributes by name, and any columns of Feedback."""
        own = {name: values.pop(name) for name in ("channel", "customer", "contact", "contact_name") if name in values}
        values["fingerprint"] = fingerprint(text)
        suggested = suggestions(
            text, demand=values.get("demand", ""), score=values.get("score"), models=label_model.in_use()
        )
        values["suggested"] = suggested | values.get("suggested", {})
        return cls(key=key or secrets.token_urlsafe(16), text=text, fields=values, **own)


@dataclass(frozen=True)
class Received:
    """What became of a draft: the row it made, or the one that was there before (``new`` is False)."""

    feedback: Feedback
    new: bool


def receive(
    *,
    by: Actor,
    source: str,
    text: str,
    channel: str,
    key: str = "",
    customer: dict[str, str] | Customer | None = None,
    files: Iterable[UploadedFile] = (),
    **fields: Any,
) -> Feedback:
    """Store one feedback item. ``source`` and ``key`` name where it came from: the same pair gives the same row again.

    ``customer`` is one we know, or account and name; ``files`` come with it; ``fields``: ``contact`` and
    ``contact_name``, and plain columns of Feedback. Raises Refused for a file that may not be kept.
    """
    who = (
        CustomerDetails(customer.get("account", ""), customer.get("name", ""))
        if isinstance(customer, dict)
        else customer
    )
    draft = FeedbackDraft.prepare(text=text, channel=channel, key=key, customer=who, **fields)
    try:
        return _receive_with_files(draft, by, source, files)
    except IntegrityError:
        # The same feedback item, customer or contact was made at the same moment: now it is there to be used.
        return _receive_with_files(draft, by, source, files)


@transaction.atomic
def _receive_with_files(draft: FeedbackDraft, by: Actor, source: str, files: Iterable[UploadedFile]) -> Feedback:
    received = receive_many([draft], by=by, source=source)[0]
    if received.new:
        for upload in files:
            attachments.attach(received.feedback, upload, by=by)
    return received.feedback


@transaction.atomic(savepoint=False)
def receive_many(drafts: Sequence[FeedbackDraft], *, by: Actor, source: str, **fields: Any) -> list[Received]:
    """Store the feedback items of one source, in order; a draft whose key is known gives the row that is there.

    ``fields`` are columns common to all. Customers, contacts, numbers and first events are made in blocks.
    """
    known = {f.source_key: f for f in Feedback.objects.filter(source=source, source_key__in={d.key for d in drafts})}
    fresh: dict[str, FeedbackDraft] = {}
    for draft in drafts:
        if draft.key not in known:
            fresh.setdefault(draft.key, draft)
    created = dict(zip(fresh, _create(list(fresh.values()), by, source, fields), strict=True)) if fresh else {}
    received: list[Received] = []
    for draft in drafts:
        new = fresh.get(draft.key) is draft
        received.append(Received(created[draft.key] if draft.key in created else known[draft.key], new))
    return received


def _create(drafts: list[FeedbackDraft], by: Actor, source: str, fields: dict[str, Any]) -> list[Feedback]:
    customers = _customers(drafts, by)
    reaches = [ContactDetails(d.contact, d.contact_name, c) for d, c in zip(drafts, customers, strict=True)]
    contacts = Contact.get_or_create_many(reaches, by=by)
    numbers = next_numbers("feedback", len(drafts))
    rows = [
        _row(draft, customer, contact, number=number, source=source, recorder=by, **fields)
        for draft, customer, contact, number in zip(drafts, customers, contacts, numbers, strict=True)
    ]
    _set_customer_type(rows)
    created = Feedback.objects.bulk_create(rows)
    similar.index_many(created)
    search_index.index_many(created)
    details = ({"channel": feedback_choices.CHANNELS[row.channel]} for row in created)
    record(events.RECEIVED, created, by=by, is_first=True, each=details)
    return created


def _row(draft: FeedbackDraft, customer: Customer | None, contact: Contact | None, **fields: Any) -> Feedback:
    """The unsaved row of a draft; its own columns win over those common to all."""
    return Feedback(
        source_key=draft.key,
        text=draft.text,
        channel=draft.channel,
        customer=customer or (contact.customer if contact else None),
        contact=contact,
        **(fields | draft.fields),
    )


def _customers(drafts: list[FeedbackDraft], by: Actor) -> list[Customer | None]:
    """The customer of each draft; those only described are looked up or made."""
    found = Customer.get_or_create_many(
        [d.customer if isinstance(d.customer, CustomerDetails) else CustomerDetails() for d in drafts], by=by
    )
    return [d.customer if isinstance(d.customer, Customer) else f for d, f in zip(drafts, found, strict=True)]


def _set_customer_type(rows: list[Feedback]) -> None:
    """Where a row does not say: a customer with earlier feedback is an existing one (S3-13). Of an anonymous feedback
    item nothing is known."""
    undecided = {row.customer_id for row in rows if row.customer_id and not row.customer_type}
    existing = (
        set(Feedback.objects.filter(customer__in=undecided).values_list("customer", flat=True).distinct())
        if undecided
        else set()
    )
    for row in rows:
        if row.customer_id and not row.customer_type:
            row.customer_type = "old" if row.customer_id in existing else "new"
            existing.add(row.customer_id)
