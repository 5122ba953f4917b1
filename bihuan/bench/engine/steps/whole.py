"""The whole: a raw CSV to the report, by the command itself, all its processes together.

A hundred thousand rows; a million, which the goals are set for, by BIHUAN_BENCH_ROWS=1000000.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bihuan.bench.engine.figures import Figure
from bihuan.bench.engine.large import write
from bihuan.bench.engine.meter import family

ROW = 14
TITLE = "从原始 CSV 到报告 / raw CSV to report"
ROWS, MILLION = 100_000, 1_000_000


def figures() -> Iterator[Figure]:
    rows = int(os.environ.get("BIHUAN_BENCH_ROWS") or ROWS)
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        file = write(Path(folder) / "raw.csv", rows)
        command = [sys.executable, "-m", "bihuan", "analyze", str(file), "--out", str(Path(folder) / "out")]
        spent = family(command)
    note = f"{rows:,} rows"
    if spent.code:
        raise RuntimeError(f"bihuan analyze ended with {spent.code}")
    goals = (150.0, 90.0, 3000.0, 2000.0) if rows == MILLION else (None, None, None, None)
    yield Figure("whole", "processor time", spent.cpu, goals[0], goals[1], "CPU s", "lower", note=note)
    yield Figure("whole", "memory, all processes", spent.memory, goals[2], goals[3], "MB", "lower", note=note)
    yield Figure("whole", "speed", rows / spent.cpu, unit="rows/s", note=note)
