"""The text of a notification: number, what happened, when it is due. Never what a person typed, so never a customer's
words, name or contact: the event type marks those fields ``private``.
"""

from __future__ import annotations

import re
from typing import Any

from bihuan.audit.event_types import EVENT_TYPES
from bihuan.audit.models import Event
from bihuan.core.text import Text

_EMPTY = re.compile(r"[“「][\s]*[”」]|[（(][\s，,·]*[）)]|《\s*》")
_TAIL = re.compile(r"[\s:：;；,，、]+$")


def redacted_sentence(event: Event) -> Text:
    """The event's sentence without its private fields, in both languages; the brackets around them go too."""
    event_type = EVENT_TYPES[event.kind]
    public = {name: value for name, value in event.details.items() if name not in event_type.private}
    return Text(_fill(event_type.zh, public, "zh"), _fill(event_type.en, public, "en"))


def _fill(sentence: str, details: dict[str, Any], language: str) -> str:
    fields = {name: _value(details.get(name, ""), language) for name in re.findall(r"{(\w+)}", sentence)}
    return _TAIL.sub("", _EMPTY.sub("", sentence.format_map(fields))).replace("  ", " ")


def _value(value: Any, language: str) -> str:
    return str(value[language] if isinstance(value, dict) and value.keys() == {"zh", "en"} else value)
