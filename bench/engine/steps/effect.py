"""Did the measure work: how often nothing is called something, in worlds that fool a naive test; power; plans; the demo's two.

Seeds below 100 were for development.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

import numpy as np
from scipy import stats

from bench.engine.figures import Figure, shared
from bench.engine.worlds.measures import BEFORE, WORLDS, Measured, draw
from bench.engine.worlds.rivals import before_after
from bihuan.insight.columns import Floats
from bihuan.insight.effect_estimation import (
    Effect,
    estimate_effect,
    needed_for_change,
    needed_for_target,
    reached_share,
)
from bihuan.insight.effect_estimation.effect_estimate import HORIZON
from tests.insight.worlds.export import effects, export, orders

ROW = 11
TITLE = "措施效果 / did the measure work"
TIMES, LOOKS = 1000, range(BEFORE + 2, BEFORE + HORIZON + 1)


def figures() -> Iterator[Figure]:
    yield from _errors()
    yield from _power()
    yield from _plans()
    yield from _demo()


def _estimate(world: Measured, days: int | None = None, *, looks: str = "once", control: bool = True) -> Effect:
    hits, events = world.hits[:days], world.events[:days]
    if not control:
        return estimate_effect(hits, after=BEFORE, events=events, looks=looks)
    rest, rest_events = world.rest[:days], world.rest_events[:days]
    return estimate_effect(
        hits, after=BEFORE, events=events, looks=looks, control_hits=rest, control_events=rest_events
    )


def _errors() -> Iterator[Figure]:
    for number, name in enumerate(WORLDS):
        chance = np.random.default_rng(300 + number)
        worlds = [draw(chance, name) for _ in range(TIMES)]
        wrong = mean(_estimate(world).verdict != "unchanged" for world in worlds)
        naive = mean(before_after(world) < 0.05 for world in worlds)
        yield Figure(
            "effect", f"{name}: nothing called something", wrong, 0.06, 0.05, better="lower", baseline={"before/after z-test": naive}
        )  # fmt: skip
    for number, name in enumerate(("calm", "all")):
        chance = np.random.default_rng(320 + number)
        worlds = [draw(chance, name) for _ in range(TIMES // 2)]
        ever = mean(any(_estimate(w, day, looks="daily").verdict != "unchanged" for day in LOOKS) for w in worlds)
        naive = mean(any(_peeked(w, day) for day in LOOKS) for w in worlds)
        yield Figure(
            "effect", f"{name}, looked at daily: ever called something", ever, 0.06, 0.05, better="lower", baseline={"z-test daily": naive}
        )  # fmt: skip


def _peeked(world: Measured, day: int) -> bool:
    return before_after(Measured(*(series[:day] for series in world))) < 0.05


def _power() -> Iterator[Figure]:
    """Beside Fisher's exact test, which may only be used where nothing but chance moves the days."""
    chance = np.random.default_rng(330)
    worlds = [draw(chance, "calm", ratio=0.75) for _ in range(TIMES // 2)]
    exact = mean(_fisher(world) < 0.05 for world in worlds)
    alone = mean(_estimate(world, control=False).verdict == "improved" for world in worlds)
    yield Figure(
        "effect",
        "power, a quarter less, no control: to Fisher's",
        alone / exact,
        0.9,
        note=f"{alone:.2f} of {exact:.2f}",
    )
    ours = mean(_estimate(world).verdict == "improved" for world in worlds)
    daily = mean(any(_estimate(w, day, looks="daily").verdict == "improved" for day in LOOKS) for w in worlds)
    yield Figure("effect", "… with control, looked at once", ours, note="the rest's own chance is paid for")
    yield Figure("effect", "… with control, looked at daily", daily)


def _fisher(world: Measured) -> float:
    k = [int(world.hits[:BEFORE].sum()), int(world.hits[BEFORE:].sum())]
    n = [int(world.events[:BEFORE].sum()), int(world.events[BEFORE:].sum())]
    return float(stats.fisher_exact([[k[0], n[0] - k[0]], [k[1], n[1] - k[1]]])[1])


def _plans() -> Iterator[Figure]:
    """Events planned for 80 % power against the number at which simulation reaches it."""
    chance = np.random.default_rng(340)
    for rate, target in ((0.004, 0.01), (0.03, 0.05)):
        planned = needed_for_target(rate, target) or 0
        tried = np.unique(np.geomspace(planned / 2, planned * 2, 60).astype(int))
        power = [mean(reached_share(k, n, target) for k in chance.binomial(n, rate, 1500)) for n in tried]
        yield _off(f"events until {rate:.1%} is shown below {target:.0%}", planned, _crossing(tried, power))
    for before, after, events in ((0.05, 0.03, 4000), (0.01, 0.006, 40_000)):
        planned = needed_for_change(before, events, after) or 0
        tried = np.unique(np.geomspace(planned / 2, planned * 2, 25).astype(int))
        power = [mean(_shown(chance, before, after, events, n) for _ in range(800)) for n in tried]
        yield _off(f"events until {before:.1%} → {after:.1%} is shown", planned, _crossing(tried, power))


def _shown(chance: np.random.Generator, before: float, after: float, events: int, n: int) -> bool:
    hits = [round(events * before), chance.binomial(n, after)]  # what was before is known when one plans
    return estimate_effect(hits, after=1, events=[events, n]).verdict == "improved"


def _crossing(tried: np.ndarray[tuple[int], np.dtype[np.int64]], power: list[float]) -> float:
    """Where a smooth curve through the simulated powers (probit in log events) reaches 80 %."""
    points = np.clip(power, 0.02, 0.98)
    slope, level = np.polyfit(np.log(tried), stats.norm.ppf(points), 1)
    return float(np.exp((stats.norm.ppf(0.8) - level) / slope))


def _off(what: str, planned: int, true: float) -> Figure:
    return Figure(
        "effect",
        what,
        abs(planned / true - 1),
        0.15,
        better="lower",
        note=f"planned {planned:,}, simulated {true:,.0f}",
    )


def _demo() -> Iterator[Figure]:
    folder = shared("demo_export")
    data, bought = export(folder), orders(folder, export(folder).start)
    every = np.sum(list(bought.values()), axis=0)
    topic, fruit = data.rows["weak_topic"], data.rows["category"] == "水果"
    cold = estimate_effect(
        data.daily((topic == "质量") & fruit), after=data.on("2025-08-01"), events=bought["水果"],
        control_hits=data.daily((topic == "质量") & ~fruit), control_events=_rest(every, bought["水果"]),
    )  # fmt: skip
    true = effects(folder)["E6"]["rate_ratio"]
    yield Figure("effect", "E6 cold chain: improved", float(cold.verdict == "improved"), 1, note=cold.sentence.en)
    yield Figure(
        "effect", "… its planted ratio lies in the interval", float(cold.interval.low <= true <= cold.interval.high), 1
    )
    service = topic == "售后客服"
    returns = estimate_effect(
        data.daily(service), after=data.on("2025-07-01"), events=every, control_hits=data.daily(~service), control_events=every
    )  # fmt: skip
    counts = estimate_effect(data.daily(service), after=data.on("2025-07-01"))
    yield Figure(
        "effect", "E7 returns: no change shown", float(returns.verdict == "unchanged"), 1, note=returns.sentence.en,
        baseline={f"counts alone ({counts.verdict})": float(counts.verdict == "unchanged")},
    )  # fmt: skip


def _rest(every: Floats, own: Floats) -> Floats:
    return every - own
