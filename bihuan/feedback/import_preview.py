"""The inspection of an uploaded file: its kind, the proposed mapping of its columns, and what would become of its rows."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bihuan.audit.models import Actor
from bihuan.core.text import Text
from bihuan.feedback.import_drafts import SheetDrafts
from bihuan.feedback.import_flow import FLOW
from bihuan.feedback.models.value_mapping import ValueMapping
from bihuan.feedback.value_mappings import UnmappedWordCounter
from bihuan.insight.sheets import Inspection, Plan, Row, Unreadable, inspect_file, read
from bihuan.insight.text.masking import mask, mask_contact

if TYPE_CHECKING:
    from bihuan.feedback.models.import_batch import ImportBatch

SHOWN = 50
ESTIMATED = 2000
PERSONAL = ("contact", "contact_name")


def inspect(batch: ImportBatch, *, by: Actor, **choice: Any) -> None:
    """Inspect the file as ``batch.choice`` says, plan and preview: seconds for a large workbook. A file that cannot be
    read ends its batch with the reason.

    ``choice`` adds to ``batch.choice``: sheet, heading_row, encoding, or keep (only preview anew).
    """
    batch.choice |= {k: v for k, v in choice.items() if v not in (None, "")}
    try:
        with batch.opened() as path:
            if not batch.choice.get("keep"):
                inspection = _inspected(batch, path)
                batch.inspection, batch.total = _masked(inspection), inspection.total_rows
                batch.plan = inspection.plan().to_json() | {"aliases": ValueMapping.objects.for_new_sheet()}
            batch.preview = preview(batch, path, Plan.from_json(batch.plan))
        batch.reason_zh = batch.reason_en = ""
    except Unreadable as unreadable:
        if not batch.inspection:
            batch.give_up(unreadable.reason, by=by)
            return
        # An unlucky choice: the inspection before it stays, and the reason is shown beside it.
        batch.reason_zh, batch.reason_en = unreadable.reason.to("zh"), unreadable.reason.to("en")
    fields = ("inspection", "plan", "preview", "total", "reason_zh", "reason_en")
    sheet = batch.plan["sheet"] or batch.plan["kind"]
    FLOW.move(batch, "inspect", by=by, fields=fields, sheet=sheet, rows=batch.total)


def _inspected(batch: ImportBatch, path: Path) -> Inspection:
    try:
        return inspect_file(path, name=batch.shown_name, **batch.choice)
    except ValueError:
        # A heading row below the first few hundred rows is none: the inspection finds it itself.
        return inspect_file(
            path, name=batch.shown_name, **{k: v for k, v in batch.choice.items() if k != "heading_row"}
        )


def preview(batch: ImportBatch, path: Path, plan: Plan) -> dict[str, Any]:
    """The first rows with their faults, how the first 2,000 would end, and the words of all rows that have to be
    mapped. Personal cells are masked."""
    drafts, unmapped = SheetDrafts(plan, batch.row_defaults()), UnmappedWordCounter(plan)
    shown: list[dict[str, Any]] = []
    counts = {"rows_read": 0, "fine": 0, "unread": 0, "failed": 0, "skipped": 0}
    rows = read(path, plan)
    for row in itertools.islice(rows, ESTIMATED):
        unmapped.count(row)
        draft = None if row.skip else drafts.draft(row)
        end = "skipped" if row.skip else "failed" if isinstance(draft, Text) else "unread" if row.errors else "fine"
        counts["rows_read"] += 1
        counts[end] += 1
        if len(shown) < SHOWN:
            reason = row.skip or (draft if isinstance(draft, Text) else None)
            shown.append(
                {"number": row.number, "end": end, "reason": reason and reason.to_json(), "cells": _cells(row, plan)}
            )
    if unmapped.headings:
        for row in rows:
            unmapped.count(row)
    return {"rows": shown, **counts, "unmapped": unmapped.to_json()}


def _masked(inspection: Inspection) -> dict[str, Any]:
    """The inspection as it is stored, its samples masked."""
    stored = inspection.to_json()
    for column in stored["columns"]:
        column["samples"] = [masked_cell(sample[:200], column["field"]) for sample in column["samples"]]
    return stored


def masked_cell(cell: str, name: str) -> str:
    """A cell as lists and files may show it."""
    return mask_contact(cell) if name in PERSONAL else mask(cell)


def _cells(row: Row, plan: Plan) -> list[dict[str, Any]]:
    cells = []
    for index, heading in enumerate(plan.headings):
        name = plan.mapping.get(index, "")
        cell: dict[str, Any] = {"text": masked_cell(row.raw.get(heading, "")[:200], name)}
        if name in row.errors:
            cell["error"] = row.errors[name].to_json()
        cells.append(cell)
    return cells
