"""The columns of an inspected sheet as a person maps them: what stands in each, the field it is mapped to and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.sheets import FIELDS

FIELD_NAMES: dict[str, Text] = FIELDS


@dataclass(frozen=True)
class MappedColumn:
    """One column. ``confidence``: the inspection's, in whole per cent."""

    index: int
    heading: str
    field: str
    samples: list[str]
    confidence: int
    why: Text


def mapped_columns(inspection: Mapping[str, Any], plan: Mapping[str, Any]) -> list[MappedColumn]:
    """Every column of the file (``ImportBatch.inspection``), with the field that ``ImportBatch.plan`` maps it to."""
    mapping = plan.get("mapping", {})
    return [
        MappedColumn(
            index=column["index"],
            heading=column["heading"],
            field=mapping.get(str(column["index"]), ""),
            samples=column["samples"],
            confidence=round(100 * column["confidence"]),
            why=Text.from_json(column["why"]),
        )
        for column in inspection.get("columns", [])
    ]


def preview_rows(preview: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The first rows (``ImportBatch.preview``) as the page draws them: number, end, reason, cells with their errors."""
    return [
        {
            "number": row["number"],
            "end": row["end"],
            "reason": Text.from_json(row["reason"]) if row["reason"] else "",
            "cells": [
                {"text": c["text"], "error": Text.from_json(c["error"]) if "error" in c else ""} for c in row["cells"]
            ],
        }
        for row in preview.get("rows", [])
    ]


def warnings(inspection: Mapping[str, Any]) -> list[Text]:
    return [Text.from_json(warning) for warning in inspection.get("warnings", [])]
