"""The counts of summary.json, each the size of a named set of rows (schema: insight/data/summary.schema.json)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from bihuan.core.text import Text
from bihuan.insight.analysis import quotes, results
from bihuan.insight.analysis.classify_rows import METHODS
from bihuan.insight.analysis.display_names import NOISE, name_of
from bihuan.insight.analysis.duplicate_rows import COPY
from bihuan.insight.analysis.exposure_files import Exposure
from bihuan.insight.analysis.loading import SOURCE_FIELDS, LoadedRows
from bihuan.insight.analysis.measures import Measure
from bihuan.insight.analysis.results import Results
from bihuan.insight.analysis.row_sets import ALL, NOT_NOISE, Key, RowSets, key
from bihuan.insight.analysis.rows import LABELS
from bihuan.insight.analysis.sampled_grouping import Problems
from bihuan.insight.classify import labels
from bihuan.insight.duplicate_detection.repeats import KINDS

SCHEMA = "bihuan.summary/1"
TOP = 5
SPLIT = {code.partition(".")[0] for code in labels.SECOND}  # first levels that have second ones
CODED = {"topic": "problem_types", "sentiment": "sentiments", "urgency": "urgencies"}


@dataclass
class Analysis:
    """The summary, the sets of rows behind it, and the rows quoted for each of the first problem types."""

    summary: dict[str, Any]
    row_sets: RowSets
    quotes: dict[str, list[int]]
    results: Results

    @property
    def linkable(self) -> bool:
        """Whether any row names its customer: without one a count of repeats, or of customers, would only look like none."""
        return bool(self.summary["repeats"]["linkable"])


def summarize(
    loaded: LoadedRows,
    table: pa.Table,
    problems: Problems,
    exposures: list[Exposure] | None = None,
    measures: list[Measure] | None = None,
) -> Analysis:
    """Count what was loaded and classified, and list what stands out. The same input gives the same summary, byte for byte."""
    listed = {key(unreadable=name): [at for at, _ in cells] for name, cells in loaded.unreadable.items()}
    row_sets = RowSets(table, {**listed, key(repeated_id="yes"): loaded.repeated_ids})
    compared = {column: _top_values(row_sets, column) for column in ("problem_type", "product")}
    chosen = {code: quotes.choose_quotes(row_sets, key(problem_type=code)) for code in compared["problem_type"]}
    result = results.find_results(row_sets, problems, exposures or [], measures or [], products=compared["product"])
    marked = {(exposure["column"], exposure["key"]) for exposure in result.changes if exposure["beyond_chance"]}
    summary = {
        "schema": SCHEMA,
        "methods": {**METHODS, **problems.methods, **results.METHODS, "quotes": quotes.METHOD},
        "files": [_file(source) for source in loaded.sources],
        "window": {name: day.isoformat() if day else None for name, day in loaded.window._asdict().items()},
        "period": _period(row_sets),
        "accounting": _accounting(loaded),
        "with_content": row_sets.size(NOT_NOISE),
        "channels": _counts(row_sets, "channel"),
        **{name: _counts(row_sets, column) for column, name in CODED.items()},
        "weeks": _weeks(row_sets),
        "compared_weeks": _compared(row_sets),
        "top_problem_types": _top(row_sets, "problem_type", marked),
        "top_products": _top(row_sets, "product", marked),
        "channel_changes": [
            _with_change(row_sets, "channel", channel, marked) for channel in row_sets.values("channel")
        ],
        "channel_weekdays": [_weekdays(row_sets, channel) for channel in row_sets.values("channel")],
        **result.to_json(),
        "exposures": [
            {"name": exposure.name.zh, "file": exposure.file, "total": float(exposure.amount.sum())}
            for exposure in result.exposures
        ],
        "repeats": _repeats(row_sets),
        "quality": _quality(loaded, row_sets),
    }
    return Analysis(summary, row_sets, chosen, result)


def _file(source: Any) -> dict[str, Any]:
    return {**source._asdict(), "warnings": [reason.to_json() for reason in source.warnings]}


def _period(row_sets: RowSets) -> dict[str, str] | None:
    return {"first": row_sets.span.first.isoformat(), "last": row_sets.span.last.isoformat()} if row_sets.span else None


def _accounting(loaded: LoadedRows) -> dict[str, Any]:
    return {
        "read": loaded.read,
        "rows": loaded.rows,
        "skipped": sum(loaded.skipped.values()),
        "skipped_why": _reasons(loaded.skipped),
        "outside_window": loaded.outside,
        "undated_left_out": loaded.undated_left_out,
    }


def _reasons(counted: Counter[Text]) -> list[dict[str, Any]]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].zh, pair[0].en))
    return [{"reason": reason.to_json(), "count": count} for reason, count in ordered]


def _count(row_sets: RowSets, value: str, name: Key) -> dict[str, Any]:
    rows, every = row_sets.size(name), row_sets.size(NOT_NOISE)
    return {"key": value, "rows": rows, "repeats": row_sets.repeats(name), "share": round(rows / every, 4)}


def _counts(row_sets: RowSets, column: str) -> list[dict[str, Any]]:
    return [_count(row_sets, value, ((column, value),)) for value in row_sets.values(column)]


def _weeks(row_sets: RowSets) -> list[dict[str, Any]]:
    if not row_sets.span:
        return []
    return [
        {
            "monday": start.isoformat(),
            "full": row_sets.span.full(start),
            "rows": row_sets.size(key(week=start.isoformat())),
        }
        for start in row_sets.span.mondays()
    ]


def _last_two(row_sets: RowSets) -> tuple[date, date] | None:
    return row_sets.span.last_two() if row_sets.span else None


def _compared(row_sets: RowSets) -> dict[str, str] | None:
    two = _last_two(row_sets)
    return {"last": two[0].isoformat(), "before": two[1].isoformat()} if two else None


def _top_values(row_sets: RowSets, column: str) -> list[str]:
    """The most frequent values that name something: neither blank nor "other"."""
    return [value for value in row_sets.values(column) if value not in ("", "other")][:TOP]


def _two(row_sets: RowSets, column: str, value: str, two: tuple[date, date]) -> tuple[int, int]:
    last, before = (row_sets.size(((column, value), ("week", start.isoformat()))) for start in two)
    return last, before


def _top(row_sets: RowSets, column: str, marked: set[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        _count(row_sets, value, ((column, value),)) | _with_change(row_sets, column, value, marked)
        for value in _top_values(row_sets, column)
    ]


def _with_change(row_sets: RowSets, column: str, value: str, marked: set[tuple[str, str]]) -> dict[str, Any]:
    """Rows of the last full week and of the one before; no "change" where the data does not cover two."""
    two = _last_two(row_sets)
    if not two:
        return {"key": value, "change": None}
    last, before = _two(row_sets, column, value, two)
    change = {
        "last": last,
        "before": before,
        "difference": last - before,
        "ratio": round(last / before - 1, 4) if before else None,
        "beyond_chance": (column, value) in marked,
    }
    return {"key": value, "change": change}


def _weekdays(row_sets: RowSets, channel: str) -> dict[str, Any]:
    rows = [row_sets.size(key(channel=channel, weekday=str(day))) for day in range(7)]
    return {"key": channel, "rows": rows, "undated": row_sets.size(key(channel=channel)) - sum(rows)}


def _repeats(row_sets: RowSets) -> dict[str, Any]:
    return {
        "rows": row_sets.size(key(repeat="yes")),
        "linkable": row_sets.size(key(linkable="yes")),
        "kinds": {kind: row_sets.size(key(duplicate_kind=kind)) for kind in KINDS},
        "copies": row_sets.size(key(duplicate_kind=COPY)),
    }


def _quality(loaded: LoadedRows, row_sets: RowSets) -> dict[str, Any]:
    every = row_sets.size(ALL)
    return {
        "noise": {kind: row_sets.size(key(noise=kind)) for kind in NOISE},
        "fields": [_field(loaded, name, every) for name in SOURCE_FIELDS],
        "undated": row_sets.size(key(received_at="")),
        "stray_dates": row_sets.size(key(stray="yes")),
        "repeated_ids": row_sets.size(key(repeated_id="yes")),
        "personal_data": row_sets.size(key(personal="yes")),
        "unsure": {label: row_sets.size(key(unsure=label)) for label in LABELS},
    }


def _field(loaded: LoadedRows, name: str, every: int) -> dict[str, Any]:
    cells = loaded.unreadable.get(name, [])
    filled = loaded.filled[name]
    return {
        "field": name,
        "read": filled,
        "unreadable": len(cells),
        "blank": every - filled - len(cells),
        "why": _reasons(Counter(reason for _, reason in cells)),
    }


def display_name(column: str, value: str) -> Text:
    """The name of a counted value; a topic is a problem type of the first level."""
    name = name_of("problem_type" if column == "topic" else column, value)
    if column == "problem_type" and value in SPLIT:
        return Text(f"{name.zh}（未细分）", f"{name.en} (not subdivided)")
    return name
