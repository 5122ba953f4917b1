"""The whole: raw files to the report, by the command itself, all its processes together; and a script's report beside it.

The export as a workbook (20,000 rows), then a CSV of a hundred thousand; another number of rows, as the million which the
goals are set for, by BIHUAN_BENCH_ROWS=1000000. The script is let off above a hundred thousand: it takes milliseconds a row.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.engine import others
from bench.engine.figures import Figure, shared
from bench.engine.large import parts
from bench.engine.meter import Spent, family
from bench.engine.texts import export

ROW = 14
TITLE = "从原始文件到报告 / raw files to report"
ROWS, MILLION = 100_000, 1_000_000
SCRIPT = "pandas + jieba + snownlp"


def figures() -> Iterator[Figure]:
    if not os.environ.get("BIHUAN_BENCH_ROWS"):
        yield from _workbook()
    rows = int(os.environ.get("BIHUAN_BENCH_ROWS") or ROWS)
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        files = parts(Path(folder), rows)
        spent = _analysed(files, Path(folder) / "out")
        script = others.answer("by_script.py", files[0]) if rows <= ROWS else None
    yield from _spent(f"{rows:,} rows", rows, spent, script, compared=rows <= ROWS)


def _workbook() -> Iterator[Figure]:
    true = {row["id"]: row["received_at"].date().isoformat() for row in export()}
    source = shared("demo_export", "feedback_export.xlsx")
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        spent = _analysed([source], Path(folder))
        with (Path(folder) / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
            days = {row["row_id"]: row["received_at"][:10] for row in csv.DictReader(file)}
    script = others.answer("by_script.py", source)
    right = {SCRIPT: script and _right(script.found["days"], true)}
    name = f"{len(true):,} rows of a workbook"
    yield Figure("whole", "days read right", _right(days, true), 0.99, 0.999, baseline=right, note=name)
    yield from _spent(name, len(true), spent, script)


def _right(days: dict[str, str], true: dict[str, str]) -> float:
    """Of the rows that are left, whose day is the true one."""
    return sum(true.get(number) == day for number, day in days.items()) / max(1, len(days))


def _analysed(files: list[Path], out: Path) -> Spent:
    spent = family([sys.executable, "-m", "bihuan", "analyze", *map(str, files), "--out", str(out)])
    if spent.code:
        raise RuntimeError(f"bihuan analyze ended with {spent.code}")
    return spent


def _spent(
    note: str, rows: int, spent: Spent, script: others.Answer | None, *, compared: bool = True
) -> Iterator[Figure]:
    goals = (150.0, 90.0, 3000.0, 2000.0) if rows == MILLION else (None, None, None, None)
    cpu = {SCRIPT: script and script.spent.cpu} if compared else {}
    memory = {SCRIPT: script and script.spent.memory} if compared else {}
    yield Figure("whole", "processor time", spent.cpu, goals[0], goals[1], "CPU s", "lower", cpu, note)
    yield Figure("whole", "memory, all processes", spent.memory, goals[2], goals[3], "MB", "lower", memory, note)
    yield Figure("whole", "speed", rows / spent.cpu, unit="rows/CPU s", note=note)
