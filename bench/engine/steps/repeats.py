"""Repeats of the same customer in the export, by whatever key links them; and customers who only sound alike."""

from __future__ import annotations

from collections.abc import Iterator

from bench.engine.figures import Figure
from bench.engine.meter import Meter
from bench.engine.texts import Rows, export, f1
from bihuan.insight.duplicate_detection.repeats import columns_of, repeats, repeats_in_columns
from bihuan.insight.duplicate_detection.text_likeness import fingerprint

ROW = 2
TITLE = "同一客户的重复反馈 / repeats of the same customer"


def figures() -> Iterator[Figure]:
    for name in ("demo_export", "demo_open"):
        rows = export(name)
        columns = columns_of(rows)
        repeats_in_columns(columns_of(rows[:500]))  # tables are made at the first call
        with Meter() as spent:
            found = repeats_in_columns(columns)
        pairs = {(one.item, one.of) for one in found}
        true = {
            (row["id"], row["truth"]["duplicate_of"])
            for row in rows
            if row["truth"]["duplicate_of"] and row["truth"]["duplicate_linkable"] != "none"
        }
        precision, recall, score = f1(pairs, true)
        note = f"P {precision:.3f} R {recall:.3f}, {len(true)} repeats in {len(rows):,} rows"
        exact = {"customer + exact words": f1(_exact(rows), true)[2]}
        yield Figure("repeats", f"{name}: F1", score, 0.97, 0.99, baseline=exact, note=note)
        alike = {(row["id"], row["truth"]["similar_issue_to"]) for row in rows if row["truth"]["similar_issue_to"]}
        if alike:
            share = len(pairs & alike) / len(alike)
            yield Figure("repeats", f"{name}: like ones of others merged", share, 0.01, 0, better="lower")
        million = spent.cpu / len(rows) * 1e6
        must = 15 if len(rows) > 10_000 else None  # fixed costs weigh on a small file
        yield Figure("repeats", f"{name}: CPU s per million rows", million, must, 5, better="lower")
    with Meter() as spent:
        for row in rows[-200:]:
            repeats([*rows[-260:-200], row])
    yield Figure("repeats", "one arrival against 60 earlier rows", spent.cpu / 200 * 1000, 30, 1, "ms", "lower")


def _exact(rows: Rows) -> set[tuple[str, str]]:
    """What a script would do: the same customer number and the same words."""
    first: dict[tuple[str, str], str] = {}
    found = set()
    for row in sorted(rows, key=lambda row: row["received_at"]):
        if row["customer_no"] and (key := fingerprint(row["text"])):
            of = first.setdefault((row["customer_no"], key), row["id"])
            if of != row["id"]:
                found.add((row["id"], of))
    return found
