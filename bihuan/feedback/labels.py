"""The labels of a feedback item: by which axes it is triaged, which are required, and their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bihuan.core.picklists import offered
from bihuan.core.text import Text
from bihuan.feedback import feedback_choices

AXES: dict[str, tuple[Text, Mapping[str, Text]]] = {
    "problem_type": (Text("问题类型", "Problem type"), feedback_choices.PROBLEM_TYPES),
    "scope": (Text("影响范围", "Scope"), feedback_choices.SCOPES),
    "urgency": (Text("紧急程度", "Urgency"), feedback_choices.URGENCIES),
    "sentiment": (Text("情感", "Sentiment"), feedback_choices.SENTIMENTS),
    "nature": (Text("反馈性质", "Kind of feedback"), feedback_choices.NATURES),
}
"""Axis, which is the column of Feedback → its title and its codes with their names."""
REQUIRED = ("problem_type", "scope", "urgency")
"""S3-22: a triaged feedback item has these three."""
_SHEET_CODES: dict[str, dict[str, str]] = {
    "urgency": {"P0": "urgent", "P1": "urgent", "P2": "important", "P3": "normal"},
    "scope": {"one": "individual", "some": "general", "department": "general", "all": "general"},
}
SHEET_AXES = ("problem_type", *_SHEET_CODES)
"""Axes that a sheet may have a column for."""


def suggested_codes(suggested: Mapping[str, Any]) -> dict[str, str]:
    """Just the codes of ``Feedback.suggested``: axis → code."""
    return {axis: suggested[axis]["code"] for axis in AXES if axis in suggested}


def label_names(labels: Mapping[str, str]) -> Text:
    """The labels (axis → code) as one line."""
    names = [AXES[axis][1][code] for axis, code in labels.items() if code in AXES[axis][1]]
    return Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))


def allowed_codes(axis: str, present: str) -> set[str]:
    """The codes an axis takes: none that was retired, except the ``present`` one."""
    return {*offered(AXES[axis][1]), present}


def code_of_sheet_value(axis: str, value: str) -> str:
    """The code that a sheet's value for this axis stands for; "" for none."""
    if axis == "problem_type":
        names = feedback_choices.PROBLEM_TYPES.items()
        return next((code for code, name in names if value in (code, name.zh, name.en)), "") if value else ""
    return _SHEET_CODES[axis].get(value, "")
