"""What a feedback item can be found by: its numbers, its title and text, and the customer's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bihuan.audit.full_text import Searchable, WordIndex
from bihuan.customers.models import Customer

if TYPE_CHECKING:
    from bihuan.feedback.models.feedback import Feedback
    from bihuan.people.models import User


class FeedbackWords(Searchable):
    class Meta:
        db_table = "search_feedback"
        indexes = [WordIndex(fields=["tokens"], name="search_feedback_words")]


def text_of(feedback: Feedback) -> str:
    customer = feedback.customer.name if feedback.customer else ""
    return "\n".join((feedback.number, feedback.external_no, feedback.title, customer, feedback.text))


def index(feedback: Feedback) -> None:
    """Make a new or edited feedback item findable; inside the verb's transaction."""
    index_many([feedback])


def index_many(items: Iterable[Feedback]) -> None:
    """Make feedback items findable; load them with ``select_related("customer")``."""
    FeedbackWords.index_rows((feedback.pk, text_of(feedback)) for feedback in items)


@transaction.atomic
def edit_customer(customer: Customer, *, by: User, seen: int, **fields: Any) -> None:
    """Change the customer's basics; their feedback items are found by the new name."""
    customer.edit(by=by, seen=seen, **fields)
    index_many(customer.feedback.select_related("customer"))
