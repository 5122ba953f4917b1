"""Near-duplicates whoever wrote them, among reports made of real clauses with seeded edits (`near_texts`)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import numpy as np

from bihuan.bench.engine.figures import Figure, by
from bihuan.bench.engine.meter import Meter
from bihuan.bench.engine.near_texts import SEED, Reports, clauses, reports
from bihuan.bench.engine.texts import Numbers, f1, pair_f1, table
from bihuan.insight.near import bare_letters, copies

ROW = 3
TITLE = "跨客户近似重复 / near-duplicates across customers"
SIZE = 100_000
SMALL = 10_000  # rows for what is too slow for all


def figures() -> Iterator[Figure]:
    names = ("zh/reviews_category_sentiment.csv.gz", "zh/sentiment_openlicence.csv.gz")
    made = reports(clauses([row["text"] for name in names for row in table(name)]), SIZE, SEED)
    copies(made.texts[:100])
    with Meter() as spent:
        found = copies(made.texts).of
    again = {at for at, first in enumerate(made.first) if first != at}
    precision, recall, score = f1(set(np.flatnonzero(found >= 0).tolist()), again)
    others = {
        "exact words": _row_f1(_exact(made), again),
        "datasketch .6": by("datasketch", lambda: _datasketch(made)),
        "gaoya .6": by("gaoya", lambda: _gaoya(made)),
    }
    note = f"P {precision:.4f} R {recall:.4f}; {len(again):,} of {SIZE:,} rows repeat one; datasketch on {SMALL:,}"
    yield Figure("near", "row F1", score, 0.985, 0.99, baseline=others, note=note)
    root = np.where(found < 0, np.arange(SIZE), found)
    yield Figure("near", "pair F1", pair_f1(root, np.array(made.first)))
    yield Figure("near", "speed", spent.rate(SIZE), 50_000, 120_000, "rows/CPU s")


def _row_f1(found: Numbers, again: set[int]) -> float:
    return f1(set(np.flatnonzero(found).tolist()), again)[2]


def _exact(made: Reports) -> Numbers:
    seen: set[str] = set()
    found = np.zeros(len(made.texts), dtype=np.int64)
    for at, text in enumerate(bare_letters(made.texts)):
        found[at] = text in seen
        seen.add(text)
    return found


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)] or [text]


def _datasketch(made: Reports) -> float:
    sketch = importlib.import_module("datasketch")
    index = sketch.MinHashLSH(threshold=0.6, num_perm=64)
    found = np.zeros(SMALL, dtype=np.int64)
    for at, text in enumerate(bare_letters(made.texts[:SMALL])):
        value = sketch.MinHash(num_perm=64)
        value.update_batch([pair.encode() for pair in _pairs(text)])
        found[at] = bool(index.query(value))
        index.insert(at, value)
    return _row_f1(found, {at for at in range(SMALL) if made.first[at] != at})


def _gaoya(made: Reports) -> float:
    minhash = importlib.import_module("gaoya.minhash")
    index = minhash.MinHashStringIndex(hash_size=32, jaccard_threshold=0.6, num_bands=20, band_size=3, analyzer="char", ngram_range=(2, 2))  # fmt: skip
    found = np.zeros(SIZE, dtype=np.int64)
    for at, text in enumerate(bare_letters(made.texts)):
        found[at] = bool(index.query(text)) if text else 0
        index.insert_document(at, text)
    return _row_f1(found, {at for at, first in enumerate(made.first) if first != at})
