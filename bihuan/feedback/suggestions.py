"""What the engine would call a feedback item, in the shape of ``Feedback.suggested``. A person decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bihuan.core.text import Text
from bihuan.feedback.personal_data import hidden
from bihuan.insight.classify.labels import suggest
from bihuan.insight.classify.linear import Model
from bihuan.insight.classify.scope import Scope
from bihuan.insight.classify.sentiment import sentiment
from bihuan.insight.text.noise import noise
from bihuan.insight.types import Label


def suggestions(
    text: str, *, demand: str = "", score: int | None = None, models: Mapping[str, Model] | None = None
) -> dict[str, Any]:
    """Problem type, urgency, nature and sentiment of one text: ``{axis: {code, confidence, reasons: [[zh, en]…]}}``,
    with ``method``, and ``noise: {kind, reasons}`` where it says nothing. Scope is counted when looked at
    (similar.scope_of): it changes as others speak. ``models``: what was learnt from people's labels, by axis."""
    labels = suggest(text, demand=demand, score=score, model=models)
    mood = sentiment(text, score)
    suggested: dict[str, Any] = {
        "problem_type": as_data(labels.problem_type),
        "urgency": as_data(labels.urgency),
        "nature": as_data(labels.nature),
        "sentiment": as_data(mood),
        "method": f"{labels.problem_type.method} {mood.method}",
    }
    empty = noise(text)
    if empty.kind:
        suggested["noise"] = {
            "kind": empty.kind,
            "reasons": [[hidden(empty.reason.to("zh")), hidden(empty.reason.to("en"))]],
        }
    return suggested


def as_data(label: Label | Scope) -> dict[str, Any]:
    """A label as JSON. A second level ("service.speed") stays beside its type as ``detail``."""
    top, _, second = label.code.partition(".")
    return {
        "code": top,
        "confidence": label.confidence,
        "reasons": reasons(label.reasons),
        **({"detail": label.code} if second else {}),
    }


def reasons(texts: list[Text]) -> list[list[str]]:
    """The reasons as JSON: [zh, en] each."""
    return [[text.to("zh"), text.to("en")] for text in texts]
