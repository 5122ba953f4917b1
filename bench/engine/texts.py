"""Real texts with their labels, and the small measures several steps share."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.engine.figures import shared

Rows = list[dict[str, Any]]
Numbers = NDArray[np.int64]


@cache
def table(name: str) -> Rows:
    """The rows of one CSV of the real data."""
    path = shared(*name.split("/"))
    packed = path.suffix == ".gz"
    with gzip.open(path, "rb") if packed else path.open("rb") as file:
        return list(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig", newline="")))


@cache
def lines(name: str) -> Rows:
    """The rows of one file of JSON lines."""
    with gzip.open(shared(*name.split("/")), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@cache
def export(name: str = "demo_export") -> Rows:
    """Rows of an export beside what is true of them, with the names that `insight` uses."""
    raw = {row["feedback_id"]: row for row in lines(f"{name}/feedback_export.jsonl.gz")}
    return [
        {
            "id": true["反馈编号"],
            "text": raw[true["反馈编号"]]["content"] or "",
            "customer_no": raw[true["反馈编号"]]["customer"]["id"],
            "contact": raw[true["反馈编号"]]["customer"]["contact"],
            "received_at": datetime.fromisoformat(true["time"]),
            "product": true["product"],
            "channel": true["channel"],
            "truth": true,
        }
        for true in lines(f"{name}/truth.jsonl.gz")
    ]


def f1(found: set[Any], true: set[Any]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    right = len(found & true)
    precision, recall = right / max(1, len(found)), right / max(1, len(true))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def pair_f1(found: Numbers, true: Numbers) -> float:
    """F1 over pairs of rows: in one group by `found`, and by `true`."""
    found = np.unique(found, return_inverse=True)[1].astype(np.int64)
    true = np.unique(true, return_inverse=True)[1].astype(np.int64)
    both = np.unique(found * (int(true.max()) + 1) + true, return_counts=True)[1]

    def pairs(counts: Numbers) -> float:
        return float((counts * (counts - 1) / 2).sum())

    return 2 * pairs(both) / max(1.0, pairs(np.bincount(found)) + pairs(np.bincount(true)))
