"""Reading the files: every physical row becomes a row of the table, is skipped with a reason, or lies outside the window."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bihuan.core.text import Text
from bihuan.insight.analysis.rows import SOURCE_COLUMNS, TIME
from bihuan.insight.sheets import Inspection, Plan, Unreadable, inspect_file
from bihuan.insight.sheets.blocks import Block, blocks
from bihuan.insight.text.masking import mask

OnProgress = Callable[[Text, int, int], None]
READING = "sheets/1"
NO_TEXT_COLUMN = Text(
    "没有找到客户原话所在的列，请把那一列的表头写成“问题描述”",
    "No column holds the customers' words; name its heading “text” (or 问题描述)",
)
SOURCE_FIELDS = (
    "external_no", "received_at", "channel", "customer_no", "customer_type", "contact", "product", "batch", "version",
    "system", "region", "text", "demand", "score",
)  # fmt: skip
_FIELD = {"row_id": "external_no", "customer_id": "customer_no"}
# Whatever could be personal in a source's own number has seven digits, an address sign, or is no plain ASCII; digits
# behind letters could be a mobile number only, unless the letters name an account or a card.
_PLAIN_ID = re.compile(
    r"(?!(?i:[a-z]*(?:id|[vw]x|qq|wechat)))"
    r"(?:(?:[A-Za-z]{0,8}[-_]?)?[0-9]{0,6}|[A-Za-z]{1,8}(?!(?:(?:00)?86)?1[3-9][0-9]{9}\Z)[0-9]{1,60})"
)


class Window(NamedTuple):
    """Local days, both inclusive; None is open. A row without a time lies inside an open window only."""

    since: date | None = None
    until: date | None = None

    @property
    def open(self) -> bool:
        return self.since is None and self.until is None


OPEN = Window()


class Source(NamedTuple):
    """One file as read. `unused` are headings no field was found for."""

    name: str
    kind: str
    sheet: str
    rows: int
    unused: list[str]
    warnings: list[Text]


@dataclass
class LoadedRows:
    """All rows with the account of the run: rows read = rows + skipped + outside + undated rows left out.

    `filled` counts the cells read by field, `unreadable` holds (row, reason) by field, `repeated_ids` the rows whose
    own number an earlier row had already.
    """

    window: Window = OPEN
    sources: list[Source] = field(default_factory=list)
    parts: list[pa.RecordBatch] = field(default_factory=list)
    rows: int = 0
    read: int = 0
    skipped: Counter[Text] = field(default_factory=Counter)
    outside: int = 0
    undated_left_out: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    unreadable: dict[str, list[tuple[int, Text]]] = field(default_factory=lambda: defaultdict(list))
    repeated_ids: list[int] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    @property
    def table(self) -> pa.Table:
        """The rows with SOURCE_COLUMNS, in order."""
        return pa.Table.from_batches(self.parts, SOURCE_COLUMNS)

    def take_table(self) -> pa.Table:
        """The same, which are no longer held here: two copies of a large export are one too many."""
        table = self.table
        self.parts.clear()
        return table

    def add(self, block: Block, name: str) -> None:
        """Take one block of a file."""
        self.read += block.read
        self.skipped.update(block.skipped)
        size = len(block.numbers)
        columns = {each: block.columns.get(each, pa.nulls(size, pa.string())) for each in SOURCE_FIELDS}
        columns["received_at"] = columns["received_at"].cast(TIME)
        inside = self._inside(columns["received_at"])
        place = np.cumsum(inside) - 1 + self.rows
        for each, bad in block.errors.items():
            self.unreadable[each] += [(int(place[at]), reason) for at, reason in bad if inside[at]]
        numbers = block.numbers
        if not inside.all():
            columns = {each: column.filter(pa.array(inside)) for each, column in columns.items()}
            numbers = [numbers[at] for at in np.flatnonzero(inside).tolist()]
        for each, column in columns.items():
            self.filled[each] += len(column) - column.null_count
        data = {
            "row_id": pa.array(self._row_ids(columns["external_no"].to_pylist(), numbers, name), pa.string()),
            "received_at": columns["received_at"],
            "score": columns["score"].cast(pa.int8()),
        }
        arrays = [
            data[column] if column in data else pc.fill_null(columns[_FIELD.get(column, column)], "")
            for column in SOURCE_COLUMNS.names
        ]  # fmt: skip
        self.parts.append(pa.record_batch(arrays, SOURCE_COLUMNS))
        self.rows += len(numbers)

    def _inside(self, moments: Any) -> Any:
        """Which rows lie inside the window; counts the others."""
        dated = np.asarray(pc.is_valid(moments))
        if self.window.open:
            return np.ones(len(moments), dtype=bool)
        day = pc.local_timestamp(moments).cast(pa.date32())
        inside = pc.is_valid(day)
        if self.window.since:
            inside = pc.and_(inside, pc.fill_null(pc.greater_equal(day, pa.scalar(self.window.since)), False))
        if self.window.until:
            inside = pc.and_(inside, pc.fill_null(pc.less_equal(day, pa.scalar(self.window.until)), False))
        result = np.asarray(inside)
        self.outside += int((dated & ~result).sum())
        self.undated_left_out += int((~dated).sum())
        return result

    def _row_ids(self, own: list[str | None], numbers: list[int], name: str) -> list[str]:
        plain = [row_id for row_id in own if row_id and _PLAIN_ID.fullmatch(row_id)]
        if len(plain) == len(own) == len(set(plain)) and self._ids.isdisjoint(plain):
            self._ids.update(plain)
            return plain
        result = []
        for at, (number, own_id) in enumerate(zip(numbers, own, strict=True)):
            if own_id in self._ids:
                self.repeated_ids.append(self.rows + at)
            result.append(self._unique_id(own_id or "", f"{name}:{number}"))
        return result

    def _unique_id(self, own: str, place: str) -> str:
        # A number that reads like a phone number may be one: it would travel into every report.
        fine = own and own not in self._ids and (_PLAIN_ID.fullmatch(own) or mask(own) == own)
        chosen = own if fine else place
        count = 1
        while chosen in self._ids:
            count += 1
            chosen = f"{place}#{count}"
        self._ids.add(chosen)
        return chosen


def load(paths: Sequence[str | Path], *, window: Window = OPEN, progress: OnProgress | None = None) -> LoadedRows:
    """The rows of the files in order. Raises Unreadable, with the file's name before the sentence if there are several."""
    loaded = LoadedRows(window)
    for path in map(Path, paths):
        try:
            _file(path, loaded, progress)
        except Unreadable as bad:
            raise Unreadable(Text(f"{path.name}：{bad.reason.zh}", f"{path.name}: {bad.reason.en}")) from bad
        except OSError as bad:
            raise Unreadable(_cannot_open(path, bad)) from bad
    loaded._ids.clear()
    return loaded


