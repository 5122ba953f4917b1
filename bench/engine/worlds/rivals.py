"""What one would do instead: the plain methods, on the same worlds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from bench.engine.worlds.measures import BEFORE, Measured
from bench.engine.worlds.slices import Slice
from bihuan.insight.columns import Floats


def chi_square(rows: Mapping[str, NDArray[np.str_]], hits: NDArray[np.bool_]) -> set[Slice]:
    """One dimension at a time, chi-square of every value against the rest, Bonferroni over all values, only excesses."""
    tests = []
    for name, column in rows.items():
        for value in np.unique(column):
            inside = column == value
            table = [[(hits & inside).sum(), (~hits & inside).sum()], [(hits & ~inside).sum(), (~hits & ~inside).sum()]]
            higher = hits[inside].mean() > hits.mean()
            p = (
                stats.chi2_contingency(table)[1]
                if np.min(np.sum(table, 0)) > 0 and np.min(np.sum(table, 1)) > 0
                else 1.0
            )
            tests.append((float(p), bool(higher), frozenset({(name, str(value))})))
    return {one for p, higher, one in tests if higher and p * len(tests) <= 0.05}


def rolling_z(counts: Floats, first: int, window: int = 28) -> Floats:
    """(count - mean) / standard deviation of the last `window` days, for the days from `first` on."""
    out = np.zeros((len(counts), counts.shape[1] - first))
    for day in range(first, counts.shape[1]):
        past = counts[:, day - window : day]
        out[:, day - first] = (counts[:, day] - past.mean(1)) / np.maximum(past.std(1), 1)
    return out


def before_after(world: Measured) -> float:
    """p of the pooled two-proportion z-test, nothing but before and after."""
    k = np.array([world.hits[:BEFORE].sum(), world.hits[BEFORE:].sum()])
    n = np.array([world.events[:BEFORE].sum(), world.events[BEFORE:].sum()])
    pooled = k.sum() / n.sum()
    z = (k[1] / n[1] - k[0] / n[0]) / np.sqrt(pooled * (1 - pooled) * (1 / n).sum())
    return float(2 * stats.norm.sf(abs(z)))
