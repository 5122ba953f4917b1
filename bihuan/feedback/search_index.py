"""What a voice can be found by: its numbers, what was said, and who said it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bihuan.audit.full_text import Searchable, WordIndex
from bihuan.customers.models import Customer

if TYPE_CHECKING:
    from bihuan.feedback.models import Feedback
    from bihuan.people.models import User


class FeedbackWords(Searchable):
    class Meta:
        db_table = "search_feedback"
        indexes = [WordIndex(fields=["tokens"], name="search_feedback_words")]


def text_of(voice: Feedback) -> str:
    customer = voice.customer.name if voice.customer else ""
    return "\n".join((voice.number, voice.external_no, voice.title, customer, voice.text))


def index(voice: Feedback) -> None:
    """Make a new or edited voice findable; inside the verb's transaction."""
    index_many([voice])


def index_many(voices: Iterable[Feedback]) -> None:
    """Make many voices findable at once (imports); have their customers at hand (``select_related``)."""
    FeedbackWords.put_many((voice.pk, text_of(voice)) for voice in voices)


@transaction.atomic
def edit_customer(customer: Customer, *, by: User, seen: int, **fields: Any) -> None:
    """Change the customer's basics; their voices are found by the new name."""
    customer.edit(by=by, seen=seen, **fields)
    index_many(customer.feedback.select_related("customer"))
