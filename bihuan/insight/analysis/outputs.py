"""The outputs, all or none: they are written beside their places and moved there when all are done."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.analysis.loading import OnProgress
from bihuan.insight.analysis.report.report_page import write_page
from bihuan.insight.analysis.report.report_workbook import write_workbook
from bihuan.insight.analysis.report.row_pages import FOLDER
from bihuan.insight.analysis.rows import write_csv, write_parquet
from bihuan.insight.analysis.summary import Analysis

FILES = ("rows.parquet", "rows.csv", "summary.json", "report.xlsx", "report.html")


def write_outputs(findings: Analysis, out: Path, lang: str = "zh", *, progress: OnProgress | None = None) -> None:
    """rows.parquet, rows.csv, summary.json, report.xlsx and report.html with its report_rows/ in `out`, made if need be.

    Replaces an earlier run's files of these names and touches no others. OSError where the folder cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=out) as name:
        half = Path(name)
        for number, (step, work) in enumerate(_steps(findings, half, lang)):
            if progress:
                progress(Text(f"写出 {step}", f"Writing {step}"), number, len(FILES))
            work()
        for file in FILES:
            (half / file).replace(out / file)
        _replace_lists(half / FOLDER, out / FOLDER)


def _steps(findings: Analysis, half: Path, lang: str) -> list[tuple[str, Any]]:
    return [
        ("rows.parquet", lambda: write_parquet(findings.row_sets.table, half / "rows.parquet")),
        ("rows.csv", lambda: write_csv(findings.row_sets.table, half / "rows.csv")),
        ("summary.json", lambda: write_summary(findings.summary, half / "summary.json")),
        ("report.xlsx", lambda: write_workbook(findings, half / "report.xlsx", lang)),
        ("report.html", lambda: write_page(findings, half, lang)),
    ]


def write_summary(summary: dict[str, Any], path: Path) -> None:
    """summary.json: UTF-8, keys in their written order."""
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def _replace_lists(new: Path, place: Path) -> None:
    """Only pages this command names are removed from an earlier run's folder."""
    place.mkdir(exist_ok=True)
    for old in place.glob("[0-9][0-9][0-9][0-9].html"):
        old.unlink()
    for page in new.iterdir():
        shutil.move(page, place / page.name)