def _file(path: Path, loaded: LoadedRows, progress: OnProgress | None) -> None:
    step = Text(f"读取 {path.name}", f"Reading {path.name}")
    if progress:
        progress(step, 0, 0)
    result = inspect_file(path)
    plan = result.plan()
    if "text" not in plan.mapping.values():
        raise Unreadable(NO_TEXT_COLUMN)
    name = mask(path.name)
    before = loaded.read
    for block in blocks(path, plan, SOURCE_FIELDS):
        loaded.add(block, name)
        if progress:
            progress(step, loaded.read - before, result.total_rows)
    loaded.sources.append(_source(name, result, plan, loaded.read - before))


def _source(name: str, result: Inspection, plan: Plan, rows: int) -> Source:
    unused = [
        mask(heading)
        for index, heading in enumerate(plan.headings)
        if plan.mapping.get(index) not in SOURCE_FIELDS and result.columns[index].samples
    ]
    warnings = [Text(mask(reason.zh), mask(reason.en)) for reason in result.warnings]
    return Source(name, result.kind, mask(result.sheet), rows, unused, warnings)


def _cannot_open(path: Path, bad: OSError) -> Text:
    if isinstance(bad, FileNotFoundError):
        return Text(f"没有这个文件：{path}", f"There is no such file: {path}")
    if isinstance(bad, IsADirectoryError):
        return Text(f"{path} 是文件夹，请给出文件", f"{path} is a folder; name a file")
    return Text(f"打不开 {path}：{bad.strerror}", f"Cannot open {path}: {bad.strerror}")
