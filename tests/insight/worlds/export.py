"""The demo export as columns: rows that say something and repeat nothing, and its denominators.

Each function takes the folder of the export (``data/demo_export``)."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.columns import Floats

FIELDS = ("channel", "product", "category", "batch", "system", "version", "province", "customer_type", "customer_id", "weak_topic", "sentiment_label")  # fmt: skip
DAYS = 184


class Export(NamedTuple):
    """`rows`: text columns. `rating` 0 where there is none; `day` counts from `start`."""

    rows: dict[str, NDArray[np.str_]]
    rating: NDArray[np.int64]
    day: NDArray[np.int64]
    start: date

    def among(self, mask: NDArray[np.bool_]) -> dict[str, NDArray[np.str_]]:
        return {name: column[mask] for name, column in self.rows.items()}

    def daily(self, mask: NDArray[np.bool_]) -> Floats:
        """Rows a day."""
        return np.bincount(self.day[mask], minlength=DAYS).astype(float)

    def on(self, day: str) -> int:
        return (date.fromisoformat(day) - self.start).days


@cache
def export(folder: Path) -> Export:
    with gzip.open(folder / "truth.jsonl.gz", "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    kept = [t for t in every if not t["noise"] and not t["duplicate_of"]]
    start = min(date.fromisoformat(t["time"][:10]) for t in every)
    return Export(
        {name: np.array([str(t[name] or "") for t in kept]) for name in FIELDS},
        np.array([t["rating"] or 0 for t in kept]),
        np.array([(date.fromisoformat(t["time"][:10]) - start).days for t in kept]),
        start,
    )


def effects(folder: Path) -> dict[str, Any]:
    return {one["id"][:2]: one for one in json.loads((folder / "effects.json").read_text(encoding="utf-8"))["effects"]}


def payments(folder: Path, first: str = "", last: str = "9") -> dict[str, Any]:
    """Payments by system and version, of the days from first to last."""
    rows = [r for r in _table(folder / "exposure_daily_system_version.csv.gz") if first <= r["日期"] <= last]
    return {
        "system": [r["系统"] for r in rows],
        "version": [r["版本"] for r in rows],
        "payments": [float(r["支付笔数"]) for r in rows],
    }


def orders(folder: Path, start: date) -> dict[str, Floats]:
    """Orders a day by category; a week's are spread evenly over its days."""
    out: dict[str, Floats] = {}
    for row in _table(folder / "exposure_weekly_orders.csv.gz"):
        first = (date.fromisoformat(row["周起始"]) - start).days
        days = slice(first, min(first + 7, DAYS))
        series = out.setdefault(row["品类"], np.zeros(DAYS))
        series[days] += float(row["订单数"]) / len(range(*days.indices(DAYS)))
    return out


def _table(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
