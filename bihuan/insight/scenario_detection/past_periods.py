"""A period against its own past: which slice moved.

A system, a region or a channel has a level of its own (web chat is always on a PC), so its reports are expected from its
own history. Every leaf is a witness: its count speaks for "moved" or for "as usual", and a slice is as good as what its
leaves say together. So it grows until it would take in leaves that did not move, and is not narrowed to those that moved most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bihuan.insight.columns import Floats, Ints, packed, recoded, summed
from bihuan.insight.lazy_modules import stats
from bihuan.insight.scenario_detection.cube import Cube
from bihuan.insight.scenario_detection.leaves import Leaves
from bihuan.insight.scenario_detection.scan import ALPHA, CHARGE, FEWEST, Slice, grouped
from bihuan.insight.scenario_detection.scenario_results import ScenarioSearch
from bihuan.insight.scenario_detection.scenario_search import DEPTH, describe_slice

PAST_METHOD = "past-scan/2"
PRIOR = 2.0  # reports' worth of its group's rate that a leaf's own history is mixed with
SPREAD = 0.25  # how far a leaf strays from its level, or from its slice's, beyond what chance does to a count
TIMES = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 64.0)  # the moves a slice is tried with
INCIDENT_RATE = 1.5  # times the median rate: a past period above it was an incident itself and teaches nothing


def against_past(
    now: Leaves,
    past: Sequence[Leaves],
    *,
    own: Sequence[str] = (),
    depth: int = DEPTH,
    most: int = 5,
    alpha: float = ALPHA,
) -> ScenarioSearch:
    """Slices of `now` that exceed what `past` periods (any number, each with its own base) lead to expect.

    `own` names dimensions whose values keep their level where a leaf has no history yet: a new version is expected to do as
    its system did. `ranked` holds up to `most` slices; `scenarios` those whose excess passes (Poisson tail, widened by the
    scatter of the past, times the slices tried). ValueError without a past.

    For users of the library who keep tables of earlier periods; a report has one export and scans it by `find_scenarios`.
    """
    if not past:
        raise ValueError("no past period")
    table, history = _aligned(now, past)
    expected = _expected(table, history, [table.names.index(name) for name in own])
    scatter = _scatter(history)
    cube = Cube(table.codes, table.sizes, depth, table.blank)
    result = _ranked(cube, table.hits, expected, most, alpha, scatter)
    described = [describe_slice(table, cube, found_slice, expected) for found_slice in result]
    passed = [scenario for scenario in described if scenario.p <= alpha]
    slices = int((cube.allowed & (cube.sums([expected])[0] > 0)).sum())
    return ScenarioSearch(passed, slices=slices, method=PAST_METHOD, ranked=described, unmatched=now.unmatched)


def _aligned(now: Leaves, past: Sequence[Leaves]) -> tuple[Leaves, list[tuple[Floats, Floats]]]:
    """All periods over the same leaves: `now`, and (hits, base) of each past one."""
    tables = [now, *past]
    values = tuple(tuple(sorted(set().union(*(t.values[d] for t in tables)))) for d in range(len(now.names)))
    codes = [[recoded(t.codes[d], t.values[d], values[d]) for d in range(len(now.names))] for t in tables]
    joined = [np.concatenate([c[d] for c in codes]) for d in range(len(now.names))]
    _, first, leaf = np.unique(packed(joined, [len(v) for v in values]), return_index=True, return_inverse=True)
    parts = np.split(leaf, np.cumsum([len(t.hits) for t in tables])[:-1])
    sums = [
        (summed(part, t.hits, len(first)), summed(part, t.base, len(first)))
        for part, t in zip(parts, tables, strict=True)
    ]
    table = replace(
        now,
        values=values,
        codes=tuple(c[first] for c in joined),
        hits=sums[0][0],
        base=sums[0][1],
        hit_leaf=parts[0][now.hit_leaf],
    )
    return table, sums[1:]


def _expected(table: Leaves, history: list[tuple[Floats, Floats]], own: list[int]) -> Floats:
    hits, base = _quiet_periods(history)
    overall = max(float(hits.sum()), 0.5) / max(float(base.sum()), 1e-9)
    rate = np.full(len(table.base), overall)
    if own:
        rate = _smoothed(hits, base, grouped([table.codes[d] for d in own]), rate)
    each = np.arange(len(table.base))
    return _smoothed(hits, base, each, rate) * table.base


def _smoothed(hits: Floats, base: Floats, groups: Ints, rate: Floats) -> Floats:
    """The rate of each leaf's group, mixed with `rate` as if PRIOR reports had been seen at it."""
    many = int(groups.max()) + 1
    k, n = summed(groups, hits, many), summed(groups, base, many)
    return (k[groups] + PRIOR) / (n[groups] + PRIOR / rate)


