"""Real data outside the repository; a test that needs it is skipped, saying so, where it is absent."""

import csv
import gzip
import json
import os
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("BIHUAN_SHARED") or Path(__file__).parents[3] / "shared")


def path(name: str) -> Path:
    for base in (FOLDER / "data", FOLDER):
        if (base / name).exists():
            return base / name
    pytest.skip(f"shared data not found: {name} under {FOLDER} (set BIHUAN_SHARED)")


@cache
def truth(name: str) -> list[dict[str, Any]]:
    """Export rows beside what is true of them, in order: id, text, keys, and the whole truth row under "truth"."""
    with gzip.open(path(f"{name}/feedback_export.jsonl.gz"), "rt", encoding="utf-8") as lines:
        raw = {row["feedback_id"]: row for row in map(json.loads, lines)}
    with gzip.open(path(f"{name}/truth.jsonl.gz"), "rt", encoding="utf-8") as lines:
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


def table(name: str) -> list[dict[str, str]]:
    with gzip.open(path(name), "rt", encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
