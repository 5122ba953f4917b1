"""The look at an uploaded file: what it is, how its columns are proposed to be read, and what would become of its rows."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.feedback.import_drafts import Drafts
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


def examine(batch: ImportBatch, by: Actor) -> None:
    """Look as ``batch.choice`` says (``keep``: only preview anew), plan and preview; a file that cannot be read ends
    its batch with the reason."""
    try:
        with batch.opened() as path:
            if not batch.choice.get("keep"):
                found = _look(batch, path)
                batch.look, batch.total = _told(found), found.total_rows
                batch.plan = found.plan().to_json() | {"aliases": ValueMapping.objects.for_new_sheet()}
            batch.preview = preview(batch, path, Plan.from_json(batch.plan))
        batch.reason_zh = batch.reason_en = ""
    except Unreadable as unreadable:
        if not batch.look:
            give_up(batch, by, unreadable.reason)
            return
        # An unlucky choice: what was seen before stands, and the reason is shown beside it.
        batch.reason_zh, batch.reason_en = unreadable.reason.zh, unreadable.reason.en
    fields = ("look", "plan", "preview", "total", "reason_zh", "reason_en")
    sheet = batch.plan["sheet"] or batch.plan["kind"]
    FLOW.move(batch, "look", by=by, fields=fields, sheet=sheet, rows=batch.total)


def _look(batch: ImportBatch, path: Path) -> Inspection:
    try:
        return inspect_file(path, name=batch.shown_name, **batch.choice)
    except ValueError:
        # A heading row below the first few hundred rows is none: the look finds it itself.
        return inspect_file(
            path, name=batch.shown_name, **{k: v for k, v in batch.choice.items() if k != "heading_row"}
        )


def preview(batch: ImportBatch, path: Path, plan: Plan) -> dict[str, Any]:
    """The first rows with their faults, how the first 2,000 would end, and the words of all rows that have to be asked
    about. Personal cells are masked."""
    drafts, unmapped = Drafts(plan, defaults(batch)), UnmappedWordCounter(plan)
    shown: list[dict[str, Any]] = []
    counts = {"looked": 0, "fine": 0, "unread": 0, "failed": 0, "skipped": 0}
    rows = read(path, plan)
    for row in itertools.islice(rows, ESTIMATED):
        unmapped.count(row)
        draft = None if row.skip else drafts.draft(row)
        end = "skipped" if row.skip else "failed" if isinstance(draft, Text) else "unread" if row.errors else "fine"
        counts["looked"] += 1
        counts[end] += 1
        if len(shown) < SHOWN:
            reason = row.skip or (draft if isinstance(draft, Text) else None)
            told = reason.to_json() if reason else None
            shown.append({"number": row.number, "end": end, "reason": told, "cells": _cells(row, plan)})
    if unmapped.headings:
        for row in rows:
            unmapped.count(row)
    return {"rows": shown, **counts, "unmapped": unmapped.to_json()}


def defaults(batch: ImportBatch) -> dict[str, Any]:
    """What a row that does not say so is taken to mean."""
    return {
        "channel": batch.channel,
        "product": batch.product,
        "strict": batch.strict,
        "moment": batch.created_at.astimezone(clock.BEIJING).isoformat(),
    }


@transaction.atomic
def give_up(batch: ImportBatch, by: Actor, said: Text) -> None:
    """The file cannot be imported (further): keep the reason where the person sees it."""
    batch.reason_zh, batch.reason_en, batch.ended_at = said.zh[:400], said.en[:400], clock.now()
    fields = ("reason_zh", "reason_en", "ended_at")
    FLOW.move(batch, "fail", by=by, fields=fields, reason=said.zh)


def _told(found: Inspection) -> dict[str, Any]:
    """The look as it is stored, its samples masked."""
    told = found.to_json()
    for column in told["columns"]:
        column["samples"] = [masked_cell(sample[:200], column["field"]) for sample in column["samples"]]
    return told


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
