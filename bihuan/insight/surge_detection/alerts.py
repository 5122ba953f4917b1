"""Every series looked at on every day: expected, chance, false discovery rate, and what is open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from bihuan.insight.columns import Floats, Ints
from bihuan.insight.intervals import q_values
from bihuan.insight.surge_detection.baseline import WINDOW, Baseline, fit

METHOD = "nb-baseline/1"
SPANS = (1, 2, 4)  # days summed: a slow ramp shows over several
TRIES = 2.0  # what looking at three overlapping spans costs
OPEN_Q, CLOSE_P = 0.05, 0.2  # q below which an alarm opens; p above which a quiet day counts towards closing it
QUIET_DAYS = 2  # quiet days in a row that close it


@dataclass(frozen=True)
class SurgeTests:
    """All arrays (series × days watched); `first` is the number of the first day watched.

    `p`: chance of as many reports in the last 1, 2 or 4 days; `q`: Benjamini-Hochberg over the series of that day;
    `open`: an alarm stands; `began`: the first of the days whose sum raised it (-1: none).
    """

    counts: Floats
    expected: Floats
    size: Floats
    p: Floats
    q: Floats
    open: NDArray[np.bool_]
    began: Ints
    age: Ints
    first: int
    method: str = METHOD


def detect_surges(
    counts: ArrayLike, *, weekday: int = 0, groups: ArrayLike | None = None, exposure: ArrayLike | None = None,
    born: ArrayLike | None = None, days: int = 28, threshold: float = OPEN_Q,
) -> SurgeTests:  # fmt: skip
    """Watch the last `days` days of `counts` (series × days, one row a problem, or a problem in a channel).

    `weekday`: of day 0, Monday is 0. `groups`: the channel of each series, whose weekday shape it shares. `exposure`
    (same shape, or one row for all): active users, calls or orders of the day. `born`: the day each series began;
    by default its first report. A series younger than two weeks is compared with what the fleet's series bring.
    """
    y = np.asarray(counts, dtype=float)
    series, total = y.shape
    group = np.zeros(series, dtype=np.int64) if groups is None else np.asarray(groups, dtype=np.int64)
    base = np.ones_like(y) if exposure is None else np.broadcast_to(np.asarray(exposure, dtype=float), y.shape)
    begins = np.where(y.any(1), (y > 0).argmax(1), total) if born is None else np.asarray(born)
    alive = (np.arange(total)[None, :] >= begins[:, None]).astype(float)
    weekdays = (weekday + np.arange(total)) % 7
    start = max(1, total - days)
    out = [np.zeros((series, total - start)) for _ in range(3)]
    span = np.ones((series, total - start), dtype=np.int64)
    for at, day in enumerate(range(start, total)):
        past = slice(max(0, day - WINDOW), day)
        baseline = fit(y[:, past], weekdays[past], group, base[:, past], alive[:, past])
        for keep, value in zip([*out, span], _test_day(y, baseline, weekdays, base, day, total), strict=True):
            keep[:, at] = value
    expected, size, p = out
    young = ~(alive[:, start:] > 0)
    p[young] = 1.0
    q = np.stack([q_values(p[:, d]) for d in range(p.shape[1])], axis=1) if p.shape[1] else p.copy()
    opened, began = _episodes(p, q, span, start, threshold)
    age = np.arange(start, total)[None, :] - begins[:, None]
    return SurgeTests(y[:, start:], expected, size, p, q, opened, began, age, start)


def _test_day(
    y: Floats, baseline: Baseline, weekdays: Ints, base: Floats, day: int, total: int
) -> tuple[Floats, Floats, Floats, Ints]:
    """(expected today, size, p, the span that gave p) of one day."""
    best, span = np.full(len(y), 1.0), np.ones(len(y), dtype=np.int64)
    today = size = np.zeros(len(y))
    for many in SPANS:
        if many > day + 1:
            break
        days = slice(day + 1 - many, day + 1)
        means = baseline.expected(weekdays[days], base[:, days])
        k = baseline.size(means)
        p = upper_tail(y[:, days].sum(1), means.sum(1), k)
        if many == 1:
            today, size = means[:, 0], k
        span = np.where(p < best, many, span)
        best = np.minimum(best, p)
    return today, size, np.minimum(1.0, TRIES * best), span


def upper_tail(y: Floats, mean: Floats, size: Floats) -> Floats:
    """Chance of y or more for a negative binomial of this mean and size."""
    share = mean / (mean + size)
    return np.where(y <= 0, 1.0, special.betainc(np.maximum(y, 1e-9), size, share))


def _episodes(p: Floats, q: Floats, span: Ints, start: int, threshold: float) -> tuple[NDArray[np.bool_], Ints]:
    """Hysteresis: opened by q, closed by quiet days in a row."""
    series, days = p.shape
    stands, quiet = np.zeros(series, dtype=bool), np.zeros(series, dtype=np.int64)
    since = np.full(series, -1)
    opened, began = np.zeros((series, days), dtype=bool), np.full((series, days), -1)
    for d in range(days):
        quiet = np.where(p[:, d] > CLOSE_P, quiet + 1, 0)
        stands &= quiet < QUIET_DAYS
        fresh = ~stands & (q[:, d] <= threshold)
        since = np.where(fresh, start + d + 1 - span[:, d], since)
        stands |= fresh
        since = np.where(stands, since, -1)
        opened[:, d], began[:, d] = stands, since
    return opened, began
