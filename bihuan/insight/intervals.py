"""Intervals and tests for counts, shares and rates. Every interval is two-sided at `level` unless stated otherwise.

Sources: Wilson (1927); Clopper and Pearson (1934); Newcombe, Statistics in Medicine 17 (1998) 873, method 10; Brown, Cai and
DasGupta, Statistical Science 16 (2001) 101 for the Jeffreys interval; Benjamini and Hochberg (1995).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from bihuan.insight.columns import Floats
from bihuan.insight.lazy_modules import stats

METHOD = "intervals/1"
LEVEL = 0.95


class Interval(NamedTuple):
    """Lower and upper bound."""

    low: float
    high: float


def normal(level: float = LEVEL) -> float:
    """Two-sided normal quantile: 1.96 for 95 %."""
    return float(special.ndtri((1 + level) / 2))


def wilson(hits: float, n: float, level: float = LEVEL) -> Interval:
    """A share of counted rows. (0, 1) where there are none."""
    if n <= 0:
        return Interval(0.0, 1.0)
    z, share = normal(level), hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(max(0.0, float(middle - half)), min(1.0, float(middle + half)))


def jeffreys(hits: float, n: float, level: float = LEVEL) -> Interval:
    """A share by the Beta(1/2, 1/2) prior; 0 and 1 are bounds where nothing, or everything, was hit."""
    low = float(special.betaincinv(hits + 0.5, n - hits + 0.5, (1 - level) / 2)) if hits > 0 else 0.0
    high = float(special.betaincinv(hits + 0.5, n - hits + 0.5, (1 + level) / 2)) if hits < n else 1.0
    return Interval(low, high)


def clopper_pearson(hits: float, n: float, level: float = LEVEL) -> Interval:
    """A share, exact: never less than its level."""
    low = float(special.betaincinv(hits, n - hits + 1, (1 - level) / 2)) if hits > 0 else 0.0
    high = float(special.betaincinv(hits + 1, n - hits, (1 + level) / 2)) if hits < n else 1.0
    return Interval(low, high)


def poisson(count: float, level: float = LEVEL) -> Interval:
    """A mean from one count (Garwood 1936), exact."""
    low = float(special.gammaincinv(count, (1 - level) / 2)) if count > 0 else 0.0
    return Interval(low, float(special.gammaincinv(count + 1, (1 + level) / 2)))


def q_values(p: ArrayLike) -> Floats:
    """Benjamini-Hochberg: the smallest false discovery rate at which each would be reported. NaN stays NaN, uncounted."""
    given = np.asarray(p, dtype=float)
    out = np.full(given.shape, np.nan)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.argsort(given[known], kind="stable")]
    m = len(order)
    scaled = given[order] * m / np.arange(1, m + 1)
    out[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return out


def share_below(target: float, hits: int, level: float = LEVEL) -> int:
    """Exact gate: how many events with `hits` failures show a rate below `target` with one-sided confidence `level`.

    0 failures below 1 % need 299 events (0.99^299 < 5 %).
    """
    if not 0 < target < 1:
        raise ValueError("target is a share between 0 and 1")
    low, high = hits, max(16, hits * 2)
    while stats.binom.cdf(hits, high, target) > 1 - level:
        high *= 2
    while high - low > 1:
        half = (low + high) // 2
        low, high = (low, half) if stats.binom.cdf(hits, half, target) <= 1 - level else (half, high)
    return high
