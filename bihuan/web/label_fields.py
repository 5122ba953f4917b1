"""The labels of one feedback item as a page draws them: options with keys, what is suggested and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.picklists import Picklist
from bihuan.core.text import Text
from bihuan.feedback.labels import AXES
from bihuan.feedback.models import Feedback

KEYS = {"problem_type": "123456", "scope": "789", "urgency": "qwe", "sentiment": "rty", "nature": ""}
"""The key of each option, in order; those beyond have none."""


@dataclass(frozen=True)
class Option:
    code: str
    name: Text
    key: str
    checked: bool
    suggested: bool


@dataclass(frozen=True)
class Axis:
    """One label: its options, the suggestion's confidence (0-1) and reasons where there is one; ``drafted``: what a
    machine's draft says, and why."""

    name: str
    title: Text
    options: list[Option]
    confidence: float | None
    reasons: list[Text]
    drafted: tuple[Text, str] | None


def axes_of(
    feedback: Feedback, suggested: Mapping[str, Any], given: Mapping[str, Any], drafted: Mapping[str, Any]
) -> list[Axis]:
    """``suggested`` has the shape of Feedback.suggested with the scope counted now; ``given`` what was just entered;
    ``drafted`` the content of a draft of labels."""
    return [_axis(name, feedback, suggested.get(name) or {}, given, drafted.get(name)) for name in AXES]


def _axis(
    name: str, feedback: Feedback, one: Mapping[str, Any], given: Mapping[str, Any], drafted: Mapping[str, str] | None
) -> Axis:
    title, names = AXES[name]
    retired = names.retired if isinstance(names, Picklist) else frozenset()
    if one.get("code") in retired:
        one = {}
    code = one.get("code", "")
    # A feedback item that waits shows what is suggested; its scope may have been set with its group's before.
    chosen = given.get(name) or getattr(feedback, name) or code
    options = [
        Option(c, text, KEYS[name][n : n + 1], c == chosen, c == code)
        for n, (c, text) in enumerate(names.items())
        if c == chosen or c not in retired
    ]
    reasons = [Text(zh, en) for zh, en in one.get("reasons", [])]
    draft = (names[drafted["code"]], drafted["why"]) if drafted else None
    return Axis(name, title, options, one.get("confidence"), reasons, draft)
