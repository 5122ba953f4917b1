"""Voices that tell the same: repeats of one customer, and other customers with the same problem.

Every voice leaves 16 band keys (insight/duplicates.py); near texts share some, so candidates come from one indexed
look-up whatever the number of voices. Suggestions only: a person merges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, models

from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.feedback.personal_data import hidden
from bihuan.insight.classify.scope import Scope, scope
from bihuan.insight.duplicates.repeats import DAYS, RECENT, repeats_with
from bihuan.insight.duplicates.text_likeness import bands, same_problem
from bihuan.insight.text.noise import noise

CANDIDATES = 30  # the likeliest few of one voice are read and compared
NEWEST = 100  # rows read of one key, newest first: a text that is told thousands of times is not read to its end
LEFT_OUT = ("void", "merged")
READ = (  # what a comparison reads and a page shows of the other voice
    "number", "version", "status", "text", "received_at", "product", "channel", "scope", "fingerprint", "recorder",
    "customer__number", "customer__name", "customer__account", "contact__masked", "team__name",
)  # fmt: skip


class Band(models.Model):
    """One key of one voice; voices that share a key are candidates."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="bands")
    key = models.BigIntegerField()

    class Meta:
        db_table = "feedback_band"
        indexes = [models.Index(fields=["key", "feedback"], name="band_key")]


@dataclass(frozen=True)
class Near:
    """Another voice, how alike it is (0-1) and why it is shown."""

    feedback: Feedback
    score: float
    reason: Text
    sure: bool = True


def index(voice: Feedback) -> None:
    """Make a new voice findable. Its text never changes, so once is enough."""
    index_many([voice])


def index_many(voices: Iterable[Feedback]) -> None:
    """Make many new voices findable at once (imports); inside the transaction that makes them."""
    rows = [(voice.pk, key) for voice in voices for key in bands(voice.text)]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO feedback_band (feedback_id, key) VALUES (%s, %s)", rows)


def repeats_of(voice: Feedback, days: int = DAYS) -> list[Near]:
    """The same problem told by the same customer or contact within ``days``, likeliest first. One query."""
    who = models.Q(customer=voice.customer_id) if voice.customer_id else models.Q()
    if voice.contact_id:
        who |= models.Q(contact=voice.contact_id)
    if not who:
        return []
    window = timedelta(days=days)
    others = (
        Feedback.objects.filter(who, received_at__range=(voice.received_at - window, voice.received_at + window))
        .exclude(pk=voice.pk)
        .exclude(status__in=LEFT_OUT)
        .select_related("customer", "contact", "team")
        .only(*READ)
        .order_by("-received_at", "-id")[:RECENT]
    )
    same = {
        one.of if one.item == voice.pk else one.item: one
        for one in repeats_with(_item(voice), [_item(other) for other in others], days=days)
    }
    found = [Near(other, round(one.score, 2), as_text(one.reason)) for other in others if (one := same.get(other.pk))]
    return sorted(found, key=lambda near: -near.score)


def similar_to(voice: Feedback) -> list[Near]:
    """The same problem told by others, likeliest first. Two queries."""
    return similar_to_each([voice])[voice.pk]


def similar_to_each(voices: Sequence[Feedback]) -> dict[int, list[Near]]:
    """For each voice those of others that tell the same problem. Two queries, whatever the number of voices."""
    likely = _likeliest({voice.pk: set(bands(voice.text)) for voice in voices if not noise(voice.text).kind})
    rows = (
        Feedback.objects.exclude(status__in=LEFT_OUT)
        .select_related("customer", "contact", "team")
        .only(*READ)
        .in_bulk({pk for found in likely.values() for pk in found})
    )
    return {voice.pk: _compared(voice, [rows[pk] for pk in likely[voice.pk] if pk in rows]) for voice in voices}


def scope_of(voice: Feedback, similar: Sequence[Near]) -> Scope:
    """How far the voice's problem reaches: distinct customers who tell it, itself among them (S3-19, S3-20)."""
    people = [_who(one) for one in (voice, *(near.feedback for near in similar if near.sure))]
    return scope(len(set(people) - {None}), anonymous=people.count(None))


def as_text(said: Text) -> Text:
    """A sentence of the engine as a text of ours. It quotes what customers wrote, so personal numbers are hidden."""
    return Text(hidden(said.zh), hidden(said.en))


_OF_A_KEY = f"SELECT feedback_id FROM (SELECT feedback_id FROM feedback_band WHERE key = %s ORDER BY feedback_id DESC LIMIT {NEWEST}) AS newest"  # noqa: S608  nothing of a person's
_MOST_SHARED = f"""
    SELECT voice, feedback_id FROM (
        SELECT {{voice}} AS voice, feedback_id FROM ({{keys}}) AS sharing WHERE feedback_id <> {{voice}}
        GROUP BY feedback_id ORDER BY COUNT(*) DESC, feedback_id DESC LIMIT {CANDIDATES}
    ) AS likeliest"""  # noqa: S608  nothing of a person's


def _likeliest(keys: dict[int, set[int]]) -> dict[int, list[int]]:
    """For each voice (its id and band keys) the others that share most keys, newer ones first. One query: the database
    reads the newest few of a key in the order of its index and counts them, so it costs the same among a million."""
    each = [
        _MOST_SHARED.format(voice=pk, keys=" UNION ALL ".join([_OF_A_KEY] * len(own)))
        for pk, own in keys.items()
        if own
    ]
    found: dict[int, list[int]] = defaultdict(list)
    if each:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(each), [key for own in keys.values() for key in own])
            for voice, other in cursor.fetchall():
                found[voice].append(other)
    return found


def _compared(voice: Feedback, others: Iterable[Feedback]) -> list[Near]:
    found = []
    for other in others:
        if _who(other) is not None and _who(other) == _who(voice):
            continue
        verdict = same_problem(voice.text, other.text)
        if verdict.same == "yes":
            found.append(Near(other, round(verdict.score, 2), as_text(verdict.reason)))
        elif verdict.same == "maybe":
            found.append(Near(other, round(verdict.score, 2), as_text(verdict.reason), sure=False))
    return sorted(found, key=lambda near: (not near.sure, -near.score))


def _who(voice: Feedback) -> tuple[str, int] | None:
    if voice.customer_id:
        return "customer", voice.customer_id
    return ("contact", voice.contact_id) if voice.contact_id else None


def _item(voice: Feedback) -> dict[str, Any]:
    """The voice as the engine takes it. Both were found by their customer or contact, which stands for the key."""
    return {
        "id": voice.pk,
        "text": voice.text,
        "received_at": voice.received_at,
        "product": voice.product,
        "channel": voice.channel,
        "customer_no": "same",
    }
