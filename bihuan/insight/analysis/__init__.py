"""From files of feedback to judged rows, counts and a report.

    gathered = gather(["反馈.xlsx"])          # rows as canonical fields, every physical row accounted for
    with opened("duckdb") as engine:
        table = classify(gathered.table, engine)  # noise, labels, repeats
    findings = summarise(gathered, table)     # counts, and behind every count its rows
    write(findings, Path("out"), "zh")        # rows.parquet, rows.csv, summary.json, report.xlsx, report.html

What each step computes, and how well, is in docs/engine.md.
"""

from bihuan.insight.analysis.classify_rows import classify
from bihuan.insight.analysis.loading import Gathered, Window, gather
from bihuan.insight.analysis.outputs import write
from bihuan.insight.analysis.rows import COLUMNS
from bihuan.insight.analysis.summary import Findings, summarise

__all__ = ["COLUMNS", "Findings", "Gathered", "Window", "classify", "gather", "summarise", "write"]
