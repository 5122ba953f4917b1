"""What comes along with a scenario: single values that are frequent in the problem, inside and outside of it.

New users may look affected only because they are mostly on Android. Compared inside the scenario and outside of it
separately (Mantel and Haenszel 1959), such a value loses its excess: it is marked as explained by the scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from bihuan.insight.columns import Floats, Ints, summed
from bihuan.insight.intervals import q_values
from bihuan.insight.scenes.cube import Condition
from bihuan.insight.scenes.leaves import Leaves
from bihuan.insight.scenes.told import Related

RATE = 0.05  # false discovery rate
FEWEST = 3


class _Value(NamedTuple):
    dimension: int
    value: int
    hits: float
    base: float
    expected: float
    p: float
    p_left: float
    best: int


def related(
    table: Leaves, masks: Sequence[NDArray[np.bool_]], found: Sequence[Sequence[Condition]], expected: Floats
) -> list[Related]:
    """Values with a marginal excess (q < 5 %), each with the scenario that explains it, by falling ratio."""
    own = {condition for conditions in found for condition in conditions}
    stratum = np.zeros(len(table.hits), dtype=np.int64)
    for number, mask in reversed(list(enumerate(masks))):
        stratum[mask] = number + 1
    values = [
        _value(table, Condition(d, v), stratum, masks, expected)
        for d in range(len(table.names))
        if len(table.values[d]) > 1
        for v in range(len(table.values[d]))
        if table.values[d][v] and Condition(d, v) not in own
    ]
    values = [v for v in values if v.hits >= FEWEST]
    q, q_left = q_values([v.p for v in values]), q_values([v.p_left for v in values])
    out = [
        Related(
            table.names[v.dimension],
            table.values[v.dimension][v.value],
            int(v.hits),
            float(v.hits / table.hits.sum()),
            float(v.base / table.base.sum()),
            v.hits / v.expected,
            float(one),
            None if left <= RATE else v.best,
        )
        for v, one, left in zip(values, q, q_left, strict=True)
        if one <= RATE
    ]
    return sorted(out, key=lambda r: (-r.ratio, r.dimension, r.value))


def _value(
    table: Leaves, one: Condition, stratum: Ints, masks: Sequence[NDArray[np.bool_]], expected: Floats
) -> _Value:
    inside = table.codes[one.dimension] == one.value
    whole = np.zeros(len(stratum), dtype=np.int64)
    apart = [_excess(table, inside, mask.astype(np.int64), expected) for mask in masks]
    hits, base = float(table.hits[inside].sum()), float(table.base[inside].sum())
    return _Value(
        one.dimension, one.value, hits, base, max(1e-12, float(expected[inside].sum())),
        _excess(table, inside, whole, expected), _excess(table, inside, stratum, expected), int(np.argmax(apart)),
    )  # fmt: skip


def _excess(table: Leaves, inside: NDArray[np.bool_], stratum: Ints, expected: Floats) -> float:
    """One-sided p that the value has more hits than its base gives in every stratum: hypergeometric (shares) or binomial."""
    groups = int(stratum.max()) + 1
    k, n = summed(stratum, table.hits, groups), summed(stratum, expected, groups)
    part = summed(stratum[inside], expected[inside], groups)
    share = np.divide(part, n, out=np.zeros(groups), where=n > 0)
    variance = k * share * (1 - share)
    if table.counted:
        rows = summed(stratum, table.base, groups)
        variance = variance * np.divide(rows - k, rows - 1, out=np.zeros(groups), where=rows > 1)
    hits, mean = float(table.hits[inside].sum()), float((k * share).sum())
    if mean < 5 or variance.sum() <= 0:
        return float(stats.poisson.sf(hits - 1, mean))
    return float(stats.norm.sf((hits - 0.5 - mean) / np.sqrt(variance.sum())))
