"""Similar feedback: repeats of one customer, and other customers with the same problem. Suggestions only: a person merges.

Every feedback item stores 16 band keys of its text (``duplicate_detection.text_likeness.bands``); similar texts share
some of them, so candidates come from one look-up by index whatever the number of feedback items.
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

CANDIDATES = 30
"""Feedback items that are compared with one, those that share most keys."""
NEWEST = 100
"""Rows read of one key, newest first: a text received thousands of times is not read to its end."""
IGNORED = ("void", "merged")
COMPARED_COLUMNS = (  # what a comparison reads and a page shows of the other feedback item
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
class SimilarFeedback:
    """Another feedback item, how similar it is (0-1) and why it is shown. ``confident``: it is the same problem, not only
    perhaps."""

    feedback: Feedback
    score: float
    reason: Text
    confident: bool = True


def index(feedback: Feedback) -> None:
    """Store the band keys of a new feedback item. Its text never changes, so once is enough."""
    index_many([feedback])


def index_many(items: Iterable[Feedback]) -> None:
    """Store the band keys of new feedback items, inside the transaction that makes them.

    By SQL: 16 model instances a feedback item would cost more than the rest of its intake (``bihuan bench arrival``).
    """
    rows = [(feedback.pk, key) for feedback in items for key in bands(feedback.text)]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO feedback_band (feedback_id, key) VALUES (%s, %s)", rows)


def repeats_of(feedback: Feedback, days: int = DAYS) -> list[SimilarFeedback]:
    """The same problem from the same customer or contact within ``days``, most similar first. One query."""
    same_person = models.Q(customer=feedback.customer_id) if feedback.customer_id else models.Q()
    if feedback.contact_id:
        same_person |= models.Q(contact=feedback.contact_id)
    if not same_person:
        return []
    window = timedelta(days=days)
    others = (
        Feedback.objects.filter(
            same_person, received_at__range=(feedback.received_at - window, feedback.received_at + window)
        )
        .exclude(pk=feedback.pk)
        .exclude(status__in=IGNORED)
        .select_related("customer", "contact", "team")
        .only(*COMPARED_COLUMNS)
        .order_by("-received_at", "-id")[:RECENT]
    )
    repeats = {
        repeat.of if repeat.item == feedback.pk else repeat.item: repeat
        for repeat in repeats_with(_item(feedback), [_item(other) for other in others], days=days)
    }
    similar = [
        SimilarFeedback(other, round(repeat.score, 2), as_text(repeat.reason))
        for other in others
        if (repeat := repeats.get(other.pk))
    ]
    return sorted(similar, key=lambda other: -other.score)


def similar_to(feedback: Feedback) -> list[SimilarFeedback]:
    """The same problem from other customers, most similar first. Two queries."""
    return similar_to_each([feedback])[feedback.pk]


def similar_to_each(items: Sequence[Feedback]) -> dict[int, list[SimilarFeedback]]:
    """Key of each feedback item → those of other customers with the same problem. Two queries, however many items."""
    candidates = _candidates(
        {feedback.pk: set(bands(feedback.text)) for feedback in items if not noise(feedback.text).kind}
    )
    rows = (
        Feedback.objects.exclude(status__in=IGNORED)
        .select_related("customer", "contact", "team")
        .only(*COMPARED_COLUMNS)
        .in_bulk({pk for keys in candidates.values() for pk in keys})
    )
    return {
        feedback.pk: _compared(feedback, [rows[pk] for pk in candidates[feedback.pk] if pk in rows])
        for feedback in items
    }


def scope_of(feedback: Feedback, similar: Sequence[SimilarFeedback]) -> Scope:
    """The scope of the feedback item's problem, by the number of distinct customers who have it (S3-19, S3-20)."""
    people = [_person(item) for item in (feedback, *(other.feedback for other in similar if other.confident))]
    return scope(len(set(people) - {None}), anonymous=people.count(None))


def as_text(reason: Text) -> Text:
    """A reason of the engine. It quotes what customers wrote, so personal numbers are masked."""
    return Text(hidden(reason.to("zh")), hidden(reason.to("en")))


_NEWEST_OF_KEY = f"SELECT feedback_id FROM (SELECT feedback_id FROM feedback_band WHERE key = %s ORDER BY feedback_id DESC LIMIT {NEWEST}) AS newest"  # noqa: S608  constants only
_MOST_SHARED = f"""
    SELECT feedback, feedback_id FROM (
        SELECT {{feedback}} AS feedback, feedback_id FROM ({{keys}}) AS sharing WHERE feedback_id <> {{feedback}}
        GROUP BY feedback_id ORDER BY COUNT(*) DESC, feedback_id DESC LIMIT {CANDIDATES}
    ) AS likeliest"""  # noqa: S608  constants only


def _candidates(keys: dict[int, set[int]]) -> dict[int, list[int]]:
    """Key of each feedback item, given with its band keys → the others that share most of them, newer ones first.

    One query by SQL, because the ORM has no LIMIT for each of several parts of a UNION that are counted together: the
    database reads the newest rows of a band key in the order of its index, so a feedback item that comes in costs 17 ms
    of processor time among 100,000 as among a million (``bihuan bench arrival``).
    """
    each = [
        _MOST_SHARED.format(feedback=pk, keys=" UNION ALL ".join([_NEWEST_OF_KEY] * len(own)))
        for pk, own in keys.items()
        if own
    ]
    candidates: dict[int, list[int]] = defaultdict(list)
    if each:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(each), [key for own in keys.values() for key in own])
            for feedback, other in cursor.fetchall():
                candidates[feedback].append(other)
    return candidates


def _compared(feedback: Feedback, others: Iterable[Feedback]) -> list[SimilarFeedback]:
    similar = []
    for other in others:
        if _person(other) is not None and _person(other) == _person(feedback):
            continue
        verdict = same_problem(feedback.text, other.text)
        if verdict.same in ("yes", "maybe"):
            confident = verdict.same == "yes"
            similar.append(SimilarFeedback(other, round(verdict.score, 2), as_text(verdict.reason), confident))
    return sorted(similar, key=lambda other: (not other.confident, -other.score))


def _person(feedback: Feedback) -> tuple[str, int] | None:
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
