"""Sums over every slice of up to three conditions at once.

A cuboid is one choice of dimensions, a cell one choice of their values. The cells of all cuboids stand in one flat array,
so a score is one vectorised expression. Rows are counted once, per cuboid of the greatest depth; the others are margins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.columns import Floats, Ints, summed

DENSE = 4_000_000  # cells of one cuboid up to which the empty ones are kept as well


class Condition(NamedTuple):
    """Dimension and value by number."""

    dimension: int
    value: int


@dataclass(frozen=True)
class Cuboid:
    """`keys` names the cells that exist where not all of them are kept."""

    dimensions: tuple[int, ...]
    shape: tuple[int, ...]
    start: int
    size: int
    keys: Ints | None = None


class Cube:
    """Cells of leaves coded by `codes` (one array a dimension), each dimension with `sizes` values.

    `blank` gives the code of the empty value of each dimension (-1: none); a condition never says "is empty".
    """

    def __init__(self, codes: Sequence[Ints], sizes: Sequence[int], depth: int, blank: Sequence[int]) -> None:
        self.codes, self.sizes = list(codes), list(sizes)
        useful = [d for d, size in enumerate(sizes) if size > 1]
        self.cuboids: list[Cuboid] = []
        start = 0
        for many in range(1, depth + 1):
            for dimensions in combinations(useful, many):
                cuboid = self._cuboid(dimensions, start)
                self.cuboids.append(cuboid)
                start += cuboid.size
        self.size = start
        self.conditions = np.zeros(start, dtype=np.int64)
        self.allowed = np.ones(start, dtype=bool)
        for cuboid in self.cuboids:
            part = slice(cuboid.start, cuboid.start + cuboid.size)
            self.conditions[part] = len(cuboid.dimensions)
            self.allowed[part] = self._without_blanks(cuboid, blank)

    def _cuboid(self, dimensions: tuple[int, ...], start: int) -> Cuboid:
        shape = tuple(self.sizes[d] for d in dimensions)
        whole = int(np.prod(shape))
        if whole <= DENSE:
            return Cuboid(dimensions, shape, start, whole)
        keys = np.unique(self._keys(dimensions))
        return Cuboid(dimensions, shape, start, len(keys), keys)

    def _keys(self, dimensions: tuple[int, ...], leaves: Ints | None = None) -> Ints:
        columns = [self.codes[d] if leaves is None else self.codes[d][leaves] for d in dimensions]
        return _joined(columns, [self.sizes[d] for d in dimensions])

    def _without_blanks(self, cuboid: Cuboid, blank: Sequence[int]) -> NDArray[np.bool_]:
        cells = np.arange(cuboid.size) if cuboid.keys is None else cuboid.keys
        fine = np.ones(cuboid.size, dtype=bool)
        for d, value in zip(cuboid.dimensions, np.unravel_index(cells, cuboid.shape), strict=True):
            fine &= value != blank[d]
        return fine

    def sums(self, weights: Sequence[Floats | None], leaves: Ints | None = None) -> list[Floats]:
        """Per weight (None: count leaves) the sum in every cell, over all leaves or the ones named."""
        out = [np.zeros(self.size) for _ in weights]
        dense: dict[tuple[int, ...], Cuboid] = {}
        taken = [w if w is None or leaves is None else w[leaves] for w in weights]
        columns = self.codes if leaves is None else [column[leaves] for column in self.codes]
        begun: tuple[tuple[int, ...], Ints | None] = ((), None)
        for cuboid in reversed(self.cuboids):
            parent = None if cuboid.keys is not None else _above(cuboid.dimensions, dense)
            part = slice(cuboid.start, cuboid.start + cuboid.size)
            if parent is not None:
                axis = next(i for i, d in enumerate(parent.dimensions) if d not in cuboid.dimensions)
                for sums in out:
                    sums[part] = sums[parent.start : parent.start + parent.size].reshape(parent.shape).sum(axis).ravel()
            else:
                *head, last = cuboid.dimensions
                if begun[0] != tuple(head):  # neighbours share all but the last dimension
                    begun = (
                        tuple(head),
                        _joined([columns[d] for d in head], [self.sizes[d] for d in head]) if head else None,
                    )
                key = columns[last] if begun[1] is None else begun[1] * self.sizes[last] + columns[last]
                if cuboid.keys is not None:
                    key = np.searchsorted(cuboid.keys, key)
                for sums, weight in zip(out, taken, strict=True):
                    sums[part] = summed(key, weight, cuboid.size)
            if cuboid.keys is None:
                dense[cuboid.dimensions] = cuboid
        return out

    def where(self, cell: int) -> tuple[Condition, ...]:
        """The conditions a cell stands for."""
        cuboid = next(c for c in self.cuboids if c.start <= cell < c.start + c.size)
        own = cell - cuboid.start if cuboid.keys is None else int(cuboid.keys[cell - cuboid.start])
        values = np.unravel_index(own, cuboid.shape)
        return tuple(Condition(d, int(v)) for d, v in zip(cuboid.dimensions, values, strict=True))

    def inside(self, conditions: Sequence[Condition]) -> NDArray[np.bool_]:
        """Which leaves meet all conditions."""
        met = np.ones(len(self.codes[0]) if self.codes else 0, dtype=bool)
        for dimension, value in conditions:
            met &= self.codes[dimension] == value
        return met


def _joined(columns: Sequence[Ints], sizes: Sequence[int]) -> Ints:
    key = columns[0]
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        key = key * size + column
    return key


def _above(dimensions: tuple[int, ...], dense: dict[tuple[int, ...], Cuboid]) -> Cuboid | None:
    """A kept cuboid with one dimension more, the smallest."""
    own = set(dimensions)
    result = [c for d, c in dense.items() if len(d) == len(dimensions) + 1 and own < set(d)]
    return min(result, key=lambda c: c.size, default=None)
