"""What a model answered, as data. Models wrap what they were asked for in words; only the object inside is taken."""

from __future__ import annotations

import json
from typing import Any

from bihuan.core.text import Text
from bihuan.plugins.plugin_interface import PluginError

NONE = Text("回答的格式不对，没有采用。", "The answer is not in the form asked for and was not used.")


def json_object_in(answer: str) -> dict[str, Any]:
    """The first JSON object in the answer. Raises PluginError."""
    start = answer.find("{")
    while start >= 0:
        try:
            value, _ = json.JSONDecoder().raw_decode(answer, start)
        except (ValueError, RecursionError):
            start = answer.find("{", start + 1)
            continue
        if isinstance(value, dict):
            return value
        break
    raise PluginError(NONE)


def line(value: Any, longest: int) -> str:
    """A text of one line, cut; "" for anything else."""
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""