def _quiet_periods(history: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    rates = np.array([hits.sum() / max(base.sum(), 1e-9) for hits, base in history])
    kept = [
        found_slice
        for found_slice, rate in zip(history, rates, strict=True)
        if rate <= INCIDENT_RATE * np.median(rates)
    ]
    return sum((h for h, _ in kept), np.zeros(len(history[0][0]))), sum(
        (b for _, b in kept), np.zeros(len(history[0][0]))
    )


def _scatter(history: list[tuple[Floats, Floats]]) -> float:
    """How much more the past's totals scattered than a Poisson count does; 1 where too few periods show it."""
    if len(history) < 4:
        return 1.0
    hits, base = _quiet_periods(history)
    mean = np.array([b.sum() for _, b in history]) * hits.sum() / base.sum()
    counts = np.array([h.sum() for h, _ in history])
    fine = mean > 0
    residual = np.median((counts[fine] - mean[fine]) ** 2 / mean[fine]) / 0.455  # the median of chi-square with 1 df
    return max(1.0, float(residual))


def _ranked(cube: Cube, hits: Floats, expected: Floats, most: int, alpha: float, scatter: float) -> list[Slice]:
    """The best, then the best of what it leaves over, then the next best of all: several causes, and second thoughts."""
    gain = _gain(cube, hits, expected)
    order = [int(at) for at in np.argsort(-gain, kind="stable")[: most + 1] if np.isfinite(gain[at])]
    if not order:
        return []
    inside = cube.inside(cube.where(order[0]))
    rest = _gain(cube, np.where(inside, 0.0, hits), np.where(inside, 0.0, expected))
    second = int(np.argmax(rest))
    if np.isfinite(rest[second]) and second not in order[:1]:
        order = [order[0], second, *(at for at in order[1:] if at != second)]
    k, e = cube.sums([hits, expected])
    tries = max(1, int((cube.allowed & (e > 0)).sum()))
    out = []
    for at in order[:most]:
        p = float(stats.poisson.sf(k[at] / scatter - 1, max(e[at], 1e-12) / scatter))
        out.append(Slice(cube.where(at), float(gain[at] - np.log(tries)), min(1.0, p * tries)))
    return out


def _gain(cube: Cube, hits: Floats, expected: Floats) -> Floats:
    """What the leaves of a slice say together for the move that suits them best, less the charges for conditions.

    Log-likelihood ratio of negative binomial counts of spread `SPREAD`: of counts alone the largest leaf would decide.
    """
    k, e = cube.sums([hits, expected])
    strength = 1 / SPREAD**2
    evidence = np.full(cube.size, -np.inf)
    for times in TIMES:
        leaf = hits * np.log(times) - (hits + strength) * np.log((strength + times * expected) / (strength + expected))
        evidence = np.maximum(evidence, cube.sums([leaf])[0])
    gain = evidence - CHARGE * (cube.conditions - 1)
    return np.where(cube.allowed & (k > e) & (k >= FEWEST) & (e > 0), gain, -np.inf)
