"""What comes along with a scenario: single values that are frequent in the problem, inside and outside of it.

New users may look affected only because they are mostly on Android. Compared inside the scenario and outside of it
separately (Mantel and Haenszel 1959), such a value loses its excess: it is marked as explained by the scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.columns import Floats, Ints, summed
from bihuan.insight.intervals import q_values
from bihuan.insight.lazy_modules import stats
from bihuan.insight.scenario_detection.cube import Condition
from bihuan.insight.scenario_detection.leaves import Leaves
from bihuan.insight.scenario_detection.scenario_results import Related

RATE = 0.05  # false discovery rate
FEWEST = 3
EVERY = slice(None)


class _Value(NamedTuple):
    dimension: int
    value: int
    hits: float
    base: float
    expected: float
    p: float
    p_left: float
    best: int


class _Parts(NamedTuple):
    """Sums by the combinations of scenarios that leaves lie in: all (parts), and of every value of a dimension (values × parts)."""

    hits: Floats
    expected: Floats
    base: Floats
    of_hits: list[Floats]
    of_expected: list[Floats]
    of_base: list[Floats]


def related(
    table: Leaves, masks: Sequence[NDArray[np.bool_]], result: Sequence[Sequence[Condition]], expected: Floats | None
) -> list[Related]:
    """Values with a marginal excess (q < 5 %), each with the scenario that explains it, by falling ratio.

    `masks`: the leaves of each scenario. `expected` reports of each leaf, None where they go by the base alone.
    """
    own = {condition for conditions in result for condition in conditions}
    known = (np.arange(2 ** len(masks))[:, None] >> np.arange(len(masks)) & 1).astype(bool)
    joint = np.zeros(len(table.hits), dtype=np.int64)
    for number, mask in enumerate(masks):
        joint[mask] += 1 << number
    parts = _summed(table, joint, len(known), expected)
    # Inside the first scenario, inside the second but not the first, … and outside of all.
    strata = np.where(known.any(1), known.argmax(1) + 1, 0)
    values = [
        _value(Condition(d, v), parts, strata, known, table.counted)
        for d in range(len(table.names))
        if len(table.values[d]) > 1
        for v in range(len(table.values[d]))
        if table.values[d][v] and Condition(d, v) not in own and parts.of_hits[d][v].sum() >= FEWEST
    ]
    q, q_left = q_values([v.p for v in values]), q_values([v.p_left for v in values])
    out = [
        Related(
            table.names[v.dimension],
            table.values[v.dimension][v.value],
            int(v.hits),
            float(v.hits / parts.hits.sum()),
            float(v.base / parts.base.sum()),
            v.hits / v.expected,
            float(q_value),
            None if left <= RATE else v.best,
        )
        for v, q_value, left in zip(values, q, q_left, strict=True)
        if q_value <= RATE
    ]
    return sorted(out, key=lambda r: (-r.ratio, r.dimension, r.value))


def _summed(table: Leaves, joint: Ints, many: int, expected: Floats | None) -> _Parts:
    """`expected` None: the same rate everywhere, so expected reports are the base on another scale."""
    ones = bool((table.base == 1).all())
    reported = np.flatnonzero(table.hits)

    def each(weights: Floats | None, leaves: Ints | slice = EVERY) -> list[Floats]:
        return [
            summed(codes[leaves] * many + joint[leaves], weights, size * many).reshape(size, many)
            for codes, size in zip(table.codes, table.sizes, strict=True)
        ]

    base, of_base = summed(joint, None if ones else table.base, many), each(None if ones else table.base)
    rate = table.hits.sum() / max(base.sum(), 1e-300)
    return _Parts(
        summed(joint, table.hits, many), base * rate if expected is None else summed(joint, expected, many), base,
        each(table.hits[reported], reported), [b * rate for b in of_base] if expected is None else each(expected), of_base,
    )  # fmt: skip


def _value(condition: Condition, parts: _Parts, strata: Ints, known: NDArray[np.bool_], counted: bool) -> _Value:
    d, v = condition
    hits, part = float(parts.of_hits[d][v].sum()), parts.of_expected[d][v]
    whole = np.zeros(len(strata), dtype=np.int64)
    apart = [_excess(hits, part, parts, known[:, s].astype(np.int64), counted) for s in range(known.shape[1])]
    return _Value(
        d, v, hits, float(parts.of_base[d][v].sum()), max(1e-12, float(part.sum())),
        _excess(hits, part, parts, whole, counted), _excess(hits, part, parts, strata, counted), int(np.argmax(apart)),
    )  # fmt: skip


def _excess(hits: float, part: Floats, parts: _Parts, strata: Ints, counted: bool) -> float:
    """One-sided p that the value has more hits than its base gives in every stratum: hypergeometric (shares) or binomial."""
    groups = int(strata.max()) + 1
    k, n = summed(strata, parts.hits, groups), summed(strata, parts.expected, groups)
    share = np.divide(summed(strata, part, groups), n, out=np.zeros(groups), where=n > 0)
    variance = k * share * (1 - share)
    if counted:
        rows = summed(strata, parts.base, groups)
        variance = variance * np.divide(rows - k, rows - 1, out=np.zeros(groups), where=rows > 1)
    mean = float((k * share).sum())
    if mean < 5 or variance.sum() <= 0:
        return float(stats.poisson.sf(hits - 1, mean))
    return float(stats.norm.sf((hits - 0.5 - mean) / np.sqrt(variance.sum())))
