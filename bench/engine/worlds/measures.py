"""Days before and after a measure, with the untouched rest, in worlds that fool a naive test.

Each world has its own hardship: orders vary by day; `drift` everything falls by 30 % over the period; `shared` day effects hit
both sides (CV 25 %); `own` day effects hit the measured side alone (CV 25 %); `sparse` has two reports a day; `weekday`
doubles the weekend. `all` has every one of them but sparse.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bihuan.insight.columns import Floats

BEFORE, AFTER = 28, 28
WORLDS = ("calm", "drift", "shared", "own", "sparse", "weekday", "all")
RATE, REST = 0.01, 0.03


class Measured(NamedTuple):
    """Daily hits and events, and those of the rest; the measure begins on day BEFORE."""

    hits: Floats
    events: Floats
    rest: Floats
    rest_events: Floats


def draw(chance: np.random.Generator, world: str, ratio: float = 1.0, after: int = AFTER) -> Measured:
    """One world in which the measure multiplies the rate by `ratio`."""
    days = np.arange(BEFORE + after)
    events = chance.poisson((200 if world == "sparse" else 1000) * chance.uniform(0.8, 1.2, len(days))).astype(float)
    rest_events = events * 1.5
    common, own = np.ones(len(days)), np.ones(len(days))
    if world in ("drift", "all"):
        common = common * np.linspace(1.0, 0.7, len(days))
    if world in ("weekday", "all"):
        common = common * np.where(days % 7 >= 5, 2.0, 1.0)
    if world in ("shared", "all"):
        common = common * chance.gamma(16, 1 / 16, len(days))
    if world in ("own", "all"):
        own = chance.gamma(16, 1 / 16, len(days))
    rate = RATE * common * own * np.where(days >= BEFORE, ratio, 1.0)
    hits = chance.binomial(events.astype(int), np.minimum(rate, 1)).astype(float)
    rest = chance.binomial(rest_events.astype(int), np.minimum(REST * common, 1)).astype(float)
    return Measured(hits, events, rest, rest_events)
