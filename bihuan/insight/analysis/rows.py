"""The rows of an analysis as Arrow columns: the values of the source in canonical fields, and the labels of the engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

TIME = pa.timestamp("s", tz="Asia/Shanghai")
ZONE = ZoneInfo("Asia/Shanghai")
TEXT, CONFIDENCE = pa.string(), pa.float32()
LABELS = ("problem_type", "sentiment", "urgency")
SOURCE_COLUMNS = pa.schema(
    [
        ("row_id", TEXT), ("received_at", TIME), ("channel", TEXT), ("customer_id", TEXT), ("customer_type", TEXT),
        ("product", TEXT), ("version", TEXT), ("system", TEXT), ("region", TEXT), ("text", TEXT), ("demand", TEXT),
        ("score", pa.int8()), ("contact", TEXT), ("batch", TEXT),
    ]
)  # fmt: skip
LABEL_COLUMNS = pa.schema(
    [
        ("noise", TEXT), ("problem_type", TEXT), ("problem_type_confidence", CONFIDENCE), ("sentiment", TEXT),
        ("sentiment_confidence", CONFIDENCE), ("urgency", TEXT), ("urgency_confidence", CONFIDENCE), ("personal", pa.bool_()),
    ]
)  # fmt: skip
COLUMNS = (
    "row_id", "received_at", "channel", "customer_id", "customer_type", "product", "version", "system", "region",
    "text", "demand", "score", "noise", "duplicate_of", "duplicate_kind", "problem_id", "problem_type",
    "problem_type_confidence", "sentiment", "sentiment_confidence", "urgency", "urgency_confidence",
)  # fmt: skip
FORMULA = "^ *[=+\\-@\t\r\n＝＋－＠]"
_EARLY = datetime(1992, 1, 1, tzinfo=ZONE)
BATCH = 50_000
_HUNDREDTHS = pa.array([f"{n / 100:.2f}" for n in range(101)])


class ListedRow(NamedTuple):
    """One row as lists and quotes show it."""

    row_id: str
    received_at: datetime | None
    channel: str
    product: str
    text: str


def days(table: pa.Table) -> NDArray[np.int64]:
    """The local day of each row, counted from 1970-01-01; -1 without a date."""
    local = pc.local_timestamp(table["received_at"])
    return pc.fill_null(local.cast(pa.date32()).cast(pa.int32()), -1).to_numpy().astype(np.int64)


def day_number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def day_of(number: int) -> date:
    return date.fromordinal(int(number) + date(1970, 1, 1).toordinal())


def listed_rows(table: pa.Table, places: Sequence[int]) -> list[ListedRow]:
    """Some rows, in the order of `places`."""
    part = table.select(list(ListedRow._fields)).take(pa.array(places, pa.int64()))
    return [ListedRow(*values.values()) for values in part.to_pylist()]


def output_columns(table: pa.Table) -> pa.Table:
    """The columns of rows.parquet and rows.csv, in their order."""
    return table.select(list(COLUMNS))


def write_parquet(table: pa.Table, path: Path) -> None:
    """rows.parquet: one schema, one row group size, no time of writing, so equal rows are equal bytes."""
    pyarrow.parquet.write_table(
        output_columns(table), path, compression="zstd", row_group_size=100_000, store_schema=True
    )


def write_csv(table: pa.Table, path: Path) -> None:
    """rows.csv: UTF-8 with BOM (Excel needs it to show Chinese), formula-safe, times in ISO 8601 with zone."""
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        head = pyarrow.csv.WriteOptions(include_header=True)
        rest = pyarrow.csv.WriteOptions(include_header=False)
        pieces = output_columns(table).to_batches(max_chunksize=BATCH) or [output_columns(table).schema.empty_table()]
        for number, batch in enumerate(pieces):
            shown = pa.table({name: _csv_text(batch[name]) for name in COLUMNS})
            pyarrow.csv.write_csv(shown, file, rest if number else head)


def _csv_text(column: Any) -> Any:
    """A column as texts: one that starts like a formula gets an apostrophe, so no spreadsheet takes it for one."""
    if column.type == TIME:
        return iso(column)
    if column.type == CONFIDENCE:
        whole = pc.round(pc.multiply(column.cast(pa.float64()), 100)).cast(pa.int64())
        return _HUNDREDTHS.take(whole)
    if column.type != TEXT:
        return column
    risky = pc.match_substring_regex(column, FORMULA)
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column) if pc.any(risky).as_py() else column


def iso(column: Any) -> Any:
    """Times as ISO 8601 with their offset."""
    known = column.drop_null()
    if len(known) and pc.min(known).as_py() < _EARLY:
        return pa.array([moment and moment.isoformat() for moment in column.to_pylist()], TEXT)
    return pc.binary_join_element_wise(pc.strftime(column, "%Y-%m-%dT%H:%M:%S"), "+08:00", "")
