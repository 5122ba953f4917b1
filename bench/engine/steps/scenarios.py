"""Scenarios: real incidents, planted slices, the demo export's effects, shuffled labels, and a million rows.

Seeds 1000-1099 (slices) were for development; `past-scan/2` was set by the even incidents alone and then scored on the odd ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

import numpy as np
import pyarrow as pa

from bench.engine.figures import Figure, shared
from bench.engine.meter import Meter
from bench.engine.worlds import rivals, slices
from bihuan.core.text import Text
from bihuan.insight.scenario_detection import ScenarioSearch, against_past, count_leaves, find_scenarios, with_exposure
from tests.insight.worlds.export import Export, export, payments
from tests.insight.worlds.incidents import incidents

ROW = 8
TITLE = "场景定位 / scenarios"
SEEDS, SHUFFLES = range(5000, 5060), 200
DIMENSIONS = ("channel", "product", "category", "batch", "system", "version", "province", "customer_type")
PAYMENTS = Text("支付笔数", "payments")


def figures() -> Iterator[Figure]:
    yield from _planted()
    yield from _million()
    yield from _incidents()
    yield from _demo()


def _planted() -> Iterator[Figure]:
    for lift, must, reach in (((4.0, 15.0), 0.95, 0.98), ((2.0, 4.0), None, None)):
        ours, plain, nulls, cpu = [], [], [], []
        for seed in SEEDS:
            world = slices.draw(seed, 50_000, lift)
            with Meter() as spent:
                found = find_scenarios(count_leaves(world.rows, list(world.rows), world.hits))
            cpu.append(spent.cpu)
            got = _named(found)
            ours.append((got, world.truth))
            plain.append((rivals.chi_square(world.rows, world.hits), world.truth))
            nulls += [] if world.truth else [bool(got)]
        note = f"{len(SEEDS)} worlds of 50,000 rows; {sum(nulls)} alarms in {len(nulls)} without a slice; {mean(cpu):.2f} CPU s each"
        yield Figure(
            "scenarios", f"planted, lift {lift[0]:.0f}-{lift[1]:.0f}: F1, exact", _f1(ours), must, reach,
            baseline={"chi-square + Bonferroni": _f1(plain)}, note=note,
        )  # fmt: skip


def _named(found: ScenarioSearch) -> set[slices.Slice]:
    return {frozenset(one.conditions) for one in found.scenarios}


def _f1(pairs: list[tuple[set[slices.Slice], set[slices.Slice]]]) -> float:
    right = sum(len(got & truth) for got, truth in pairs)
    return 2 * right / max(1, sum(len(got) + len(truth) for got, truth in pairs))


def _million() -> Iterator[Figure]:
    world = slices.draw(5999, 1_000_000, (4.0, 15.0), many=2)
    table = pa.table(world.rows)
    with Meter() as spent:
        found = find_scenarios(count_leaves(table, table.column_names, world.hits))
    right = _named(found) == world.truth
    yield Figure(
        "scenarios", "1,000,000 rows × 9 dimensions", spent.cpu, 3, 1, "CPU s", better="lower", note=f"{found.slices:,} slices; all right: {right}"
    )  # fmt: skip


def _incidents() -> Iterator[Figure]:
    top, five, some, cpu = [], [], [], []
    for one in incidents(shared("rca")):
        with Meter() as spent:
            ranked = [frozenset(s.conditions) for s in against_past(one.now, one.past).ranked]
        cpu.append(spent.cpu)
        top.append(bool(ranked) and ranked[0] in one.causes)
        five.append([cause in ranked[:5] for cause in one.causes])
        some.append(any(five[-1]))
    note = f"{len(top)} incidents, {mean(cpu):.3f} CPU s each"
    yield Figure("scenarios", "real incidents: first rank right", mean(top), 0.65, 0.75, note=note)
    yield Figure("scenarios", "… of the half not used for setting", mean(top[1::2]), note="odd ones")
    yield Figure("scenarios", "real incidents: a cause within five", mean(some), 0.92)
    yield Figure("scenarios", "… of all causes named", mean(hit for hits in five for hit in hits))


def _demo() -> Iterator[Figure]:
    data = export(shared("demo_export"))
    yield _effect("E1 Android V3.2.0 first, by payments", _pay(data), {("system", "Android"), ("version", "V3.2.0")})
    inside = (data.day >= data.on("2025-07-14")) & (data.day <= data.on("2025-07-27"))
    logistics = data.rows["weak_topic"][inside] == "物流配送"
    window = find_scenarios(
        count_leaves(data.among(inside), DIMENSIONS, logistics, customer="customer_id"), within=["category"]
    )
    yield _effect("E4 浙江 first, in its two weeks", window, {("province", "浙江")})
    topic = data.rows["weak_topic"]
    bad = ((topic == "质量") | (topic == "软件系统")) & (data.rows["sentiment_label"] == "负面")
    batch = find_scenarios(count_leaves(data.rows, DIMENSIONS, bad, customer="customer_id"), within=["category"])
    yield _effect("E5 batch B2505 first, within its category", batch, {("batch", "B2505")})
    low = find_scenarios(count_leaves(data.rows, DIMENSIONS, data.rating == 1, customer="customer_id"))
    confounded = any(("system", "iOS") in one.conditions for one in low.scenarios)
    marked = any((r.dimension, r.value) == ("system", "iOS") and r.explained_by is not None for r in low.related)
    yield Figure("scenarios", "E8 iOS not reported", float(not confounded), 1, note=f"marked as explained: {marked}")
    yield _shuffled(data)


def _pay(data: Export) -> ScenarioSearch:
    failed = data.rows["weak_topic"] == "支付失败"
    table = count_leaves(data.rows, ["system", "version"], failed, customer="customer_id")
    return find_scenarios(
        with_exposure(table, payments(shared("demo_export")), "payments", PAYMENTS), within=["system"]
    )


def _effect(what: str, found: ScenarioSearch, wanted: set[tuple[str, str]]) -> Figure:
    first = found.scenarios[0].conditions if found.scenarios else ()
    return Figure("scenarios", what, float(set(first) == wanted), 1, note=f"{len(found.scenarios)} reported")


def _shuffled(data: Export) -> Figure:
    chance, failed = np.random.default_rng(77), data.rows["weak_topic"] == "支付失败"
    quiet = [
        not find_scenarios(count_leaves(data.rows, DIMENSIONS, chance.permutation(failed))).scenarios
        for _ in range(SHUFFLES)
    ]
    return Figure(
        "scenarios", "shuffled labels: no alarm", mean(quiet), 0.95, note=f"{SHUFFLES} shuffles, 8 dimensions"
    )
