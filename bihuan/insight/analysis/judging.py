"""What the engine says about every row: noise, type, urgency, mood; then repeats of one customer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bihuan.insight import clean, duplicates, labels, masking, mood, repeats, words
from bihuan.insight.analysis.gathering import READING, Tell
from bihuan.insight.analysis.rows import JUDGED, TEXT
from bihuan.insight.engines import Engine
from bihuan.insight.said import Said

METHODS = {
    "reading": READING,
    "noise": clean.METHOD,
    "repeats": repeats.METHOD,
    "near_text": duplicates.METHOD,
    "tokens": words.METHOD,
    "problem_type": labels.METHOD,
    "urgency": labels.METHOD,
    "sentiment": mood.METHOD,
    "masking": masking.METHOD,
}
# Whatever the masking rules find holds a digit, an address sign, an underscore, spoken digits or the end of an address.
MAYBE_PERSONAL = (
    r"\p{Nd}|[@＠_＿]|[零〇一二两三四五六七八九幺洞拐](?:[ 　、-]?[零〇一二两三四五六七八九幺洞拐]){9}"
    r"|[A-Za-zＡ-Ｚａ-ｚ一二三四五六七八九十百-](?:号院|号楼|号|弄|栋|幢|座|楼|单元|室|层|门|户|房|组|队)"
)
LINKED = """
WITH keyed AS (
    SELECT place, 'c' || customer_id AS owner FROM voices WHERE customer_id <> ''
    UNION ALL SELECT place AS place, 'm' || masked AS owner FROM voices WHERE masked <> ''
), shared AS (
    SELECT owner AS owner FROM keyed GROUP BY owner HAVING count(*) > 1
)
SELECT DISTINCT keyed.place AS place FROM keyed JOIN shared ON keyed.owner = shared.owner ORDER BY place
"""


def judged(table: pa.Table, engine: Engine, *, tell: Tell | None = None) -> pa.Table:
    """The table with every judged column: noise, labels, personal, duplicate_of, duplicate_kind."""
    if tell:
        tell(Said("分类", "Labelling"), 0, table.num_rows)
    asked = table.select(["text", "demand", "score"])
    found = engine.collect(engine.map_batches(engine.scan(asked), label, JUDGED))
    for name in JUDGED.names:
        table = table.append_column(name, found[name])
    if tell:
        tell(Said("查找重复反馈", "Looking for repeats"), 0, 0)
    return with_repeats(table, engine)


def label(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Noise, or problem type, urgency and sentiment with how sure each is. (text, demand, score) → JUDGED, row by row."""
    texts, demands, scores = (batch[name].to_pylist() for name in ("text", "demand", "score"))
    found: list[tuple[Any, ...]] = []
    for text, demand, score in zip(texts, demands, scores, strict=True):
        noise = clean.noise(text).kind
        if noise:
            found.append((noise, "", None, "", None, "", None))
            continue
        kind, urgency = labels.ranked(text, demand=demand)
        feeling = mood.sentiment(text, score)
        found.append(("", *kind[:2], *feeling[:2], *urgency[:2]))
    columns = list(zip(*found, strict=True)) if found else [()] * (len(JUDGED) - 1)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, JUDGED.types[:-1], strict=True)]
    return pa.record_batch([*arrays, personal(batch["text"])], JUDGED)


def personal(texts: Any) -> Any:
    """Which texts hold personal data that masking would hide."""
    maybe = np.asarray(pc.match_substring_regex(texts, MAYBE_PERSONAL))
    found = np.zeros(len(texts), dtype=bool)
    places = np.flatnonzero(maybe)
    for at, text in zip(places.tolist(), texts.take(pa.array(places)).to_pylist(), strict=True):
        found[at] = bool(masking.find(text))
    return pa.array(found)


def linkable(table: pa.Table) -> Any:
    """Rows whose repeats could be seen at all: they say something, have a date and some customer key."""
    keyed = pc.or_(pc.not_equal(table["customer_id"], ""), pc.not_equal(table["contact"], ""))
    return pc.and_(pc.and_(pc.equal(table["noise"], ""), pc.is_valid(table["received_at"])), keyed)


def with_repeats(table: pa.Table, engine: Engine) -> pa.Table:
    """Every repeat of one customer points at its first telling. Only rows that share a customer key are compared."""
    places = np.flatnonzero(np.asarray(linkable(table).combine_chunks()))
    contacts = table["contact"].take(pa.array(places)).to_pylist()
    keys = pa.table(
        {
            "place": pa.array(places, pa.int64()),
            "customer_id": table["customer_id"].take(pa.array(places)),
            "masked": pa.array([masking.mask_contact(contact) if contact else "" for contact in contacts], TEXT),
        }
    )
    kept = engine.collect(engine.sql(LINKED, voices=engine.scan(keys)))["place"]
    chosen = table.select(["row_id", "text", "received_at", "customer_id", "contact", "product", "channel"]).take(kept)
    items = chosen.rename_columns(
        ["id", "text", "received_at", "customer_no", "contact", "product", "channel"]
    ).to_pylist()
    place = dict(zip(chosen["row_id"].to_pylist(), kept.to_pylist(), strict=True))
    of, kind = np.full(table.num_rows, None, dtype=object), np.full(table.num_rows, None, dtype=object)
    for found in repeats.repeats(items):
        of[place[found.item]], kind[place[found.item]] = found.of, found.kind
    for name, values in (("duplicate_of", of), ("duplicate_kind", kind)):
        table = table.append_column(name, pc.fill_null(pa.array(values, TEXT, from_pandas=True), ""))
    return table
