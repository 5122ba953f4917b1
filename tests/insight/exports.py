"""Rows of the real exports beside what is true of them (the folder comes from the `shared` fixture)."""

import csv
import gzip
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any


@cache
def truth(folder: Path, name: str) -> list[dict[str, Any]]:
    """Export rows beside what is true of them, in order: id, text, keys, and the whole truth row under "truth"."""
    with gzip.open(folder / name / "feedback_export.jsonl.gz", "rt", encoding="utf-8") as lines:
        raw = {row["feedback_id"]: row for row in map(json.loads, lines)}
    with gzip.open(folder / name / "truth.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_row(raw[true["反馈编号"]], true) for true in map(json.loads, lines)]


def _row(row: dict[str, Any], true: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["feedback_id"],
        "text": row["content"] or "",
        "customer_no": row["customer"]["id"],
        "contact": row["customer"]["contact"],
        "received_at": datetime.fromisoformat(true["time"]),
        "product": true["product"],
        "channel": true["channel"],
        "truth": true,
    }


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(folder / name, "rt", encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
