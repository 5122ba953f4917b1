"""Rows of nine correlated dimensions with planted scenarios.

Dimensions have 4, 13, 31, 60, 9, 5, 12, 24 and 7 values with skewed frequencies; six in ten copy another one for a fifth to
three fifths of the rows. A problem happens at 2 %; in none, one or two slices of one to three conditions (20/40/40 %),
each holding 0.5-30 % of the rows, the rate is multiplied by the lift.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.columns import Ints

SIZES = (4, 13, 31, 60, 9, 5, 12, 24, 7)
RATE, MOST_LIKELY = 0.02, 0.9
SMALLEST, LARGEST = 0.005, 0.3
HOW_MANY = (0.2, 0.4, 0.4)

Slice = frozenset[tuple[str, str]]


class Planted(NamedTuple):
    """Columns of text by name, which rows are problems, and the truth."""

    rows: dict[str, NDArray[np.str_]]
    hits: NDArray[np.bool_]
    truth: set[Slice]


def draw(seed: int, rows: int, lift: tuple[float, float], many: int | None = None) -> Planted:
    """One world; `many` slices, or as many as chance gives."""
    chance = np.random.default_rng(seed)
    codes = _columns(chance, rows)
    count = int(chance.choice(3, p=HOW_MANY)) if many is None else many
    rate = np.full(rows, RATE)
    truth: list[frozenset[tuple[int, int]]] = []
    while len(truth) < count:
        dimensions = chance.choice(len(SIZES), int(chance.integers(1, 4)), replace=False)
        row = int(chance.integers(rows))
        one = frozenset((int(d), int(codes[d][row])) for d in dimensions)
        inside = np.all([codes[d] == v for d, v in one], axis=0)
        nested = any(one <= other or other <= one for other in truth)
        if nested or not SMALLEST <= inside.mean() <= LARGEST:
            continue
        rate = np.where(inside, rate * chance.uniform(*lift), rate)
        truth.append(one)
    hits = chance.random(rows) < np.minimum(rate, MOST_LIKELY)
    named = {f"d{d}": np.char.mod("%02d", column) for d, column in enumerate(codes)}
    return Planted(named, hits, {frozenset((f"d{d}", f"{v:02d}") for d, v in one) for one in truth})


def _columns(chance: np.random.Generator, rows: int) -> list[Ints]:
    columns: list[Ints] = []
    for d, size in enumerate(SIZES):
        weights = 1 / np.arange(1, size + 1) ** chance.uniform(0.4, 1.1)
        chance.shuffle(weights)
        own = chance.choice(size, rows, p=weights / weights.sum())
        if d and chance.random() < 0.6:
            parent = columns[int(chance.integers(d))]
            link = chance.integers(0, size, int(parent.max()) + 1)
            copied = chance.random(rows) < chance.uniform(0.2, 0.6)
            own = np.where(copied, link[parent], own)
        columns.append(own)
    return columns
