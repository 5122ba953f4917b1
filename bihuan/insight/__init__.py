"""The analysis engine: a library without Django, network or clock. Tables and texts in, judgements and numbers out.

`from bihuan.insight import analyze, label, mask, …`: see README.md beside this file. A function is imported at its first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bihuan.insight.analysis.pipeline import analyze
    from bihuan.insight.classify.labels import suggest as label
    from bihuan.insight.classify.sentiment import sentiment
    from bihuan.insight.duplicate_detection.similar import copies as duplicates
    from bihuan.insight.effect_estimation.effect_estimate import estimate_effect as effect
    from bihuan.insight.grouping.regrouping import regroup as group
    from bihuan.insight.public import read, scenarios, surges
    from bihuan.insight.text.masking import mask
    from bihuan.insight.weekly_trends import change as trends

_PLACES = {
    "analyze": "analysis.pipeline:analyze",
    "duplicates": "duplicate_detection.similar:copies",
    "effect": "effect_estimation.effect_estimate:estimate_effect",
    "group": "grouping.regrouping:regroup",
    "label": "classify.labels:suggest",
    "mask": "text.masking:mask",
    "read": "public:read",
    "scenarios": "public:scenarios",
    "sentiment": "classify.sentiment:sentiment",
    "surges": "public:surges",
    "trends": "weekly_trends:change",
}

__all__ = [
    "analyze",
    "duplicates",
    "effect",
    "group",
    "label",
    "mask",
    "read",
    "scenarios",
    "sentiment",
    "surges",
    "trends",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, function = _PLACES[name].partition(":")
    return getattr(importlib.import_module(f"{__name__}.{module}"), function)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
