"""From files of feedback to labelled rows, counts and a report, step by step. `bihuan.insight.analyze` does all of it.

    loaded = load(["反馈.xlsx"])                    # rows as canonical fields, every physical row accounted for
    with open_engine("duckdb") as engine:
        table = classify(loaded.take_table(), engine)   # noise, labels, repeats, copied texts
    problems = group_rows(table)
    analysis = summarize(loaded, with_problems(table, problems), problems)
    write_outputs(analysis, Path("out"), "zh")        # rows.parquet, rows.csv, summary.json, report.xlsx, report.html

What each step computes, and how well, is in docs/engine/.
"""

from bihuan.insight.analysis.classify_rows import classify
from bihuan.insight.analysis.loading import LoadedRows, Window, load
from bihuan.insight.analysis.outputs import write_outputs
from bihuan.insight.analysis.rows import COLUMNS
from bihuan.insight.analysis.summary import Analysis, summarize

__all__ = ["COLUMNS", "Analysis", "LoadedRows", "Window", "classify", "load", "summarize", "write_outputs"]
