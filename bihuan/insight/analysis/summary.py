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
from bihuan.insight.analysis.loading import SOURCE_FIELDS, Gathered
from bihuan.insight.analysis.measures import Measure
from bihuan.insight.analysis.results import Told
from bihuan.insight.analysis.row_sets import ALL, VOICED, Cuts, Key, key
from bihuan.insight.analysis.rows import LABELS
from bihuan.insight.analysis.sampled_grouping import Problems
from bihuan.insight.classify import labels
from bihuan.insight.duplicates.repeats import KINDS

SCHEMA = "bihuan.summary/1"
TOP = 5
SPLIT = {code.partition(".")[0] for code in labels.SECOND}  # first levels that have second ones
CODED = {"topic": "problem_types", "sentiment": "sentiments", "urgency": "urgencies"}


@dataclass
class Findings:
    """The summary, the sets of rows behind it, and the rows quoted for each of the first problem types."""

    summary: dict[str, Any]
    cuts: Cuts
    quotes: dict[str, list[int]]
    told: Told

    @property
    def linkable(self) -> bool:
        """Whether any row tells its customer: without one a count of repeats, or of customers, would only look like none."""
        return bool(self.summary["repeats"]["linkable"])


def summarise(
    gathered: Gathered,
    table: pa.Table,
    problems: Problems,
    exposures: list[Exposure] | None = None,
    measures: list[Measure] | None = None,
) -> Findings:
    """Count what was gathered and judged, and say what stands out. The same input gives the same summary, byte for byte."""
    listed = {key(unreadable=name): [at for at, _ in cells] for name, cells in gathered.unreadable.items()}
    cuts = Cuts(table, {**listed, key(repeated_id="yes"): gathered.repeated_ids})
    compared = {column: _named(cuts, column) for column in ("problem_type", "product")}
    chosen = {code: quotes.choose(cuts, key(problem_type=code)) for code in compared["problem_type"]}
    found = results.tell(cuts, problems, exposures or [], measures or [], products=compared["product"])
    marked = {(one["column"], one["key"]) for one in found.changes if one["beyond_chance"]}
    summary = {
        "schema": SCHEMA,
        "methods": {**METHODS, **problems.methods, **results.METHODS, "quotes": quotes.METHOD},
        "files": [_file(source) for source in gathered.sources],
        "window": {name: day.isoformat() if day else None for name, day in gathered.window._asdict().items()},
        "period": _period(cuts),
        "accounting": _accounting(gathered),
        "voices": cuts.size(VOICED),
        "channels": _counts(cuts, "channel"),
        **{name: _counts(cuts, column) for column, name in CODED.items()},
        "weeks": _weeks(cuts),
        "compared_weeks": _compared(cuts),
        "top_problem_types": _top(cuts, "problem_type", marked),
        "top_products": _top(cuts, "product", marked),
        "channel_changes": [_changed(cuts, "channel", channel, marked) for channel in cuts.values("channel")],
        "channel_weekdays": [_weekdays(cuts, channel) for channel in cuts.values("channel")],
        **found.to_json(),
        "exposures": [
            {"name": one.name.zh, "file": one.file, "total": float(one.amount.sum())} for one in found.exposures
        ],
        "repeats": _repeats(cuts),
        "quality": _quality(gathered, cuts),
    }
    return Findings(summary, cuts, chosen, found)


def _file(source: Any) -> dict[str, Any]:
    return {**source._asdict(), "warnings": [said.to_json() for said in source.warnings]}


def _period(cuts: Cuts) -> dict[str, str] | None:
    return {"first": cuts.span.first.isoformat(), "last": cuts.span.last.isoformat()} if cuts.span else None


def _accounting(gathered: Gathered) -> dict[str, Any]:
    return {
        "read": gathered.read,
        "rows": gathered.rows,
        "skipped": sum(gathered.skipped.values()),
        "skipped_why": _reasons(gathered.skipped),
        "outside_window": gathered.outside,
        "undated_left_out": gathered.undated_left_out,
    }


def _reasons(counted: Counter[Text]) -> list[dict[str, Any]]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].zh, pair[0].en))
    return [{"reason": said.to_json(), "count": count} for said, count in ordered]


