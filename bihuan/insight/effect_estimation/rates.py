"""Two rates side by side, the exact gate of a target, and the days not to count."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from bihuan.insight.intervals import LEVEL, Interval, clopper_pearson, newcombe, wilson


class TwoRates(NamedTuple):
    """Shares before and after with Wilson intervals, and the difference (after minus before) with Newcombe's."""

    before: float
    before_interval: Interval
    after: float
    after_interval: Interval
    difference: float
    difference_interval: Interval


def two_rates(hits: float, events: float, hits_after: float, events_after: float, *, level: float = LEVEL) -> TwoRates:
    """ValueError without events on both sides."""
    if events <= 0 or events_after <= 0:
        raise ValueError("no events")
    before, after = hits / events, hits_after / events_after
    return TwoRates(
        before, wilson(hits, events, level), after, wilson(hits_after, events_after, level),
        after - before, newcombe(hits_after, events_after, hits, events, level),
    )  # fmt: skip


def reached_share(hits: float, events: float, target: float, *, level: float = LEVEL, scatter: float = 1.0) -> bool:
    """Exact gate: is the rate shown to be below `target` (one-sided)? `scatter` shrinks what the events tell."""
    return events > 0 and clopper_pearson(hits / scatter, events / scatter, 2 * level - 1).high < target


def washout(adoption: ArrayLike, *, share: float = 0.8) -> int:
    """Days after a measure that do not count yet: until `adoption` (share of events on the new version, by day) stays at
    `share` or above. All days where it never does."""
    below = np.flatnonzero(np.asarray(adoption, dtype=float) < share)
    return int(below[-1]) + 1 if len(below) else 0
