"""One feedback that has just arrived: which known problem it joins, may join, or none. Nothing is regrouped here.

A tight leader rule: joining needs more likeness than a nightly group does, for nobody looks at it before it counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.insight import hashing
from bihuan.insight.linear import Floats

METHOD = "tight-leader/1"
JOIN = 0.6  # likeness from which a row joins
OFFER = 0.38  # from which a person is asked
KEPT = 8  # rows of a problem that lead it, the latest


class Arrival(NamedTuple):
    """`kind`: "joins", "maybe" or "new"; `row` is the leader it is most like, with its problem."""

    kind: str
    problem: str
    row: str
    likeness: float
    method: str = METHOD


class Leaders:
    """The leading rows of every problem, held as hashed grams; one arrival is compared with all that share a gram."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """`rows` are (row id, problem, text), earliest first; of a problem the last eight lead."""
        by_problem: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row, problem, text in rows:
            by_problem[problem].append((row, text))
        self._rows = [(row, problem) for problem, led in by_problem.items() for row, _ in led[-KEPT:]]
        texts = [text for led in by_problem.values() for _, text in led[-KEPT:]]
        many = hashing.grams(texts)
        place = np.repeat(np.arange(len(texts)), np.diff(many.starts))
        both = np.unique(np.stack((many.buckets.astype(np.int64), place)), axis=1)
        both = both[:, both[0] > 0]
        self._buckets, self._places = both
        seen = np.bincount(self._buckets, minlength=1 << hashing.BITS)
        self._rarity: Floats = (np.log((len(texts) + 1) / (seen + 1)) + 1).astype(np.float32)
        self._begins = np.searchsorted(self._buckets, np.arange((1 << hashing.BITS) + 1))
        squares = self._rarity[self._buckets] ** 2
        self._lengths = np.sqrt(np.bincount(self._places, weights=squares, minlength=len(texts)))

    def place(self, text: str, blocked: Sequence[str] = ()) -> Arrival:
        """Where a text belongs; `blocked` are problems it was taken out of."""
        own = np.unique(hashing.grams([text]).buckets)
        own = own[own > 0]
        if not len(own) or not self._rows:
            return Arrival("new", "", "", 0.0)
        likeness = self._likeness(own)
        for at in np.lexsort((np.arange(len(likeness)), -likeness)):
            row, problem = self._rows[at]
            if problem not in blocked:
                value = round(float(likeness[at]), 3)
                kind = "joins" if value >= JOIN else "maybe" if value >= OFFER else "new"
                return Arrival(kind, problem if kind != "new" else "", row if kind != "new" else "", value)
        return Arrival("new", "", "", 0.0)

    def _likeness(self, own: NDArray[np.int32]) -> NDArray[np.float64]:
        spans = [np.arange(self._begins[bucket], self._begins[bucket + 1]) for bucket in own]
        inside = np.concatenate(spans)
        weights = self._rarity[self._buckets[inside]] ** 2
        shared = np.bincount(self._places[inside], weights=weights, minlength=len(self._rows))
        length = float(np.sqrt((self._rarity[own] ** 2).sum()))
        found: NDArray[np.float64] = shared / np.maximum(self._lengths * length, 1e-9)
        return found
