"""Rows that report again what an earlier row reported: repeats of a customer, and the same words from another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bihuan.insight.analysis.rows import TEXT
from bihuan.insight.duplicate_detection import customer_pairs, repeats, similar
from bihuan.insight.engines import Engine

COPY = "copy"
SHORT = 15  # letters below which the same words are ordinary
LINKED = """
WITH keyed AS (
    SELECT place, 'c' || customer_id AS owner FROM feedback WHERE customer_id <> ''
    UNION ALL SELECT place AS place, 'm' || masked AS owner FROM feedback WHERE masked <> ''
), shared AS (
    SELECT owner AS owner FROM keyed GROUP BY owner HAVING count(*) > 1
)
SELECT DISTINCT keyed.place AS place FROM keyed JOIN shared ON keyed.owner = shared.owner ORDER BY place
"""

Numbers = NDArray[np.int64]


class DuplicateMarks(NamedTuple):
    """Per row: the row_id of the first row with the same report, and the kind of duplicate; both "" for a first one."""

    of: pa.Array
    kind: pa.Array


def mark_repeats(table: pa.Table, places: Numbers, engine: Engine) -> DuplicateMarks:
    """Every repeat of one customer points at its first report. `places` are rows whose repeats could be seen; of these
    only rows that share a customer key are compared."""
    rows = pa.array(places, pa.int64())
    keys = {
        "place": rows,
        "customer_id": table["customer_id"].take(rows),
        "masked": customer_pairs.masked_contacts(table["contact"].take(rows)),
    }
    kept = engine.collect(engine.sql(LINKED, feedback=engine.scan(pa.table(keys))))["place"].combine_chunks()
    names = ["row_id", "text", "received_at", "customer_id", "contact", "product", "channel"]
    chosen = table.select(names).take(kept).combine_chunks()
    columns = customer_pairs.Columns(
        chosen["row_id"].to_pylist(),
        chosen["text"].to_pylist(),
        chosen["received_at"].cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()).to_numpy(),
        chosen["customer_id"].combine_chunks(),
        chosen["contact"].combine_chunks(),
        chosen["product"].combine_chunks(),
        chosen["channel"].to_pylist(),
    )
    result = repeats.repeats_in_columns(columns, skip_noise=False)
    place = dict(zip(columns.ids, kept.to_pylist(), strict=True))
    at = np.array([place[repeat.item] for repeat in result], dtype=np.int64)
    of = pa.array([repeat.of for repeat in result], TEXT)
    kind = pa.array([repeat.kind for repeat in result], TEXT)
    blank = pa.array([""], TEXT).take(pa.array(np.zeros(table.num_rows, dtype=np.int8)))
    return _with_marks(DuplicateMarks(blank, blank), at, of, kind)


def mark_copies(table: pa.Table, without_noise: NDArray[np.bool_], marks: DuplicateMarks) -> DuplicateMarks:
    """Rows with (nearly) the words of an earlier row of somebody else, where the words are too many for chance, point at the
    first that had them. A repeat stays a repeat. Reposts and chain complaints come out so; what they count for does not change."""
    long = np.asarray(pc.greater_equal(pc.utf8_length(table["text"]), SHORT).combine_chunks())
    rows = np.flatnonzero(without_noise & long & np.asarray(pc.equal(marks.kind, "")))
    texts = table["text"].take(pa.array(rows)).combine_chunks().dictionary_encode()
    which = texts.indices.to_numpy()
    own = texts.dictionary.to_pylist()
    first = np.full(len(own), -1, dtype=np.int64)
    first[which[::-1]] = rows[::-1]
    result = similar.copies(own).of
    root = np.where(result < 0, np.arange(len(own)), result)
    of = first[root[which]]
    sender, its = (table["customer_id"].take(pa.array(each)) for each in (rows, of))
    same = np.asarray(pc.and_(pc.not_equal(sender, ""), pc.equal(sender, its)).combine_chunks())
    copied = (of != rows) & ~same
    at, of = rows[copied], of[copied]
    kind = pa.array([COPY], TEXT).take(pa.array(np.zeros(len(at), dtype=np.int8)))
    return _with_marks(marks, at, table["row_id"].take(pa.array(of)).combine_chunks(), kind)


def _with_marks(marks: DuplicateMarks, at: Numbers, of: pa.Array, kind: pa.Array) -> DuplicateMarks:
    which = np.zeros(len(marks.of), dtype=np.bool_)
    which[at] = True
    order, mask = pa.array(np.argsort(at)), pa.array(which)
    return DuplicateMarks(
        pc.replace_with_mask(marks.of, mask, of.take(order)), pc.replace_with_mask(marks.kind, mask, kind.take(order))
    )
