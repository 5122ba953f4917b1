"""Trends: does a week's ratio cover what it says; is the planted weekend found, and none where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

import numpy as np

from bench.engine.figures import Figure, shared
from bihuan.insight.intervals import Interval
from bihuan.insight.weekly_trends import change, seasons
from tests.insight.worlds.export import effects, export

ROW = 10
TITLE = "趋势与季节 / trends and seasons"
TIMES, RATIO = 2000, 1.3


def figures() -> Iterator[Figure]:
    chance = np.random.default_rng(2001)
    for mean_count, scatter in ((8, 0.0), (40, 0.05)):
        wild = chance.gamma(1 / scatter, scatter, (TIMES, 2)) if scatter else np.ones((TIMES, 2))
        pairs = chance.poisson(wild * mean_count * [RATIO, 1.0])
        found = [change(a, b, scatter=scatter).interval for a, b in pairs]
        naive = [_naive(a, b) for a, b in pairs]
        yield Figure(
            "trends", f"week ratio, {mean_count} a week: coverage of 95 %", _covers(found), 0.93,
            baseline={"Poisson ± 1.96": _covers(naive)},
        )  # fmt: skip
    folder = shared("demo_export")
    data = export(folder)
    names = sorted(set(data.rows["channel"]))
    counts = np.stack([data.daily(data.rows["channel"] == name) for name in names])
    found_seasons = seasons(counts, names, weekday=data.start.weekday())
    first, true = found_seasons.found[0], effects(folder)["E2"]
    ratio = true["share_on"] / true["share_off"]
    yield Figure(
        "trends", "E2: the phone's weekend named first", float(first.name == "电话客服"), 1, note=first.sentence.en
    )
    yield Figure(
        "trends", "E2: its ratio lies in the interval", float(first.interval.low <= ratio <= first.interval.high), 1
    )
    false = [
        seasons(chance.poisson(np.outer([3, 6, 10, 20], chance.gamma(6, 1 / 6, 84))), list("abcd")).p < 0.05
        for _ in range(400)
    ]
    yield Figure(
        "trends", "no season: found at 5 %", mean(false), 0.08, 0.055, better="lower", note="400 worlds with wild days"
    )


def _covers(intervals: list[Interval]) -> float:
    return mean(float(one.low <= RATIO <= one.high) for one in intervals)


def _naive(now: float, before: float) -> Interval:
    if not now or not before:
        return Interval(0.0, float("inf"))
    half = 1.96 * np.sqrt(1 / now + 1 / before)
    return Interval(now / before * np.exp(-half), now / before * np.exp(half))
