"""One row of the analysis: what the source said in canonical fields, and what the engine judged."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

COLUMNS = (
    "row_id", "received_at", "channel", "customer_id", "customer_type", "product", "version", "system", "region",
    "text", "demand", "score", "noise", "duplicate_of", "duplicate_kind", "problem_type", "problem_type_confidence",
    "sentiment", "sentiment_confidence", "urgency", "urgency_confidence",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(slots=True)
class Voice:
    """A row of feedback. `row_id` is the source's own number where it has a usable one, else file:row.

    A row with `noise` carries no labels: "" and no confidence. `contact` links repeats and is never written.
    """

    row_id: str
    received_at: datetime | None = None
    channel: str = ""
    customer_id: str = ""
    customer_type: str = ""
    product: str = ""
    version: str = ""
    system: str = ""
    region: str = ""
    text: str = ""
    demand: str = ""
    score: int | None = None
    contact: str = ""
    noise: str = ""
    duplicate_of: str = ""
    duplicate_kind: str = ""
    problem_type: str = ""
    problem_type_confidence: float | None = None
    sentiment: str = ""
    sentiment_confidence: float | None = None
    urgency: str = ""
    urgency_confidence: float | None = None

    @property
    def topic(self) -> str:
        """The first level of the problem type: "service" of "service.speed"."""
        return self.problem_type.partition(".")[0]

    def cells(self) -> list[str]:
        """The texts of one line of rows.csv, in the order of COLUMNS."""
        return [_shown(getattr(self, name)) for name in COLUMNS]


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula: one that starts like one gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def write_rows(voices: Iterable[Voice], path: Path) -> None:
    """rows.csv: UTF-8 with BOM (Excel needs it to show Chinese), CRLF, formula-safe."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        lines.writerows([harmless(cell) for cell in voice.cells()] for voice in voices)
