"""What stands out among the feedback items: the same scan the report makes of a file, over the rows of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bihuan.core.text import Text
from bihuan.feedback import feedback_choices
from bihuan.feedback.conditions import SCENARIO_TITLES
from bihuan.findings.feedback_frame import Frame
from bihuan.insight.analysis.classify_rows import classify
from bihuan.insight.analysis.detection import Detected, detect
from bihuan.insight.analysis.exposure_files import Exposure
from bihuan.insight.analysis.row_sets import Key, RowSets
from bihuan.insight.analysis.rows import SOURCE_COLUMNS, TEXT
from bihuan.insight.analysis.sampled_grouping import largest
from bihuan.insight.analysis.target_scenarios import TargetScenario, within_days
from bihuan.insight.engines import open_engine

LISTED = 50
"""Problems that may be looked into; the engine takes the largest of them."""


@dataclass(frozen=True)
class ScanResult:
    """What was found, and the rows it was found in."""

    found: Detected
    row_sets: RowSets
    pks: np.ndarray[Any, Any]

    def feedback_items(self, rows: Key) -> list[int]:
        """The keys of the feedback items in a set of rows."""
        return [int(pk) for pk in self.pks[self.row_sets.mask(rows)]]


def scan(
    frame: Frame,
    rows: pa.Table,
    problems: Mapping[str, list[int]],
    titles: Mapping[str, str],
    exposures: Sequence[Exposure] = (),
) -> ScanResult:
    """The scan over these feedback items, as judged; ``problems``: the engine's id → keys of its feedback items."""
    pks = frame.table["pk"].to_numpy()
    place = {pk: problem for problem, feedback_items in problems.items() for pk in feedback_items}
    ids = pa.array([place.get(pk, "") for pk in pks.tolist()], TEXT)
    row_sets = RowSets(rows.append_column("problem_id", ids), {}, names())
    return ScanResult(detect(row_sets, largest(row_sets, LISTED), titles, exposures), row_sets, pks)


def classified(frame: Frame) -> pa.Table:
    """The feedback items as the engine judges a file's rows; what a person said of them, or merged, stands."""
    table = frame.table
    columns = {
        name: table[_OWN.get(name, name)].cast(kind, safe=False)  # of a moment the parts of a second are dropped
        for name, kind in zip(SOURCE_COLUMNS.names, SOURCE_COLUMNS.types, strict=True)
    }
    columns |= {name: pc.fill_null(column, "") for name, column in columns.items() if column.type == TEXT}
    with open_engine("duckdb") as engine:
        found = classify(pa.table(columns, SOURCE_COLUMNS), engine)
    mood = pc.if_else(pc.equal(table["sentiment"], ""), found["sentiment"], table["sentiment"])
    again = pc.if_else(table["merged"], "merged", found["duplicate_kind"])
    for name, column in (("problem_type", table["detail"]), ("sentiment", mood), ("duplicate_kind", again)):
        found = found.set_column(found.column_names.index(name), name, column.cast(TEXT))
    return found


_OWN = {"row_id": "pk", "customer_id": "customer"}


def names() -> dict[tuple[str, str], Text]:
    """How this organisation calls its codes."""
    coded = {
        "channel": feedback_choices.CHANNELS,
        "customer_type": feedback_choices.CUSTOMER_TYPES,
        "problem_type": feedback_choices.PROBLEM_TYPES,
    }
    return {(column, code): name for column, all_ in coded.items() for code, name in all_.items()}


HEADS: dict[str, Text] = SCENARIO_TITLES | {
    "province": Text("省份", "Province"),
    "since": Text("自", "From"),
    "until": Text("至", "To"),
}


def figures(found: TargetScenario, row_sets: RowSets) -> dict[str, Any]:
    """The table behind a scenario's sentence."""
    one = found.scenario
    share, times = one.interval, one.times_interval
    where = (*found.where, *within_days(found.span))
    rows: Iterable[tuple[Text, str]] = (
        (Text("该场景的反馈", "Feedback items in it"), f"{one.hits} / {one.all_hits}"),
        (Text("占全部的份额(95% 区间)", "Share of all (95 %)"), f"{one.share:.1%} ({share.low:.1%}–{share.high:.1%})"),
        (Text("照其余部分应有条数，{per}", "Expected by the rest, {per}", per=found.per), f"{one.usual:,.1f}"),
        (
            Text("倍数(实际 ÷ 应有，95% 区间)", "Ratio (observed ÷ expected, 95 %)"),
            f"{one.times:.2f} ({times.low:.2f}–{times.high:.2f})",
        ),
        (Text("客户数", "Customers"), str(one.customers)),
        (Text("偶然的可能(已计多次检验)", "Chance (tries paid for)"), f"{one.p:.2g}"),
    )
    values = ((HEADS[column], row_sets.name_of(column, value)) for column, value in where)
    placed = ((head, name.zh if name.zh == name.en else f"{name.zh} / {name.en}") for head, name in values)
    return as_table([*rows, *placed])


def as_table(rows: Iterable[tuple[Text, str]]) -> dict[str, Any]:
    """The rows of a finding's table as a signal keeps them."""
    return {"rows": [{**t.to_json(), "value": value} for t, value in rows]}
