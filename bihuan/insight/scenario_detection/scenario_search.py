"""Scenarios of one problem: the scan, its numbers, what comes along with them, and an honest answer where none passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bihuan.core.text import Text
from bihuan.insight.columns import summed
from bihuan.insight.intervals import wilson
from bihuan.insight.scenario_detection.confounding import related
from bihuan.insight.scenario_detection.cube import Condition, Cube
from bihuan.insight.scenario_detection.leaves import Leaves
from bihuan.insight.scenario_detection.scan import ALPHA, Slice, grouped, scan, standardised, tail
from bihuan.insight.scenario_detection.scenario_results import Scenario, ScenarioSearch

METHOD = "likelihood-scan/1"
DEPTH, MOST = 3, 6
EMPTY = 0.5  # share known below which a field is called mostly empty
FARTHEST = 10.0  # a hint that would need more than ten times the data is none
WEAKEST = 1.5  # ratio below which a hint is none


def find_scenarios(
    table: Leaves, *, depth: int = DEPTH, most: int = MOST, within: Sequence[str] = (), alpha: float = ALPHA
) -> ScenarioSearch:
    """The scenarios of the problem counted in `table`, the strongest evidence first.

    `within` names dimensions whose values are compared with themselves only: `within=["system"]` asks what is unusual
    inside each system, whatever their levels. The same table in any order of rows gives the same answer.
    """
    groups = grouped([table.codes[table.names.index(name)] for name in within]) if within else None
    expected = _expected(table, groups)
    cube = Cube(table.codes, table.sizes, depth, table.blank)
    result = scan(cube, table.hits, table.base, counted=table.counted, most=most, alpha=alpha, within=groups)
    scenarios = [
        _against_rest(describe_slice(table, cube, slice_, expected), table, cube.inside(slice_.conditions), groups)
        for slice_ in result.found
    ]
    answer = ScenarioSearch(
        scenarios,
        empty_fields=[(name, share) for d, name in enumerate(table.names) if (share := table.filled(d)) < EMPTY],
        unmatched=table.unmatched,
        slices=result.slices,
        method=METHOD,
    )
    if scenarios:
        masks = [cube.inside(slice_.conditions) for slice_ in result.found]
        return replace(
            answer,
            related=related(table, masks, [slice_.conditions for slice_ in result.found], expected if within else None),
        )
    return _not_explained(answer, table, cube, result.best, expected, alpha, counted=table.counted and groups is None)


def _expected(table: Leaves, groups: NDArray[np.int64] | None) -> NDArray[np.float64]:
    return standardised(table.hits, table.base, np.zeros(len(table.hits), dtype=np.int64) if groups is None else groups)


def describe_slice(table: Leaves, cube: Cube, slice_: Slice, expected: NDArray[np.float64]) -> Scenario:
    """The numbers of a slice over the whole table: nothing is taken out of what people read."""
    inside = cube.inside(slice_.conditions)
    hits, all_hits = int(table.hits[inside].sum()), int(table.hits.sum())
    who = table.customer[inside[table.hit_leaf]]
    return Scenario(
        conditions=named_conditions(table, slice_.conditions),
        hits=hits,
        all_hits=all_hits,
        base=float(table.base[inside].sum()),
        all_base=float(table.base.sum()),
        expected=float(expected[inside].sum()),
        interval=wilson(hits, all_hits),
        customers=len(np.unique(who[who >= 0])),
        score=slice_.score,
        p=slice_.p,
        denominator=table.denominator,
    )


def _against_rest(
    scenario: Scenario, table: Leaves, inside: NDArray[np.bool_], groups: NDArray[np.int64] | None
) -> Scenario:
    """With the reports that the rest of its groups leads to expect. A group that lies wholly in the slice has no rest."""
    among = np.zeros(len(table.hits), dtype=np.int64) if groups is None else groups
    many = int(among.max()) + 1
    k, n = (summed(among[inside], part[inside], many) for part in (table.hits, table.base))
    rest_k, rest_n = (summed(among[~inside], part[~inside], many) for part in (table.hits, table.base))
    rate = np.divide(rest_k, rest_n, out=np.divide(k, n, out=np.zeros(many), where=n > 0), where=rest_n > 0)
    return replace(scenario, usual=float((n * rate).sum()), peers=int((k + rest_k)[n > 0].sum()))


def named_conditions(table: Leaves, conditions: Sequence[Condition]) -> tuple[tuple[str, str], ...]:
    return tuple((table.names[c.dimension], table.values[c.dimension][c.value]) for c in conditions)


def _not_explained(
    answer: ScenarioSearch, table: Leaves, cube: Cube, best: Slice | None, expected: NDArray[np.float64], alpha: float, *, counted: bool
) -> ScenarioSearch:  # fmt: skip
    """“Not explained by the recorded dimensions”, which fields are empty, and how many more reports would settle the hint."""
    zh, en = "记录的维度不能解释这个问题", "Not explained by the recorded dimensions"
    if answer.empty_fields:
        names = [name for name, _ in answer.empty_fields]
        zh, en = f"{zh}；多为空白：{'、'.join(names)}", f"{en}; mostly empty: {', '.join(names)}"
    hint = describe_slice(table, cube, best, expected) if best else None
    more = _more_reports(hint, answer.slices, alpha, counted) if hint and hint.ratio >= WEAKEST else None
    if more is None or hint is None:
        return replace(answer, note=Text(zh, en))
    where = " ".join(value for _, value in hint.conditions)
    return replace(
        answer,
        hint=hint,
        more_needed=more,
        note=Text(
            f"{zh}。最像的是{where}，还差约 {more} 条这类反馈才能确定",
            f"{en}. The strongest hint is {where}: about {more} more such reports are needed to be sure",
        ),
    )


def _more_reports(hint: Scenario, slices: int, alpha: float, counted: bool) -> int | None:
    """More problem reports until the hint would pass, if all shares stay as they are."""

    def passes(times: float) -> bool:
        scale = (hint.hits * times, hint.base * times, hint.all_hits * times, hint.all_base * times)
        if not counted:
            scale = (scale[0], hint.expected, scale[2], float(hint.all_hits))
        return tail(*scale, counted) * slices <= alpha

    if not passes(FARTHEST):
        return None
    low, high = 1.0, FARTHEST
    while (high - low) * hint.all_hits > 0.5:
        middle = (low + high) / 2
        low, high = (low, middle) if passes(middle) else (middle, high)
    return max(1, int(np.ceil((high - 1) * hint.all_hits)))
