"""The whole way from files to a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from bihuan.core.text import Text
from bihuan.insight.analysis.classify_rows import classify
from bihuan.insight.analysis.exposure_files import read_exposures
from bihuan.insight.analysis.loading import LoadedRows, OnProgress, Window, load
from bihuan.insight.analysis.measures import read_measures
from bihuan.insight.analysis.outputs import write_outputs
from bihuan.insight.analysis.sampled_grouping import group_rows, with_problems
from bihuan.insight.analysis.summary import Analysis, summarize
from bihuan.insight.engines import open_engine
from bihuan.insight.sheets import Unreadable


def analyze(
    files: Sequence[str | Path],
    out: str | Path,
    *,
    language: str = "zh",
    since: date | None = None,
    until: date | None = None,
    exposures: Sequence[str | Path] = (),
    measures: Sequence[str | Path] = (),
    engine: str = "duckdb",
    progress: OnProgress | None = None,
    on_loaded: Callable[[LoadedRows], None] | None = None,
) -> Analysis:
    """Read files of feedback and write rows.parquet, rows.csv, summary.json, report.xlsx and report.html into `out`.

    `files`: xlsx, xls, xlsb, ods, csv, tsv, json, jsonl, also .gz. `language` of the report: "zh" or "en". `since` and
    `until`: local days, both included. `exposures`: files of orders, users … by day or week; `measures`: files of measures
    with their days. `engine`: "duckdb" or "spark". `progress` is called with (step, done, total), `on_loaded` with the rows
    as read. Unreadable with the reason where a file cannot be read or no row is left, EngineMissing where the engine is not
    installed, OSError where `out` cannot be written. The same input gives the same bytes.
    """
    known = [exposure for path in exposures for exposure in read_exposures(Path(path))]
    taken = [measure for path in measures for measure in read_measures(Path(path))]
    loaded = load(files, window=Window(since, until), progress=progress)
    if on_loaded:
        on_loaded(loaded)
    if not loaded.rows:
        raise Unreadable(_no_rows(loaded))
    with open_engine(engine) as opened:
        table = classify(loaded.take_table(), opened, progress=progress)
    if progress:
        progress(Text("归并问题", "Grouping into problems"), 0, 0)
    problems = group_rows(table)
    if progress:
        progress(Text("统计", "Counting"), 0, 0)
    analysis = summarize(loaded, with_problems(table, problems), problems, known, taken)
    write_outputs(analysis, Path(out), language, progress=progress)
    return analysis


def _no_rows(loaded: LoadedRows) -> Text:
    if loaded.outside or loaded.undated_left_out:
        return Text(
            "所选日期内没有反馈（日期在外 {outside} 条，没有日期 {undated} 条）",
            "No feedback lies within the chosen days ({outside} rows outside, {undated} without a date)",
            outside=f"{loaded.outside:,}",
            undated=f"{loaded.undated_left_out:,}",
        )
    return Text("文件里没有反馈", "There is no feedback in the files")
