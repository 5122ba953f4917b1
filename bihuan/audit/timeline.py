"""A noun's timeline: events in order, each as a sentence for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bihuan.audit.event_types import EVENT_TYPES
from bihuan.audit.flow import FLOWS
from bihuan.audit.models import Event
from bihuan.core.text import Text


@dataclass(frozen=True)
class TimelineEntry:
    at: datetime
    actor: str
    subject: str
    sentence: Text
    icon: str
    details: dict[str, Any]


class _Blank(dict[str, Any]):
    """A place in a sentence that its event has no value for stays empty rather than breaking the page."""

    def __missing__(self, key: str) -> str:
        return ""


def entries(timelines: Iterable[str], newest: int = 200) -> list[TimelineEntry]:
    """The newest events on these timelines, newest first."""
    rows = Event.objects.filter(timeline__in=list(timelines)).select_related("actor").order_by("-id")
    return [entry(event) for event in rows[:newest]]


def entry(event: Event) -> TimelineEntry:
    kind = EVENT_TYPES[event.kind]
    values = _Blank(event.details) | {"subject": event.subject_name} | _state_names(event)
    sentence = Text(kind.zh.format_map(_named(values, "zh")), kind.en.format_map(_named(values, "en")))
    return TimelineEntry(event.at, event.actor.name, event.subject_name, sentence, kind.icon, event.details)


def _state_names(event: Event) -> dict[str, Text]:
    flow = FLOWS.get(event.subject_kind)
    if flow is None:
        return {}
    codes = {k: event.details.get(k) for k in ("from", "to")}
    return {k: flow.by_code[c].name for k, c in codes.items() if c in flow.by_code}


def _named(values: dict[str, Any], language: str) -> _Blank:
    return _Blank({k: _in(v, language) for k, v in values.items()})


def _in(value: Any, language: str) -> Any:
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return value[language]
    return value.to(language) if isinstance(value, Text) else value
