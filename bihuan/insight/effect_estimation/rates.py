"""Two rates side by side, the exact gate of a target, and the days not to count."""

from __future__ import annotations

from bihuan.insight.intervals import LEVEL, clopper_pearson


def reached_share(hits: float, events: float, target: float, *, level: float = LEVEL, scatter: float = 1.0) -> bool:
    """Exact gate: is the rate shown to be below `target` (one-sided)? `scatter` shrinks the information in the events."""
    return events > 0 and clopper_pearson(hits / scatter, events / scatter, 2 * level - 1).high < target
