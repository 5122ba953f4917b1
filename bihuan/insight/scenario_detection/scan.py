"""The scan: which slices have a rate of their own.

Greedy maximum of the log-likelihood ratio "this slice has its own rate" against "one rate for all" (Kulldorff 1997),
minus ln(number of slices) and a charge for every condition after the first. A slice found becomes a stratum: what is left
is compared inside it and outside of it separately, so that a cause inside a busy category is found as well as one beside
it (the greedy gain of robust subgroup lists, Proença et al. 2022). It stops by an exact test: the tail of the
hypergeometric (shares) or binomial (rates) distribution times the number of slices that could have passed at all
(Tarone 1990) must stay below 5 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from bihuan.insight.columns import Floats, Ints, summed
from bihuan.insight.lazy_modules import stats
from bihuan.insight.scenario_detection.cube import Condition, Cube

ALPHA = 0.05
CHARGE = 1.0  # nats for each condition after the first
FEWEST = 3  # reports a slice needs to be named
LEAST = 1.3  # times what is usual: less is not reported
NARROWER = 200  # cells tried for a narrower name
PATIENCE = 4  # slices looked at for one reported


class Slice(NamedTuple):
    """One slice: its conditions, score in nats after all charges, and the exact p times the number of slices tried."""

    conditions: tuple[Condition, ...]
    score: float
    p: float


@dataclass(frozen=True)
class ScanResult:
    """What passed, in order of finding; `best` is the strongest slice that did not; `slices` were tried at first."""

    found: list[Slice]
    best: Slice | None
    slices: int


class Tables(NamedTuple):
    """Cell sums of hits and base, with the totals each is compared with: of everything, or of the strata a cell touches."""

    hits: Floats
    base: Floats
    all_hits: Floats
    all_base: Floats


def ratio_gain(tables: Tables, counted: bool) -> Floats:
    """Log-likelihood ratio of every cell in nats, one-sided: 0 where the cell's rate is not above the rest's."""
    k, n, kk, nn = tables
    outside_n, outside_k = np.maximum(nn - n, 0.0), np.maximum(kk - k, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        if counted:
            gain = (
                special.xlogy(k, k / n) + special.xlogy(n - k, 1 - k / n)
                + special.xlogy(outside_k, outside_k / outside_n) + special.xlogy(outside_n - outside_k, 1 - outside_k / outside_n)
                - _entropy(kk, nn)
            )  # fmt: skip
        else:
            expected = kk * n / nn
            gain = special.xlogy(k, k / expected) + special.xlogy(
                outside_k, outside_k / np.maximum(kk - expected, 1e-12)
            )
        higher = (k * outside_n > outside_k * n) & (n > 0) & (outside_n > 0)
    return np.where(higher & np.isfinite(gain), gain, 0.0)


def _entropy(k: Floats, n: Floats) -> Floats:
    return np.asarray(special.xlogy(k, k / n) + special.xlogy(n - k, 1 - k / n))


def tail(k: float, n: float, all_hits: float, all_base: float, counted: bool) -> float:
    """Chance of k or more of all the hits in a slice with this base, were there one rate for all. Exact for whole numbers."""
    if counted:
        whole = [round(x) for x in (k - 1, all_base, all_hits, n)]
        return float(stats.hypergeom.sf(*whole))
    return float(stats.binom.sf(round(k) - 1, round(all_hits), min(1.0, n / all_base)))


def testable(tables: Tables, counted: bool, allowed: NDArray[np.bool_], alpha: float) -> int:
    """How many slices could pass if every report lay in them: only these are tries that must be paid for."""
    base = tables.base[allowed & (tables.base > 0)]
    if not counted:
        return max(1, len(base))
    most = np.minimum(base, tables.all_hits)
    best = np.sort(ratio_gain(Tables(most, base, tables.all_hits, tables.all_base), True))[::-1]
    ranks = np.arange(1, len(best) + 1)
    # A slice counts while the p its best case could reach (about exp(-gain)/3 by Chernoff's bound) would pass with so many tries.
    passing = best >= np.log(ranks) - np.log(3 * alpha)
    return max(1, int(passing.sum()))


def scan(
    cube: Cube, hits: Floats, base: Floats, *, counted: bool, most: int = 6, alpha: float = ALPHA, charge: float = CHARGE,
    within: Ints | None = None,
) -> ScanResult:  # fmt: skip
    """At most `most` slices of the leaves. `within` groups leaves that are compared with their own group only."""
    if not len(hits) or hits.sum() <= 0:
        return ScanResult([], None, 0)
    strata = Strata(cube, hits, base, within)
    k = cube.sums([hits])[0]
    tables = Tables(k, strata.base, np.array(strata.all_hits), np.array(strata.all_base))
    simple = counted and within is None
    tries = testable(tables, simple, cube.allowed, alpha)
    usual = strata.expected()
    fit = cube.allowed & (k >= FEWEST)
    found: list[Slice] = []
    for pick in range(PATIENCE * most):
        if pick or not simple:
            touched = strata.touched()
            tables = Tables(k, strata.expected(), touched, touched)
        best = _strongest(tables, cube, simple and not pick, tries, charge, fit)
        if best is None or best[1].p > alpha or len(found) == most:
            return ScanResult(found, best[1] if best else None, tries)
        strongest = _simplest_name(cube, tables, best, usual, charge) if pick else best[1]
        if strongest is not None:
            found.append(strongest)
        strata.split(cube.inside(best[1].conditions))
    return ScanResult(found, None, tries)


def _simplest_name(cube: Cube, tables: Tables, best: tuple[int, Slice], usual: Floats, charge: float) -> Slice | None:
    """The slice as it is reported: it must exceed what is usual in the whole table, not only in what earlier slices left.

    Where it does not, the narrower slice that holds the same excess is reported ("version 2 of the wallet", not "version 2").
    A slight excess, however sure, is no scenario: None. (It is split off all the same, or narrower names would bring it back.)
    """
    cell, strongest = best
    if tables.hits[cell] >= LEAST * usual[cell]:
        return strongest
    gain = ratio_gain(tables, False)
    narrower = (
        (gain >= gain[cell] - charge) & (tables.hits >= LEAST * usual) & (cube.conditions > len(strongest.conditions))
    )
    for at in sorted(np.flatnonzero(narrower & cube.allowed), key=lambda at: -gain[at])[:NARROWER]:
        conditions = cube.where(int(at))
        if set(strongest.conditions) < set(conditions):
            return Slice(conditions, strongest.score + float(gain[at] - gain[cell]) - charge, strongest.p)
    return None


class Strata:
    """Leaves in groups that are compared with themselves; per group the base of every cell, so that a split is cheap."""

    def __init__(self, cube: Cube, hits: Floats, base: Floats, within: Ints | None) -> None:
        self.cube, self.hits, self.leaf_base = cube, hits, base
        self.all_hits, self.all_base = float(hits.sum()), float(base.sum())
        self.ones = bool((base == 1).all())
        groups = within if within is not None else np.zeros(len(hits), dtype=np.int64)
        many = int(groups.max()) + 1 if len(groups) else 0
        self.members = [np.flatnonzero(groups == g) for g in range(many)]
        self.cells = [self._sums(None if many == 1 else leaves) for leaves in self.members]
        self.base: Floats = sum(self.cells, np.zeros(cube.size))

    def _sums(self, leaves: Ints | None) -> Floats:
        return self.cube.sums([None if self.ones else self.leaf_base], leaves)[0]

    def expected(self) -> Floats:
        """Hits every cell would have at the rates of its groups."""
        out = np.zeros(self.cube.size)
        for leaves, cells in zip(self.members, self.cells, strict=True):
            base = self.leaf_base[leaves].sum()
            if base > 0:
                out += cells * (self.hits[leaves].sum() / base)
        return out

    def touched(self) -> Floats:
        """Hits of all groups that a cell has a part in: elsewhere nothing speaks for or against it."""
        out = np.zeros(self.cube.size)
        for leaves, cells in zip(self.members, self.cells, strict=True):
            out += np.where(cells > 0, self.hits[leaves].sum(), 0.0)
        return out

    def split(self, inside: NDArray[np.bool_]) -> None:
        """Every group into its leaves inside and outside of a slice."""
        members, cells = [], []
        for leaves, have in zip(self.members, self.cells, strict=True):
            part = leaves[inside[leaves]]
            if len(part) in (0, len(leaves)):
                members.append(leaves)
                cells.append(have)
                continue
            gone = self._sums(part)
            members += [part, leaves[~inside[leaves]]]
            cells += [gone, have - gone]
        self.members, self.cells = members, cells


def _strongest(
    tables: Tables, cube: Cube, counted: bool, tries: int, charge: float, fit: NDArray[np.bool_]
) -> tuple[int, Slice] | None:
    """The cell with the highest gain and what it is worth; None where no slice has more than the rest."""
    gain = ratio_gain(tables, counted) - charge * (cube.conditions - 1)
    gain[~fit] = -np.inf
    at = int(np.argmax(gain)) if len(gain) else -1
    if at < 0 or not np.isfinite(gain[at]) or gain[at] <= 0:
        return None
    all_hits, all_base = (float(np.broadcast_to(each, tables.hits.shape)[at]) for each in tables[2:])
    p = tail(float(tables.hits[at]), float(tables.base[at]), all_hits, all_base, counted)
    return at, Slice(cube.where(at), float(gain[at] - np.log(tries)), min(1.0, p * tries))


def standardised(hits: Floats, base: Floats, within: Ints) -> Floats:
    """Reports expected in each leaf if its group had one rate (indirect standardisation)."""
    groups = int(within.max()) + 1 if len(within) else 0
    k, n = summed(within, hits, groups), summed(within, base, groups)
    rate = np.divide(k, n, out=np.zeros(groups), where=n > 0)
    return base * rate[within]


def grouped(codes: Sequence[Ints]) -> Ints:
    """Numbers 0… for the combinations of these columns."""
    if not codes:
        return np.zeros(0, dtype=np.int64)
    table = np.stack(codes, axis=1)
    return np.unique(table, axis=0, return_inverse=True)[1].reshape(-1)
