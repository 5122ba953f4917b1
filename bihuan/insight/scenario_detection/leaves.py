"""The leaf table: rows counted once by every combination of the chosen dimensions that occurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from bihuan.core.text import Text
from bihuan.insight.columns import Columns, Floats, Ints, coded, packed, recoded, summed

ALL_FEEDBACK = Text("全部反馈", "all feedback")
SAMPLE, MOSTLY = (
    100_000,
    0.8,
)  # where a sample hardly repeats, rows are their own leaves: counting them first costs more


@dataclass(frozen=True)
class Leaves:
    """`hits` problem reports and `base` of the denominator in each leaf; `names` and `values` of each dimension.

    `counted` says that base counts rows of which the hits are a part (a share); otherwise base is an exposure (a rate).
    `hit_leaf` and `customer` hold, for every problem report, its leaf and its customer (-1: unknown).
    `unmatched` counts reports in leaves without any exposure: they are left out of every rate, and reported.
    """

    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    codes: tuple[Ints, ...]
    hits: Floats
    base: Floats
    hit_leaf: Ints
    customer: Ints
    denominator: Text = ALL_FEEDBACK
    counted: bool = True
    unmatched: int = 0

    @property
    def sizes(self) -> list[int]:
        return [len(values) for values in self.values]

    @property
    def blank(self) -> list[int]:
        """The code of the empty value of each dimension, -1 where there is none."""
        return [values.index("") if "" in values else -1 for values in self.values]

    def filled(self, dimension: int) -> float:
        """The share of the base whose value is known."""
        empty = self.codes[dimension] == self.blank[dimension]
        whole = self.base.sum()
        return float(1 - self.base[empty].sum() / whole) if whole else 0.0


def count_leaves(rows: Columns, dimensions: Sequence[str], hit: ArrayLike, *, customer: str | None = None) -> Leaves:
    """Leaf table of `rows` (columns by name); `hit` marks the reports of the problem. Denominator: all rows given.

    `customer` names a column: distinct customers are counted, empty ones not. KeyError for an unknown column.
    """
    mask = np.asarray(hit, dtype=bool)
    columns = [coded(_column(rows, name)) for name in dimensions]
    codes, values = [c for c, _ in columns], tuple(v for _, v in columns)
    sizes = [len(v) for v in values]
    if not dimensions or not len(mask):
        codes, sizes = [np.zeros(len(mask), dtype=np.int64), *codes], [1, *sizes]
    first, base, at = _counted(packed(codes, sizes), mask)
    who = np.full(int(mask.sum()), -1, dtype=np.int64)
    if customer is not None:
        result, known = coded(_column(rows, customer))
        who = np.where(np.array([bool(v) for v in known] or [False])[result], result, -1)[mask]
    return Leaves(
        names=tuple(dimensions),
        values=values,
        codes=tuple(c[first] for c in codes[-len(dimensions) :]) if dimensions else (),
        hits=summed(at, None, len(base)),
        base=base,
        hit_leaf=at,
        customer=who,
    )


def mark_hits(every: Leaves, hit: ArrayLike) -> Leaves:
    """The table of a problem out of that of all rows (`leaves` with every row marked): many problems, counted once."""
    mask = np.asarray(hit, dtype=bool)
    at = every.hit_leaf[mask]
    return replace(every, hits=summed(at, None, len(every.base)), hit_leaf=at, customer=every.customer[mask])


def with_exposure(problem: Leaves, exposure: Columns, amount: str, denominator: Text) -> Leaves:
    """The same problem over an exposure (orders, payments, active users): rates instead of shares.

    `exposure` has the dimensions of `problem` by name, and the column `amount`. Blank and missing dimensions are not
    guessed: reports whose combination has no exposure are counted in `unmatched`.
    """
    columns = [coded(_column(exposure, name)) for name in problem.names]
    values = tuple(tuple(sorted({*old, *new})) for old, (_, new) in zip(problem.values, columns, strict=True))
    sizes = [len(v) for v in values]
    own = [recoded(c, old, new) for c, old, new in zip(problem.codes, problem.values, values, strict=True)]
    theirs = [recoded(c, old, new) for (c, old), new in zip(columns, values, strict=True)]
    many = len(problem.hits)
    key = packed([np.concatenate(pair) for pair in zip(own, theirs, strict=True)], sizes)
    weights = np.asarray(_numbers(_column(exposure, amount)), dtype=float)
    kept, first, leaf = np.unique(key, return_index=True, return_inverse=True)
    base = summed(leaf[many:], weights, len(kept))
    hits = summed(leaf[:many], problem.hits, len(kept))
    fine = base > 0
    place = np.cumsum(fine) - 1
    hit_leaf = leaf[:many][problem.hit_leaf]
    known = fine[hit_leaf]
    both = [np.concatenate(pair) for pair in zip(own, theirs, strict=True)]
    return replace(
        problem,
        values=values,
        codes=tuple(c[first][fine] for c in both),
        hits=hits[fine],
        base=base[fine],
        hit_leaf=place[hit_leaf[known]],
        customer=problem.customer[known],
        denominator=denominator,
        counted=False,
        unmatched=int(hits[~fine].sum()),
    )


def _counted(key: Ints, mask: NDArray[np.bool_]) -> tuple[Ints | slice, Floats, Ints]:
    """(a row of each leaf, how many rows it has, the leaf of each marked row); by hash: sorting a million keys costs more."""
    some = key[:: max(1, len(key) // SAMPLE)]
    if len(key) >= SAMPLE and len(np.unique(some)) > MOSTLY * len(some):
        return slice(None), np.ones(len(key)), np.flatnonzero(mask)
    table = pa.table({"key": key, "row": np.arange(len(key))})
    result = table.group_by("key", use_threads=False).aggregate([("row", "min"), ("row", "count")])
    kept = result["key"].to_numpy()
    order = np.argsort(kept)
    first, base = result["row_min"].to_numpy()[order], result["row_count"].to_numpy()[order].astype(float)
    return first, base, np.searchsorted(kept[order], key[mask])


def _column(rows: Mapping[str, Any] | pa.Table, name: str) -> Any:
    if isinstance(rows, pa.Table) and name not in rows.column_names:
        raise KeyError(name)
    return rows[name]


def _numbers(column: Any) -> NDArray[Any]:
    return column.to_numpy() if isinstance(column, pa.Array | pa.ChunkedArray) else np.asarray(column)
