"""The columns of an uploaded sheet as a person settles them: what stands in each, what it is taken for and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bihuan.core.text import Text
from bihuan.insight.sheets import FIELDS

if TYPE_CHECKING:
    from bihuan.feedback.models.import_batch import ImportBatch

FIELD_NAMES: dict[str, Text] = FIELDS


@dataclass(frozen=True)
class Shown:
    """One column. ``confidence``: the inspection's, in whole per cent."""

    index: int
    heading: str
    field: str
    samples: list[str]
    confidence: int
    why: Text


def columns(batch: ImportBatch) -> list[Shown]:
    """Every column of the file, with the field it is settled to."""
    mapping = batch.plan.get("mapping", {})
    return [
        Shown(
            c["index"], c["heading"], mapping.get(str(c["index"]), ""), c["samples"], round(100 * c["confidence"]),
            Text.from_json(c["why"]),
        )
        for c in batch.inspection.get("columns", [])
    ]  # fmt: skip


def preview(batch: ImportBatch) -> list[dict[str, Any]]:
    """The first rows as the page draws them: number, end, reason, cells with their faults."""
    return [
        {
            "number": row["number"],
            "end": row["end"],
            "reason": Text.from_json(row["reason"]) if row["reason"] else "",
            "cells": [
                {"text": c["text"], "error": Text.from_json(c["error"]) if "error" in c else ""} for c in row["cells"]
            ],
        }
        for row in batch.preview.get("rows", [])
    ]


def warnings(batch: ImportBatch) -> list[Text]:
    return [Text.from_json(warning) for warning in batch.inspection.get("warnings", [])]
