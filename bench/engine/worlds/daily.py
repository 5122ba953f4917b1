"""400 daily series with planted surges.

Levels of 0.5-60 a day; eight channels with weekday shapes, two of them busy on weekends, every series a little different
and a tenth with the shape of another channel; drift and slow waves; negative-binomial scatter of its own size (about 10).
Four in ten have an old outbreak in the first 120 days, which only teach. Later, in 200 series, one surge of 3-10 days: its
peak (reached in 1-3 days) is 1-3 times the level or 3-5.5 standard deviations, whichever is more. Its size was set
once, so that a rolling 28-day z-score finds about 65 %, as it does in the notes this follows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bihuan.insight.columns import Floats, Ints

SERIES, DAYS, WARM, SURGES, CHANNELS = 400, 365, 120, 200, 8


class Daily(NamedTuple):
    """`counts` (series × days), the channel of each series, and the surges: (series, first day, last day)."""

    counts: Floats
    channel: Ints
    surges: list[tuple[int, int, int]]


def draw(seed: int) -> Daily:
    chance = np.random.default_rng(seed)
    mean, size, channel = _means(chance)
    extra = np.zeros((SERIES, DAYS))
    for s in np.flatnonzero(chance.random(SERIES) < 0.4):
        _surge(chance, extra, mean, size, int(s), int(chance.integers(20, WARM - 15)))
    surges = [
        (int(s), *_surge(chance, extra, mean, size, int(s), int(chance.integers(WARM, DAYS - 12))))
        for s in chance.permutation(SERIES)[:SURGES]
    ]
    wild = chance.gamma(size[:, None], 1 / size[:, None], (SERIES, DAYS))
    return Daily(chance.poisson(wild * (mean + extra)).astype(float), channel, surges)


def _means(chance: np.random.Generator) -> tuple[Floats, Floats, Ints]:
    level = np.exp(chance.uniform(np.log(0.5), np.log(60), SERIES))
    channel, busy = chance.integers(0, CHANNELS, SERIES), chance.permutation(CHANNELS)[:2]
    shape = np.exp(chance.normal(0, 0.08, (CHANNELS, 7)))
    for c in range(CHANNELS):
        shape[c, 5:] *= chance.uniform(1.5, 2.2) if c in busy else chance.uniform(0.5, 0.9)
    shape /= shape.mean(1, keepdims=True)
    own = shape[channel] * np.exp(chance.normal(0, 0.1, (SERIES, 7)))
    odd = chance.random(SERIES) < 0.1
    own[odd] = shape[chance.integers(0, CHANNELS, int(odd.sum()))]
    days = np.arange(DAYS)
    slope, start = chance.normal(0, 0.25, (SERIES, 1)), chance.random((SERIES, 1))
    drift = np.exp(slope * (days - DAYS / 2) / 90 + 0.15 * np.sin(2 * np.pi * (days / 180 + start)))
    return level[:, None] * own[:, days % 7] * drift, np.exp(chance.normal(np.log(10), 0.5, SERIES)), channel


def _surge(
    chance: np.random.Generator, extra: Floats, mean: Floats, size: Floats, s: int, first: int
) -> tuple[int, int]:
    length, ramp, usual = int(chance.integers(3, 11)), int(chance.integers(1, 4)), mean[s, first]
    sd = np.sqrt(usual + usual**2 / size[s])
    peak = max(chance.uniform(1, 3) * usual, chance.uniform(3, 5.5) * sd)
    end = min(DAYS, first + length)
    extra[s, first:end] += (peak * np.minimum(1, (np.arange(length) + 1) / ramp))[: end - first]
    return first, end - 1
