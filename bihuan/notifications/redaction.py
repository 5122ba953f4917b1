"""What a notice says: number, what happened, when it is due. Never a customer's words, a name of theirs or a contact.

An event's sentence may hold free text (a reason, an answer, a title); only the places listed here are filled in.
"""

from __future__ import annotations

import re
from typing import Any

from bihuan.audit.event_types import EVENT_TYPES
from bihuan.audit.models import Event
from bihuan.core.text import Text

SAID = frozenset(
    [
        "milestone",
        "due",
        "before",
        "level",
        "percent",
        "round",
        "n",
        "day",
        "opens",
        "until",
        "since",
        "waiting",
        "week",
        "edition",
        "step",
        "decision",
        "number",
        "case",
        "feedback",
        "score",
        "channel",
        "solved",
        "met",
        "team",
        "owner",
        "way",
        "what",
        "verdict",
        "length",
        "kind",
        "into",
        "other",
        "named",
        "counts",
        "batch",
        "rows",
        "budget",
        "revision",
        "created",
        "duplicates",
        "skipped",
        "failed",
    ]
)
"""Places a notice fills: vocabulary, numbers, dates, our own people and teams."""
_EMPTY = re.compile(r"[“「][\s]*[”」]|[（(][\s，,·]*[）)]|《\s*》")
_TAIL = re.compile(r"[\s:：;；,，、]+$")


def wording(event: Event) -> Text:
    """The event's sentence without its free text, in both languages."""
    kind = EVENT_TYPES[event.kind]
    return Text(_fill(kind.zh, event.details, "zh"), _fill(kind.en, event.details, "en"))


def _fill(sentence: str, details: dict[str, Any], language: str) -> str:
    places = re.findall(r"{(\w+)}", sentence)
    said = sentence.format_map({place: _value(place, details, language) for place in places})
    return _TAIL.sub("", _EMPTY.sub("", said)).replace("  ", " ")


def _value(place: str, details: dict[str, Any], language: str) -> str:
    value = details.get(place, "")
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return str(value[language]) if place in SAID or place in _WORDS else ""
    return str(value) if place in SAID else ""


_WORDS = frozenset({"labels", "roles", "after", "why", "step"})
"""Places whose values are vocabulary when they come in both languages."""
