"""Events as the auditor reads them: sentences and details with personal numbers masked."""

from __future__ import annotations

import json

from django import template

from bihuan.audit.lists import masked_sentence
from bihuan.audit.models import Event
from bihuan.core.text import Text
from bihuan.feedback.personal_data import hidden, hidden_in

register = template.Library()


@register.filter
def event_sentence(event: Event) -> Text:
    """Its sentence."""
    return masked_sentence(event, hidden)


@register.filter
def bare(value: str) -> str:
    return hidden(value)


@register.filter
def details(event: Event) -> list[tuple[str, str]]:
    """The event's details by name, as they are stored."""
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in hidden_in(event.details).items()
    ]
