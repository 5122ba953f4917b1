"""What a user would pick instead, measured in the same run: scripts over pandas, jieba, snownlp, datasketch, gaoya, rensa.

Their packages (`requirements/bench.in`) stand in an environment of their own (`python3 dev.py build bench`), so that
neither the product nor its tests carry them. Each script runs in a child process of that environment and writes what it
found as JSON: `python SCRIPT INPUT OUTPUT`. Processor time is its own account of the work alone where ours is counted
so as well.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from bench.engine.figures import ROOT
from bench.engine.meter import Spent, family
from bihuan.core.text import Text

PACKAGES = ("datasketch", "gaoya", "jieba", "pandas", "rensa", "snownlp")
PLACE = "BIHUAN_BENCH_PYTHON"  # another Python that has the packages; set but empty: none
ABSENT = Text(
    "没有装基线用的包，只量自己:python3 dev.py build bench",
    "the baselines' packages are not installed, so they are left out: python3 dev.py build bench",
)


class Answer(NamedTuple):
    """What a script wrote, and what its process spent."""

    found: dict[str, Any]
    spent: Spent


def python() -> str:
    """The Python that has the packages; "" where none has."""
    if (chosen := os.environ.get(PLACE)) is not None:
        return chosen
    own = ROOT / ".venv" / "bench" / "bin" / "python"
    if own.exists():
        return str(own)
    return sys.executable if all(map(importlib.util.find_spec, PACKAGES)) else ""


def answer(script: str | Path, given: Any, *, by: str = "") -> Answer | None:
    """Run a script of this package on data (as JSON) or on a file; None where its packages are absent."""
    chosen = by or python()
    if not chosen:
        return None
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        source, target = given, Path(folder) / "found.json"
        if not isinstance(given, Path):
            source = Path(folder) / "given.json"
            source.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        found_here = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        command = [chosen, str(Path(__file__).parent / script), str(source), str(target)]
        spent = family(command, env={**os.environ, "PYTHONPATH": found_here})
        if spent.code:
            raise RuntimeError(f"{script} ended with {spent.code}")
        return Answer(json.loads(target.read_text(encoding="utf-8")), spent)
