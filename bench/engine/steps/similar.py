"""Near-duplicates whoever wrote them, among reports made of real clauses with seeded edits (`near_texts`)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bench.engine import others
from bench.engine.figures import Figure
from bench.engine.meter import Meter
from bench.engine.texts import Numbers, f1, pair_f1, table
from bihuan.insight.duplicate_detection.similar import bare_letters, copies
from tests.insight.edited_texts import SEED, clauses, reports

ROW = 3
TITLE = "跨客户近似重复 / near-duplicates across customers"
SIZE = 100_000
OTHERS = ("datasketch", "gaoya", "rensa")


def figures() -> Iterator[Figure]:
    names = ("zh/reviews_category_sentiment.csv.gz", "zh/sentiment_openlicence.csv.gz")
    made = reports(clauses([row["text"] for name in names for row in table(name)]), SIZE, SEED)
    copies(made.texts[:100])
    with Meter() as spent:
        found = copies(made.texts).of
    again = {at for at, first in enumerate(made.first) if first != at}
    precision, recall, score = f1(set(np.flatnonzero(found >= 0).tolist()), again)
    bare = list(bare_letters(made.texts))
    theirs = {name: others.answer(f"by_{name}.py", bare) for name in OTHERS}

    def beside(of: Callable[[others.Answer], float]) -> dict[str, float | None]:
        return {name: one and of(one) for name, one in theirs.items()}

    words = {"exact words": _row_f1(_exact(bare), again)}
    rows = beside(lambda one: f1(set(one.found["again"]), again)[2])
    note = f"P {precision:.4f} R {recall:.4f}; {len(again):,} of {SIZE:,} rows repeat one"
    yield Figure("similar", "row F1", score, 0.985, 0.99, baseline=words | rows, note=note)
    root = np.where(found < 0, np.arange(SIZE), found)
    yield Figure("similar", "pair F1", pair_f1(root, np.array(made.first)))
    speeds = beside(lambda one: SIZE / one.found["cpu"])
    yield Figure("similar", "speed", spent.rate(SIZE), 50_000, 120_000, "rows/CPU s", baseline=speeds)
    if (ours := others.answer("by_ours.py", made.texts, by=sys.executable)) and any(theirs.values()):
        memory = beside(lambda one: one.spent.memory)
        yield Figure("similar", "memory of the process", ours.spent.memory, unit="MB", better="lower", baseline=memory)


def _row_f1(found: Numbers, again: set[int]) -> float:
    return f1(set(np.flatnonzero(found).tolist()), again)[2]


def _exact(bare: Sequence[str]) -> Numbers:
    seen: set[str] = set()
    found = np.zeros(len(bare), dtype=np.int64)
    for at, text in enumerate(bare):
        found[at] = text in seen
        seen.add(text)
    return found
