"""In which scenarios the problems stand out: the scan of `insight.scenario_detection` over types and problems, against what is known.

Against all feedback a product is compared with itself only (more parcels are complained about where parcels are sold);
against an exposure, a system or a province with its own level. Batches of one product are compared with each other as if
as many had been sold of each, and the sentence says so. A repeat of one customer is no second report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from bihuan.core.text import Text
from bihuan.insight.analysis.exposure_files import Exposure, summed_over
from bihuan.insight.analysis.row_sets import NOT_NOISE, Key, Mask, RowSets
from bihuan.insight.analysis.rows import day_number, day_of
from bihuan.insight.analysis.targets import Target
from bihuan.insight.columns import coded
from bihuan.insight.scenario_detection import (
    EVEN,
    METHOD,
    Leaves,
    Scenario,
    count_leaves,
    find_scenarios,
    mark_hits,
    with_even_exposure,
    with_exposure,
)

DIMENSIONS = ("product", "system", "version", "province", "channel", "customer_type", "batch", "week")
FILLED_SHARE = 0.03  # share of rows with a value in a dimension, from which it is used
WITHOUT_REPEATS: Key = (*NOT_NOISE, ("repeat", "no"))
ALL_FEEDBACK = Text("按它在全部反馈中的份额", "by its share of all feedback")


@dataclass(frozen=True)
class TargetScenario:
    """One scenario of a target, as read. `where` are its conditions but the time, `span` its days (numbers, both included;
    None for all). `per` says what is expected. `rows` is the set behind it. `explained_by`: the place in the list of the
    scenario it only comes along with; `about`: products that nearly all of it is about; `quote` (a row) speaks for it."""

    target: Target
    scenario: Scenario
    denominator: str
    per: Text
    where: tuple[tuple[str, str], ...]
    span: tuple[int, int] | None
    rows: Key
    explained_by: int | None = None
    about: tuple[str, ...] = ()
    quote: int | None = None
    sentence: Text = field(default=Text("", ""))


def scan_targets(
    row_sets: RowSets, wanted: Sequence[Target], exposures: Sequence[Exposure]
) -> tuple[list[TargetScenario], int]:
    """(what the scans of all targets found, the strongest evidence first; how many scans there were).

    Each scan has paid for its own slices; that many targets were scanned is paid for where the findings are compared
    (`explaining`). Of one slice under several denominators the strongest is kept.
    """
    scanner = _TargetScanner(row_sets, exposures)
    best: dict[tuple[str, str, tuple[tuple[str, str], ...], tuple[int, int] | None], TargetScenario] = {}
    for scenario in (scenario for target in wanted for scenario in scanner.ask(target)):
        place = (scenario.target.kind, scenario.target.code, scenario.where, scenario.span)
        if place not in best or scenario.scenario.score > best[place].scenario.score:
            best[place] = scenario
    return sorted(best.values(), key=by_evidence), scanner.scans


def by_evidence(scenario: TargetScenario) -> tuple[float, int, str, tuple[tuple[str, str], ...]]:
    """The strongest evidence first; where it is equal (the same rows by other names) types before subjects and problems."""
    kinds = ("problem_type", "subject", "product", "problem")
    return (
        -round(scenario.scenario.score, 3),
        kinds.index(scenario.target.kind),
        scenario.target.code,
        scenario.scenario.conditions,
    )


class _TargetScanner:
    """Scans for one target after another over the same columns."""

    def __init__(self, row_sets: RowSets, exposures: Sequence[Exposure]) -> None:
        self.row_sets = row_sets
        self.scans = 0
        self.inside: Mask = row_sets.mask(WITHOUT_REPEATS)
        self.columns: dict[str, Any] = {
            name: self._coded(row_sets.column(name)) for name in (*DIMENSIONS, "customer_id")
        }
        self.dims = [name for name in DIMENSIONS if self._is_filled(name)]
        every, plain = np.ones(int(self.inside.sum()), dtype=bool), [name for name in self.dims if name != "batch"]
        self.all_feedback = count_leaves(self.columns, plain, every, customer="customer_id")
        self.batches = count_leaves(self.columns, ["product", "batch"], every, customer="customer_id")
        # Of a file with several columns of numbers the last: users come before what they did (orders, payments).
        last = {exposure.file: exposure for exposure in exposures}
        self.tables = [self._exposed(exposure, every) for exposure in last.values()]

    def ask(self, target: Target) -> list[TargetScenario]:
        hit = self.row_sets.mask(target.rows)[self.inside]
        result: list[TargetScenario] = []
        if target.kind != "product":
            level = [name for name in ("product",) if name in self.dims]
            result += self._read(target, mark_hits(self.all_feedback, hit), level, "all_feedback", ALL_FEEDBACK)
        for exposure, every, amounts in self.tables:
            dims = every.names
            if not dims:
                continue
            table = with_exposure(mark_hits(every, hit), amounts, "amount", exposure.name)
            level = [name for name in ("system", "province") if name in dims and len(dims) > 1]
            per = Text(f"按{exposure.name.zh}", f"for as many {exposure.name.en}")
            result += self._read(target, table, level, exposure.name.zh, per, exposure)
        if target.kind == "problem_type" and "batch" in self.dims and "product" in self.dims:
            result += self._batches(target, hit)
        return result

    def _batches(self, target: Target, hit: Mask) -> list[TargetScenario]:
        """Batches of a product against each other."""
        table = with_even_exposure(mark_hits(self.batches, hit))
        return [] if table is None else self._read(target, table, ["product"], "even", EVEN)

    def _read(
        self, target: Target, table: Leaves, within: Sequence[str], denominator: str, per: Text, exposure: Exposure | None = None
    ) -> list[TargetScenario]:  # fmt: skip
        found = find_scenarios(table, within=within)
        self.scans += 1
        return [
            self._target_scenario(target, scenario, denominator, per, table.names, exposure)
            for scenario in found.scenarios
        ]

    def _target_scenario(
        self, target: Target, scenario: Scenario, denominator: str, per: Text, names: Sequence[str], exposure: Exposure | None
    ) -> TargetScenario:  # fmt: skip
        where = tuple(pair for pair in scenario.conditions if pair[0] != "week")
        week = next((value for column, value in scenario.conditions if column == "week"), None)
        span = None
        if week is not None:
            first = exposure.first + 7 * int(week) if exposure else day_number(date.fromisoformat(week))
            span = (first, first + 6)
        # Rows without a value of what the denominator is divided by are in no rate.
        known: Key = (("known", " ".join(names)),) if denominator != "all_feedback" else ()
        rows = (*target.rows, *where, *within_days(span), *known, ("repeat", "no"))
        return TargetScenario(target, scenario, denominator, per, where, span, rows)

    def _coded(self, column: Any) -> pa.DictionaryArray:
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        return (array if pa.types.is_dictionary(array.type) else array.dictionary_encode()).filter(
            pa.array(self.inside)
        )

    def _is_filled(self, name: str) -> bool:
        codes, values = coded(self.columns[name])
        filled = int((codes != values.index("")).sum()) if "" in values else len(codes)
        return filled >= max(1, FILLED_SHARE * len(codes)) and len([value for value in values if value]) > 1

    def _exposed(self, exposure: Exposure, every: Mask) -> tuple[Exposure, Leaves, Any]:
        """(the exposure, all rows by the dimensions that both know, the amounts by them; weeks as the exposure counts them)."""
        dims = [name for name in exposure.dims if name in self.dims]
        if "week" in self.dims:
            dims.append("week")
        bins = exposure.bins(self.row_sets.days)[self.inside]
        dated = self.row_sets.days[self.inside] != -1
        week = pa.array(
            [str(b) if d else "" for b, d in zip(bins.tolist(), dated.tolist(), strict=True)]
        ).dictionary_encode()
        table = count_leaves(self.columns | {"week": week}, dims, every, customer="customer_id")
        return exposure, table, summed_over(exposure, dims)


def within_days(span: tuple[int, int] | None) -> Key:
    """The days of a scenario as parts of the name of a set."""
    return (("since", day_of(span[0]).isoformat()), ("until", day_of(span[1]).isoformat())) if span else ()


__all__ = ["METHOD", "TargetScenario", "by_evidence", "scan_targets", "within_days"]
