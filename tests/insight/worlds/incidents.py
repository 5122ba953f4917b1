"""Real incidents of an online video service: stalls and viewers by minute and dimension, and what the engineers named."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bihuan.insight.columns import coded
from bihuan.insight.scenario_detection import Leaves

MEASURES = ("min", "value", "cnt")


class Incident(NamedTuple):
    """The faulty minute, the minutes before it, and the causes (often one)."""

    now: Leaves
    past: list[Leaves]
    causes: list[frozenset[tuple[str, str]]]


def incidents(folder: Path) -> Iterator[Incident]:
    cases = zipfile.ZipFile(folder / "online_video_cases.zip")
    for line in (folder / "online_video_truth.jsonl").read_text(encoding="utf-8").splitlines():
        true = json.loads(line)
        rows = list(csv.DictReader(io.StringIO(cases.read(true["file"]).decode("utf-8"))))
        minute = np.array([int(row["min"]) for row in rows])
        causes = true["cause"] if isinstance(true["cause"], list) else [true["cause"]]
        yield Incident(
            _leaves(rows, minute == true["timestamp"]),
            [_leaves(rows, minute == one) for one in np.unique(minute[minute < true["timestamp"]])],
            [frozenset((name, str(value)) for name, value in cause.items()) for cause in causes],
        )


def _leaves(rows: list[dict[str, str]], mask: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Leaves:
    chosen = [row for row, wanted in zip(rows, mask, strict=True) if wanted]
    names = [name for name in rows[0] if name not in MEASURES]
    columns = [coded([row[name] for row in chosen]) for name in names]
    nobody = np.zeros(0, dtype=np.int64)
    return Leaves(
        tuple(names), tuple(v for _, v in columns), tuple(c for c, _ in columns),
        np.array([float(row["value"]) for row in chosen]), np.array([float(row["cnt"]) for row in chosen]), nobody, nobody, counted=False,
    )  # fmt: skip
