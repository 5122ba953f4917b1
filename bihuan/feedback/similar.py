"""Feedback items that tell the same: repeats of one customer, and other customers with the same problem.

Every feedback item leaves 16 band keys (insight/duplicates.py); near texts share some, so candidates come from one indexed
look-up whatever the number of feedback items. Suggestions only: a person merges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, models

from bihuan.core.text import Text
from bihuan.feedback.models.feedback import Feedback
from bihuan.feedback.personal_data import hidden
from bihuan.insight.classify.scope import Scope, scope
from bihuan.insight.duplicate_detection.customer_pairs import RECENT
from bihuan.insight.duplicate_detection.repeats import DAYS, repeats_with
from bihuan.insight.duplicate_detection.text_likeness import bands, same_problem
from bihuan.insight.text.noise import noise

CANDIDATES = 30  # the likeliest few of one feedback item are read and compared
NEWEST = 100  # rows read of one key, newest first: a text that is told thousands of times is not read to its end
LEFT_OUT = ("void", "merged")
READ = (  # what a comparison reads and a page shows of the other feedback item
    "number", "version", "status", "text", "received_at", "product", "channel", "scope", "fingerprint", "recorder",
    "customer__number", "customer__name", "customer__account", "contact__masked", "team__name",
)  # fmt: skip


class Band(models.Model):
    """One key of one feedback item; feedback items that share a key are candidates."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="bands")
    key = models.BigIntegerField()

    class Meta:
        db_table = "feedback_band"
        indexes = [models.Index(fields=["key", "feedback"], name="band_key")]


@dataclass(frozen=True)
class Near:
    """Another feedback item, how alike it is (0-1) and why it is shown."""

    feedback: Feedback
    score: float
    reason: Text
    sure: bool = True


def index(feedback: Feedback) -> None:
    """Make a new feedback item findable. Its text never changes, so once is enough."""
    index_many([feedback])


def index_many(feedback_items: Iterable[Feedback]) -> None:
    """Make many new feedback items findable at once (imports); inside the transaction that makes them."""
    rows = [(feedback.pk, key) for feedback in feedback_items for key in bands(feedback.text)]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO feedback_band (feedback_id, key) VALUES (%s, %s)", rows)


def repeats_of(feedback: Feedback, days: int = DAYS) -> list[Near]:
    """The same problem told by the same customer or contact within ``days``, likeliest first. One query."""
    who = models.Q(customer=feedback.customer_id) if feedback.customer_id else models.Q()
    if feedback.contact_id:
        who |= models.Q(contact=feedback.contact_id)
    if not who:
        return []
    window = timedelta(days=days)
    others = (
        Feedback.objects.filter(who, received_at__range=(feedback.received_at - window, feedback.received_at + window))
        .exclude(pk=feedback.pk)
        .exclude(status__in=LEFT_OUT)
        .select_related("customer", "contact", "team")
        .only(*READ)
        .order_by("-received_at", "-id")[:RECENT]
    )
    same = {
        one.of if one.item == feedback.pk else one.item: one
        for one in repeats_with(_item(feedback), [_item(other) for other in others], days=days)
    }
    found = [Near(other, round(one.score, 2), as_text(one.reason)) for other in others if (one := same.get(other.pk))]
    return sorted(found, key=lambda near: -near.score)


def similar_to(feedback: Feedback) -> list[Near]:
    """The same problem told by others, likeliest first. Two queries."""
    return similar_to_each([feedback])[feedback.pk]


def similar_to_each(feedback_items: Sequence[Feedback]) -> dict[int, list[Near]]:
    """For each feedback item those of others that tell the same problem. Two queries, whatever the number of feedback items."""
    likely = _likeliest(
        {feedback.pk: set(bands(feedback.text)) for feedback in feedback_items if not noise(feedback.text).kind}
    )
    rows = (
        Feedback.objects.exclude(status__in=LEFT_OUT)
        .select_related("customer", "contact", "team")
        .only(*READ)
        .in_bulk({pk for found in likely.values() for pk in found})
    )
    return {
        feedback.pk: _compared(feedback, [rows[pk] for pk in likely[feedback.pk] if pk in rows])
        for feedback in feedback_items
    }


def scope_of(feedback: Feedback, similar: Sequence[Near]) -> Scope:
    """How far the feedback item's problem reaches: distinct customers who tell it, itself among them (S3-19, S3-20)."""
    people = [_who(one) for one in (feedback, *(near.feedback for near in similar if near.sure))]
    return scope(len(set(people) - {None}), anonymous=people.count(None))


def as_text(said: Text) -> Text:
    """A sentence of the engine as a text of ours. It quotes what customers wrote, so personal numbers are hidden."""
    return Text(hidden(said.to("zh")), hidden(said.to("en")))


_OF_A_KEY = f"SELECT feedback_id FROM (SELECT feedback_id FROM feedback_band WHERE key = %s ORDER BY feedback_id DESC LIMIT {NEWEST}) AS newest"  # noqa: S608  nothing of a person's
_MOST_SHARED = f"""
    SELECT feedback item, feedback_id FROM (
        SELECT {{feedback}} AS feedback, feedback_id FROM ({{keys}}) AS sharing WHERE feedback_id <> {{feedback}}
        GROUP BY feedback_id ORDER BY COUNT(*) DESC, feedback_id DESC LIMIT {CANDIDATES}
    ) AS likeliest"""  # noqa: S608  nothing of a person's


def _likeliest(keys: dict[int, set[int]]) -> dict[int, list[int]]:
    """For each feedback item (its id and band keys) the others that share most keys, newer ones first. One query: the database
    reads the newest few of a key in the order of its index and counts them, so it costs the same among a million."""
    each = [
        _MOST_SHARED.format(feedback=pk, keys=" UNION ALL ".join([_OF_A_KEY] * len(own)))
        for pk, own in keys.items()
        if own
    ]
    found: dict[int, list[int]] = defaultdict(list)
    if each:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(each), [key for own in keys.values() for key in own])
            for feedback, other in cursor.fetchall():
                found[feedback].append(other)
    return found


def _compared(feedback: Feedback, others: Iterable[Feedback]) -> list[Near]:
    found = []
    for other in others:
        if _who(other) is not None and _who(other) == _who(feedback):
            continue
        verdict = same_problem(feedback.text, other.text)
        if verdict.same == "yes":
            found.append(Near(other, round(verdict.score, 2), as_text(verdict.reason)))
        elif verdict.same == "maybe":
            found.append(Near(other, round(verdict.score, 2), as_text(verdict.reason), sure=False))
    return sorted(found, key=lambda near: (not near.sure, -near.score))


def _who(feedback: Feedback) -> tuple[str, int] | None:
    if feedback.customer_id:
        return "customer", feedback.customer_id
    return ("contact", feedback.contact_id) if feedback.contact_id else None


def _item(feedback: Feedback) -> dict[str, Any]:
    """The feedback item as the engine takes it. Both were found by their customer or contact, which stands for the key."""
    return {
        "id": feedback.pk,
        "text": feedback.text,
        "received_at": feedback.received_at,
        "product": feedback.product,
        "channel": feedback.channel,
        "customer_no": "same",
    }
