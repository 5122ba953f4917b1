"""The change of a rate on the log scale, with its variance.

With a control, every day's hits are compared with the control's hits of the same day: what moves both (season, promotion,
weekday, a holiday) cancels, as in a difference in differences of log rates. Day effects of the measured side alone are
estimated as scatter (quasi-likelihood, McCullagh and Nelder 1989) from how the days vary inside each period.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

from bihuan.insight.columns import Floats

MANY = 10**6  # degrees of freedom of a known scatter


class Fit(NamedTuple):
    """`change`: log ratio after / before. `information` of each period; variance is scatter × the sum of their inverses."""

    change: float
    information: tuple[float, float]
    scatter: float
    freedom: int

    @property
    def variance(self) -> float:
        before, after = self.information
        return self.scatter * (1 / before + 1 / after)


class Days(NamedTuple):
    """One period by days: hits of the measured side and its events, hits of the control and its events."""

    hits: Floats
    events: Floats
    control: Floats | None = None
    control_events: Floats | None = None


def fit_change(before: Days, after: Days, *, shares: bool) -> Fit:
    """The log rate ratio of two periods; half a report is added where a period has none at all.

    `shares`: hits are a part of the events, at most all of them. Of two bare totals the scatter is unknown and taken as
    chance alone.
    """
    parts = [_against_control(d) if d.control is not None else _alone(d, shares) for d in (before, after)]
    freedom = sum(len(p.residual) for p in parts) - 2
    if freedom < 1:
        return Fit(parts[1].level - parts[0].level, (parts[0].information, parts[1].information), 1.0, MANY)
    scatter = max(1.0, float(sum((p.residual**2).sum() for p in parts) / freedom))
    return Fit(parts[1].level - parts[0].level, (parts[0].information, parts[1].information), scatter, freedom)


class _Part(NamedTuple):
    level: float
    information: float
    residual: Floats


def _alone(days: Days, shares: bool) -> _Part:
    hits, events = float(days.hits.sum()), float(days.events.sum())
    left = 1 - min(hits, events - 0.5) / events if shares else 1.0  # a share varies less the nearer it is to all
    level = np.log(max(hits, 0.5) / events)
    mean = days.events * np.exp(level)
    used = mean > 0
    return _Part(float(level), max(hits, 0.5) / left, (days.hits - mean)[used] / np.sqrt(mean[used] * left))


def _against_control(days: Days) -> _Part:
    """Log odds of a hit being the measured side's, at equal events: one parameter, by Newton's method."""
    control, events = days.control, days.control_events
    assert control is not None  # noqa: S101  the caller looked
    assert events is not None  # noqa: S101
    hits, other = days.hits.copy(), control.copy()
    used = (hits + other > 0) & (days.events > 0) & (events > 0)
    hits, other = hits[used], other[used]
    offset = np.log(days.events[used] / events[used])
    total = hits + other
    wanted = hits.sum() + (0.5 if hits.sum() == 0 else 0.0) - (0.5 if other.sum() == 0 else 0.0)
    level = float(np.log(max(wanted, 0.5) / max(total.sum() - wanted, 0.5)) - np.average(offset, weights=total))
    for _ in range(50):
        share = special.expit(level + offset)
        information = float((total * share * (1 - share)).sum())
        step = (wanted - float((total * share).sum())) / max(information, 1e-9)
        level += float(np.clip(step, -2, 2))
        if abs(step) < 1e-10:
            break
    share = special.expit(level + offset)
    variance = total * share * (1 - share)
    return _Part(level, max(float(variance.sum()), 1e-9), (hits - total * share) / np.sqrt(np.maximum(variance, 1e-9)))
