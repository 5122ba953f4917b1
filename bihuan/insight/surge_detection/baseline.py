"""What a day should bring: level, weekday factor and scatter of many sparse daily counts at once.

A negative-binomial baseline in the line of Farrington et al. (1996) and Noufaily et al. (2013): recent days weigh more, days
that look like an earlier outbreak weigh less. What one short series cannot show is borrowed: weekday factors from its
channel, scatter from the whole fleet, the level of a new series from a Gamma prior fitted to the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bihuan.insight.columns import Floats, Ints

WINDOW = 84  # days looked back
HALF_LIFE = 60.0  # days after which a day weighs half
SLOPE = 0.003  # usual daily change of the log of a level
OUTBREAK = 2.58  # standard deviations from which a past day weighs less
OWN_SHAPE = 120.0  # reports on a weekday at which a series' own factor weighs as much as its channel's
OWN_SCATTER = 60.0  # days' worth of the fleet's scatter that a series' own is mixed with


@dataclass(frozen=True)
class Baseline:
    """Per series: `level` a day at exposure 1, `factors` by weekday (series × 7), `scatter` (1/size of the negative
    binomial) and `doubt`, the squared relative error of the level."""

    level: Floats
    factors: Floats
    scatter: Floats
    doubt: Floats

    def expected(self, weekdays: Ints, exposure: Floats) -> Floats:
        """Mean of each series on days of these weekdays, (series × days)."""
        return self.level[:, None] * self.factors[:, weekdays] * exposure

    def size(self, means: Floats) -> Floats:
        """Size of the negative binomial for the sum over days with these means (series × days)."""
        total = means.sum(1)
        spread = self.scatter * (means**2).sum(1) + self.doubt * total**2
        return np.divide(total**2, spread, out=np.full(len(total), 1e9), where=spread > 0)


def fit(counts: Floats, weekdays: Ints, groups: Ints, exposure: Floats, seen: Floats) -> Baseline:
    """Baseline from days up to the day before: all arrays (series × days) but `weekdays` (days) and `groups` (series).

    `seen` is 1 on days on which the series existed, else 0.
    """
    days = counts.shape[1]
    weight = seen * 0.5 ** (np.arange(days)[::-1] / HALF_LIFE)
    base = exposure * seen
    factors = _factors(counts, weekdays, groups, base, weight)
    prior = _prior(counts, base)
    trust = np.ones_like(counts)
    level, scatter = np.zeros(len(counts)), np.full(len(counts), 0.1)
    for _ in range(3):
        each = base * factors[:, weekdays]
        level = (prior[0] + (weight * trust * counts).sum(1)) / (prior[1] + (weight * trust * each).sum(1))
        mean = level[:, None] * each
        scatter = _scatter(counts, mean, seen * trust)
        sd = np.sqrt(mean + scatter[:, None] * mean**2) + 1e-9
        trust = np.minimum(1.0, (OUTBREAK / np.maximum((counts - mean) / sd, OUTBREAK)) ** 2)
        factors = _factors(counts, weekdays, groups, base, weight * trust)
    each = base * factors[:, weekdays]
    level = (prior[0] + (weight * trust * counts).sum(1)) / (prior[1] + (weight * trust * each).sum(1))
    lift, unsure = _trend(counts, level[:, None] * each, scatter, weight * trust)
    effective = (weight**2).sum(1) / np.maximum(weight.sum(1), 1e-9) ** 2
    doubt = 1 / (prior[0] + (weight * trust * counts).sum(1) * _ess(weight)) + scatter * effective + unsure
    return Baseline(level * lift, factors, scatter, doubt)


def _trend(counts: Floats, mean: Floats, scatter: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """(what a slow rise or fall adds by today, its squared error): a log-linear slope, held near none by its prior."""
    days = np.arange(counts.shape[1], dtype=float)
    information = weight * mean / (1 + scatter[:, None] * mean)  # information of each day about the log of the level
    total = information.sum(1)
    centre = np.divide(
        (information * days).sum(1), total, out=np.full(len(total), days[-1] if len(days) else 0.0), where=total > 0
    )
    from_centre = days - centre[:, None]
    surplus = np.divide(counts, mean, out=np.ones_like(mean), where=mean > 0) - 1
    precision = (information * from_centre**2).sum(1) + 1 / SLOPE**2
    slope = (information * from_centre * np.clip(surplus, -1, 2)).sum(1) / precision
    ahead = counts.shape[1] - centre
    return np.exp(slope * ahead), ahead**2 / precision


def _ess(weight: Floats) -> Floats:
    total = weight.sum(1)
    return np.divide(total, (weight**2).sum(1), out=np.ones_like(total), where=total > 0)


def _factors(counts: Floats, weekdays: Ints, groups: Ints, base: Floats, weight: Floats) -> Floats:
    """Weekday factors with mean 1: the channel's, moved towards the series' own as far as its counts carry."""
    onto = np.eye(7)[weekdays]
    y, n = (weight * counts) @ onto, (weight * base) @ onto
    level = np.divide(y.sum(1), n.sum(1), out=np.zeros(len(y)), where=n.sum(1) > 0)
    many = int(groups.max()) + 1 if len(groups) else 0
    pooled_y, pooled_n = np.zeros((many, 7)), np.zeros((many, 7))
    np.add.at(pooled_y, groups, y)
    np.add.at(pooled_n, groups, level[:, None] * n)
    channel = (pooled_y + OWN_SHAPE) / (pooled_n + OWN_SHAPE)
    channel /= channel.mean(1, keepdims=True)
    shape = channel[groups]
    own = shape * (y + OWN_SHAPE) / (level[:, None] * n * shape + OWN_SHAPE)
    return own / own.mean(1, keepdims=True)


def _prior(counts: Floats, base: Floats) -> tuple[float, float]:
    """Gamma prior (shape, rate) of the levels, by moments of the series with two weeks or more; weak where there are few."""
    days = base.sum(1)
    known = (base > 0).sum(1) >= 14
    if known.sum() < 5:
        mean = counts.sum() / max(base.sum(), 1e-9)
        return 0.5, 0.5 / max(mean, 1e-3)
    levels = counts[known].sum(1) / days[known]
    mean, variance = float(levels.mean()), float(levels.var())
    shape = min(2.0, max(0.2, mean**2 / max(variance, 1e-9)))
    return shape, shape / max(mean, 1e-3)


def _scatter(counts: Floats, mean: Floats, weight: Floats) -> Floats:
    """1/size by moments, each series' own mixed with the fleet's."""
    over = (weight * ((counts - mean) ** 2 - mean)).sum(1)
    square = (weight * mean**2).sum(1)
    # The information about scatter is in busy days; a day far below one report carries no information.
    heavy = np.divide(mean, mean + 1.0)
    fleet = max(0.0, float(_ratio((heavy * weight * _relative(counts, mean)).sum(), (heavy * weight).sum())))
    own = np.divide(over, square, out=np.full(len(over), fleet), where=square > 0)
    days = (weight * heavy).sum(1)
    return np.maximum(0.0, (days * own + OWN_SCATTER * fleet) / (days + OWN_SCATTER))


def _relative(counts: Floats, mean: Floats) -> Floats:
    return np.divide((counts - mean) ** 2 - mean, mean**2, out=np.zeros_like(mean), where=mean > 0)


def _ratio(a: float, b: float) -> float:
    return a / b if b > 0 else 0.0
