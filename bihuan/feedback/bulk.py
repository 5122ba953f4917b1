"""The front door for many feedback items of one source at once: everything made in blocks, in one short transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bihuan.audit.event_log import record_first
from bihuan.audit.models import Actor
from bihuan.core.numbers import take
from bihuan.customers import bulk
from bihuan.feedback import events, feedback_choices, search_index, similar
from bihuan.feedback.import_drafts import Draft
from bihuan.feedback.models import Feedback


@dataclass(frozen=True)
class Taken:
    """What became of a draft: the row it made, or the one that was there before (``new`` is False)."""

    feedback: Feedback
    new: bool


@transaction.atomic
def receive_many(drafts: Sequence[Draft], *, by: Actor, source: str, **fields: Any) -> list[Taken]:
    """Take in many feedback items of one source, in order; a draft whose key is known gives the row that is there.

    ``fields`` are columns common to all. Customers, contacts, numbers and first events are made in blocks.
    """
    known = {v.source_key: v for v in Feedback.objects.filter(source=source, source_key__in={d.key for d in drafts})}
    fresh: dict[str, Draft] = {}
    for draft in drafts:
        if draft.key not in known:
            fresh.setdefault(draft.key, draft)
    made = dict(zip(fresh, _make(list(fresh.values()), by, source, fields), strict=True)) if fresh else {}
    taken: list[Taken] = []
    told: set[str] = set()
    for draft in drafts:
        new = draft.key in made and draft.key not in told
        told.add(draft.key)
        taken.append(Taken(made.get(draft.key) or known[draft.key], new))
    return taken


def _make(drafts: list[Draft], by: Actor, source: str, fields: dict[str, Any]) -> list[Feedback]:
    customers = bulk.know([bulk.Who(d.account, d.name, d.level) for d in drafts], by=by)
    contacts = bulk.keep(
        [bulk.Reach(d.contact, d.contact_name, c) for d, c in zip(drafts, customers, strict=True)], by=by
    )
    feedback_items = [
        Feedback(
            number=number,
            source=source,
            source_key=draft.key,
            text=draft.text,
            channel=draft.channel,
            customer=customer or (contact.customer if contact else None),
            contact=contact,
            recorder=by,
            **{**fields, **draft.fields},
        )
        for number, draft, customer, contact in zip(
            take("feedback", len(drafts)), drafts, customers, contacts, strict=True
        )
    ]
    _new_or_old(feedback_items)
    made = Feedback.objects.bulk_create(feedback_items)
    similar.index_many(made)
    search_index.index_many(made)
    record_first(
        events.RECEIVED, made, by=by, details=({"channel": feedback_choices.CHANNELS[v.channel].zh} for v in made)
    )
    return made


def _new_or_old(feedback_items: list[Feedback]) -> None:
    """Where a row does not say: a customer we heard before is an existing one (S3-13)."""
    asked = {v.customer_id for v in feedback_items if v.customer_id and not v.customer_type}
    heard = set(Feedback.objects.filter(customer__in=asked).values_list("customer", flat=True)) if asked else set()
    for feedback in feedback_items:
        if feedback.customer_id and not feedback.customer_type:
            feedback.customer_type = "old" if feedback.customer_id in heard else "new"
            heard.add(feedback.customer_id)
