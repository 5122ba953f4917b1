"""A noun's timeline: facts in order, each as a sentence for the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from bihuan.audit.event_types import KINDS
from bihuan.audit.flow import FLOWS
from bihuan.audit.models import Actor, Fact
from bihuan.core.compiled_query import asked
from bihuan.core.text import Text


@dataclass(frozen=True)
class Entry:
    at: datetime
    actor: str
    subject: str
    sentence: Text
    icon: str
    details: dict[str, Any]


class _Blank(dict[str, Any]):
    """A place in a sentence that its fact has no value for stays empty rather than breaking the page."""

    def __missing__(self, key: str) -> str:
        return ""


def entries(trails: Iterable[str], newest: int = 200) -> list[Entry]:
    """The newest facts on these trails, newest first."""
    wanted = list(trails)
    rows: list[Any] = asked(_newest, *wanted, newest=newest) if wanted else []
    for fact in rows:
        fact.actor = Actor(fact.actor_id, name=fact.who)
    return [entry(fact) for fact in rows]


def _newest(*trails: str, newest: int) -> QuerySet[Fact]:
    return Fact.objects.filter(trail__in=trails).annotate(who=F("actor__name")).order_by("-id")[:newest]


def entry(fact: Fact) -> Entry:
    kind = KINDS[fact.kind]
    values = _Blank(fact.details) | {"subject": fact.subject_name} | _state_names(fact)
    sentence = Text(kind.zh.format_map(_named(values, "zh")), kind.en.format_map(_named(values, "en")))
    return Entry(fact.at, fact.actor.name, fact.subject_name, sentence, kind.icon, fact.details)


def _state_names(fact: Fact) -> dict[str, Text]:
    flow = FLOWS.get(fact.subject_kind)
    if flow is None:
        return {}
    codes = {k: fact.details.get(k) for k in ("from", "to")}
    return {k: flow.by_code[c].name for k, c in codes.items() if c in flow.by_code}


def _named(values: dict[str, Any], language: str) -> _Blank:
    return _Blank({k: _in(v, language) for k, v in values.items()})


def _in(value: Any, language: str) -> Any:
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return value[language]
    return value.to(language) if isinstance(value, Text) else value
