"""Rows for the contract of the engines, a function over batches, and the SQL that both run."""

import random

import pyarrow as pa
import pyarrow.compute as pc

from bihuan.insight.analysis.classify_rows import LABEL_COLUMNS, label_batch
from bihuan.insight.analysis.duplicate_rows import LINKED

TEXTS = (
    "净水器漏水了，客服不理人",
    "退款一直没到账",
    "快递慢",
    "很满意，谢谢",
    "测试",
    "",
    "打开就闪退 V3.2.1",
    "请回电 13912345678",
)
MARKED = pa.schema([("place", pa.int64()), ("size", pa.int32()), ("loud", pa.bool_())])
COUNTED = """
SELECT channel AS channel, count(*) AS many, count(DISTINCT customer_id) AS customers,
       sum(CASE WHEN score <= 2 THEN 1 ELSE 0 END) AS low
FROM voices GROUP BY channel ORDER BY channel
"""
FIRST = """
SELECT place AS place, row_number() OVER (PARTITION BY customer_id ORDER BY place) AS turn FROM voices ORDER BY place
"""
JOINED = """
SELECT voices.place AS place, marks.size AS size FROM voices JOIN marks ON voices.place = marks.place
WHERE marks.loud ORDER BY place
"""


def rows(count: int, seed: int = 7) -> pa.Table:
    chance = random.Random(seed)
    return pa.table(
        {
            "place": pa.array(range(count), pa.int64()),
            "customer_id": [chance.choice(["", f"C{chance.randrange(40)}"]) for _ in range(count)],
            "masked": [chance.choice(["", f"139****{chance.randrange(30):04d}"]) for _ in range(count)],
            "channel": [chance.choice(["phone", "app", ""]) for _ in range(count)],
            "text": [chance.choice(TEXTS) + str(chance.randrange(9)) * chance.randrange(2) for _ in range(count)],
            "demand": [chance.choice(["", "退款"]) for _ in range(count)],
            "score": pa.array([chance.choice([None, 1, 3, 5]) for _ in range(count)], pa.int8()),
        }
    )


def mark(batch: pa.RecordBatch) -> pa.RecordBatch:
    size = pc.utf8_length(batch["text"])
    return pa.record_batch([batch["place"], size, pc.greater(size, 6)], MARKED)


def results(engine, count: int = 500) -> dict[str, pa.Table]:
    """Everything an engine does, over the same rows."""
    table = rows(count)
    scanned = engine.scan(table)
    marks = engine.map_batches(scanned, mark, MARKED)
    source = engine.scan(table.select(["text", "demand", "score"]))
    return {
        "scanned": engine.collect(scanned),
        "mapped": engine.collect(marks),
        "labels": engine.collect(engine.map_batches(source, label_batch, LABEL_COLUMNS)),
        "counted": engine.collect(engine.sql(COUNTED, voices=scanned)),
        "first": engine.collect(engine.sql(FIRST, voices=scanned)),
        "joined": engine.collect(engine.sql(JOINED, voices=scanned, marks=marks)),
        "linked": engine.collect(engine.sql(LINKED, feedback=scanned)),
    }
