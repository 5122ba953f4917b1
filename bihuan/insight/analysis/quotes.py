"""A few real sentences that stand for many, out of the rows of one set: `insight.cases` over masked texts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bihuan.insight.analysis.row_sets import Key, RowSets, key
from bihuan.insight.grouping import representatives
from bihuan.insight.text.masking import mask

METHOD = representatives.METHOD
QUOTES = 3
CANDIDATES = 1000  # evenly spread candidates of a large set


def choose_quotes(row_sets: RowSets, name: Key) -> list[int]:
    """Up to three rows of a set, the one that stands for most first: no praise, of a length one reads, no repeat and no customer
    twice, as long as others are left."""
    rows = np.flatnonzero(row_sets.mask(name) & ~row_sets.mask(key(repeat="yes")))
    glad = row_sets.mask(key(sentiment="satisfied"))[rows]
    rows = rows[~glad] if not glad.all() else rows
    lengths = pc.utf8_length(row_sets.table["text"].take(pa.array(rows))).to_numpy()
    fit = rows[(lengths >= representatives.SHORT) & (lengths <= representatives.LONG)]
    rows = fit if len(fit) >= QUOTES else rows
    if len(rows) > CANDIDATES:
        rows = rows[np.linspace(0, len(rows) - 1, CANDIDATES).astype(np.int64)]
    part = row_sets.table.select(["text", "customer_id", "channel"]).take(rows)
    texts, customers, channels = (column.to_pylist() for column in part.columns)
    result = representatives.choose_representatives(
        list(map(mask, texts)), customers=customers, channels=channels, limit=QUOTES
    )
    return [int(rows[at]) for at in result.rows]