def _count(cuts: Cuts, value: str, name: Key) -> dict[str, Any]:
    rows, every = cuts.size(name), cuts.size(VOICED)
    return {"key": value, "rows": rows, "repeats": cuts.repeats(name), "share": round(rows / every, 4)}


def _counts(cuts: Cuts, column: str) -> list[dict[str, Any]]:
    return [_count(cuts, value, ((column, value),)) for value in cuts.values(column)]


def _weeks(cuts: Cuts) -> list[dict[str, Any]]:
    if not cuts.span:
        return []
    return [
        {"monday": start.isoformat(), "full": cuts.span.full(start), "rows": cuts.size(key(week=start.isoformat()))}
        for start in cuts.span.mondays()
    ]


def _last_two(cuts: Cuts) -> tuple[date, date] | None:
    return cuts.span.last_two() if cuts.span else None


def _compared(cuts: Cuts) -> dict[str, str] | None:
    two = _last_two(cuts)
    return {"last": two[0].isoformat(), "before": two[1].isoformat()} if two else None


def _named(cuts: Cuts, column: str) -> list[str]:
    """The most frequent values that name something: neither blank nor "other"."""
    return [value for value in cuts.values(column) if value not in ("", "other")][:TOP]


def _two(cuts: Cuts, column: str, value: str, two: tuple[date, date]) -> tuple[int, int]:
    last, before = (cuts.size(((column, value), ("week", start.isoformat()))) for start in two)
    return last, before


def _top(cuts: Cuts, column: str, marked: set[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        _count(cuts, value, ((column, value),)) | _changed(cuts, column, value, marked)
        for value in _named(cuts, column)
    ]


def _changed(cuts: Cuts, column: str, value: str, marked: set[tuple[str, str]]) -> dict[str, Any]:
    """Rows of the last full week and of the one before; no "change" where the data does not cover two."""
    two = _last_two(cuts)
    if not two:
        return {"key": value, "change": None}
    last, before = _two(cuts, column, value, two)
    change = {
        "last": last,
        "before": before,
        "difference": last - before,
        "ratio": round(last / before - 1, 4) if before else None,
        "beyond_chance": (column, value) in marked,
    }
    return {"key": value, "change": change}


def _weekdays(cuts: Cuts, channel: str) -> dict[str, Any]:
    rows = [cuts.size(key(channel=channel, weekday=str(day))) for day in range(7)]
    return {"key": channel, "rows": rows, "undated": cuts.size(key(channel=channel)) - sum(rows)}


def _repeats(cuts: Cuts) -> dict[str, Any]:
    return {
        "rows": cuts.size(key(repeat="yes")),
        "linkable": cuts.size(key(linkable="yes")),
        "kinds": {kind: cuts.size(key(duplicate_kind=kind)) for kind in KINDS},
        "copies": cuts.size(key(duplicate_kind=COPY)),
    }


def _quality(gathered: Gathered, cuts: Cuts) -> dict[str, Any]:
    every = cuts.size(ALL)
    return {
        "noise": {kind: cuts.size(key(noise=kind)) for kind in NOISE},
        "fields": [_field(gathered, name, every) for name in SOURCE_FIELDS],
        "undated": cuts.size(key(received_at="")),
        "stray_dates": cuts.size(key(stray="yes")),
        "repeated_ids": cuts.size(key(repeated_id="yes")),
        "personal_data": cuts.size(key(personal="yes")),
        "unsure": {label: cuts.size(key(unsure=label)) for label in LABELS},
    }


def _field(gathered: Gathered, name: str, every: int) -> dict[str, Any]:
    cells = gathered.unreadable.get(name, [])
    filled = gathered.filled[name]
    return {
        "field": name,
        "read": filled,
        "unreadable": len(cells),
        "blank": every - filled - len(cells),
        "why": _reasons(Counter(said for _, said in cells)),
    }


def said_name(column: str, value: str) -> Text:
    """The name of a counted value; a topic is a problem type of the first level."""
    name = name_of("problem_type" if column == "topic" else column, value)
    if column == "problem_type" and value in SPLIT:
        return Text(f"{name.zh}（未细分）", f"{name.en} (not subdivided)")
    return name
