"""A file as columns, a block of rows at a time: the very values of `reading.read`, each different cell worked out once.

A million rows hold few different channels, versions and regions, and their times differ mostly in the clock; a number that
is plainly a number stands as it is. So this is some thirty times as fast as row by row. That both give the same is held by
a test over hostile files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bihuan.core.text import Text
from bihuan.insight.sheets import dates, guard, layout, match, source, values
from bihuan.insight.sheets.reading import CHANGED, NOT_A_RECORD, value_of
from bihuan.insight.sheets.sheet_types import Plan, Unreadable

ROWS = 20_000
KEPT = 100_000  # different cells of a column remembered at once
# A time of day in digits, after a date and before an offset: what is before and after tells the day and the zone.
_CLOCK = re.compile(
    r"([^:]*\d[日号T,]? ?)([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d)?((?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|CST))?)"
)
# A number of the source's own or of a customer: letters, digits and dashes with a digit (so no word for nothing) that no
# table made into 1E+10; and contacts that are already as they will be.
_NUMBER = r"\A[A-Za-z0-9_-]{1,100}\z"
_NO_NUMBER = r"\A(?:[0-9][eE][0-9]{1,2}|[A-Za-z_-]*)\z"
_CONTACT = r"\A(?:1[3-9][0-9](?:[0-9]{8}|\*{4}[0-9]{4})|[a-z0-9][a-z0-9._-]{0,60}@[a-z0-9.-]{1,60})\z"
_AS_IT_IS = {"external_no": _NUMBER, "customer_no": _NUMBER, "contact": _CONTACT}
# A cell with a digit outside of brackets is no word for a total.
_NUMBERED = re.compile(r"[^(（\[【<《「{]{0,60}?[0-9]").match
_UNCHANGING = datetime(1992, 1, 1)  # noqa: DTZ001 - from this year on the zone of China has one offset
Cell = str | Text | None


class Block(NamedTuple):
    """Rows of a file with a voice: `numbers` as Excel shows them, `columns` by field with null for a blank or an
    error, `errors` by field as (place in the block, why). `read` counts all physical rows, `skipped` those left out."""

    read: int
    skipped: Counter[Text]
    numbers: list[int]
    columns: dict[str, pa.Array]
    errors: dict[str, list[tuple[int, Text]]]


def blocks(path: str | Path, plan: Plan, fields: Sequence[str], *, size: int = ROWS) -> Iterator[Block]:
    """Every physical row below the heading in some block, in order. Raises Unreadable as `read` does, also midway."""
    first = plan.heading_row + plan.heading_rows if plan.heading_row else 1
    reader = _Reader(plan, fields)
    with guard.unpacked(Path(path)) as plain:
        if (guard.kind_of(plain) == "text") is (plan.kind in source.BOOKS):
            raise Unreadable(CHANGED)
        rows = (row for row in source.run(plain, plan) if row[0] >= first)
        while many := list(islice(rows, size)):
            yield reader.block(many)


class _Memory(dict[str, Cell]):
    """cell → value, error or None, worked out when first met."""

    def __init__(self, work: Callable[[str], Cell]) -> None:
        super().__init__({"": None})
        self.work = work

    def __missing__(self, cell: str) -> Cell:
        if len(self) > KEPT:
            self.clear()
        found = self[cell] = self.work(cell)
        return found


class _Reader:
    def __init__(self, plan: Plan, fields: Sequence[str]) -> None:
        self.plan = plan
        self.columns = {field: index for index, field in plan.mapping.items() if field in fields}
        self.text = next((index for index, field in plan.mapping.items() if field == "text"), None)
        self.memory = {field: _Memory(self._worker(field)) for field in self.columns if field not in values.VERBATIM}
        parts = (part for name in plan.headings for part in (name, *name.split(match.TITLE_JOINT)))
        self.headings = frozenset(parts)

    def block(self, rows: list[tuple[int, list[str] | str]]) -> Block:
        skipped: Counter[Text] = Counter()
        cells = [line for _, line in rows if not isinstance(line, str)]
        numbers = [number for number, line in rows if not isinstance(line, str)]
        if len(cells) < len(rows):
            skipped[NOT_A_RECORD] += len(rows) - len(cells)
        across = _across(cells)
        for at in self._doubtful(cells, across):
            if reason := layout.skip_reason(cells[at], self.plan.headings, self.text):
                skipped[reason] += 1
                numbers[at] = -1
        if -1 in numbers:
            cells = [line for line, number in zip(cells, numbers, strict=True) if number != -1]
            numbers = [number for number in numbers if number != -1]
            across = _across(cells)
        columns: dict[str, pa.Array] = {}
        errors: dict[str, list[tuple[int, Text]]] = {}
        for field, index in self.columns.items():
            column = across[index] if index < len(across) else ("",) * len(cells)
            columns[field], bad = self._column(field, column)
            if bad:
                errors[field] = bad
        return Block(len(rows), skipped, numbers, columns, errors)

    def _doubtful(self, rows: list[list[str]], across: list[tuple[str, ...]]) -> list[int]:
        """Rows that `layout.skip_reason` may have something against: blank, with a heading's word, or a total's."""
        found: set[int] = set()
        for column in across:
            heads = {cell for cell in set(column) if cell.strip() in self.headings}
            if heads:
                found.update(at for at, cell in enumerate(column) if cell in heads)
        for at, first in enumerate(across[0] if across else [""] * len(rows)):
            if not first or first.isspace():
                first = next((cell for cell in rows[at] if cell and not cell.isspace()), "")
            if not first or (not _NUMBERED(first) and _total(first.strip())):
                found.add(at)
        return sorted(found)

    def _column(self, field: str, cells: Sequence[str]) -> tuple[pa.Array, list[tuple[int, Text]]]:
        if field in values.VERBATIM:
            return pa.array([cell if cell and not cell.isspace() else None for cell in cells], pa.string()), []
        memory = self.memory[field]
        if (plain := _AS_IT_IS.get(field)) and not self.plan.aliases.get(field):
            column = pa.array(cells, pa.string())
            same = pc.and_not(pc.match_substring_regex(column, plain), pc.match_substring_regex(column, _NO_NUMBER))
            others = np.flatnonzero(~np.asarray(same)).tolist()
            meant = [memory[cells[at]] for at in others]
            bad = [(at, value) for at, value in zip(others, meant, strict=True) if isinstance(value, Text)]
            told = pa.array([None if isinstance(value, Text) else value for value in meant], pa.string())
            return pc.replace_with_mask(column, pc.invert(same), told), bad
        different = pa.array(cells, pa.string()).dictionary_encode()
        meant = [memory[cell] for cell in different.dictionary.to_pylist()]
        bad = []
        if wrong := {code for code, value in enumerate(meant) if isinstance(value, Text)}:
            places = np.flatnonzero(np.isin(different.indices.to_numpy(), list(wrong))).tolist()
            bad = [(at, value) for at in places if isinstance(value := meant[different.indices[at].as_py()], Text)]
        told = pa.array([None if isinstance(value, Text) else value for value in meant], pa.string())
        return told.take(different.indices), bad

    def _worker(self, field: str) -> Callable[[str], Cell]:
        plan = self.plan

        def work(cell: str) -> Cell:
            found = value_of(field, cell, plan)
            return found.text if isinstance(found, values.Value) else found

        if field in values.TIMES and plan.zone == dates.SHANGHAI and not plan.aliases.get(field):
            days = _Memory(lambda shape: work(shape))

            def timed(cell: str) -> Cell:
                parts = _CLOCK.fullmatch(cell) if len(cell) < 50 else None
                if not parts:
                    return work(cell)
                before, hour, minute, second, after = parts.groups()
                midnight = days[f"{before}00:00{':00' if second else ''}{after}"]
                if not isinstance(midnight, str):
                    return work(cell)
                return _later(midnight, int(hour), int(minute), int((second or ":0")[1:])) or work(cell)

            return timed
        return work


def _across(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """The rows' columns, as many as the widest row has."""
    return list(zip_longest(*rows, fillvalue=""))


@lru_cache(maxsize=4096)
def _midnight(text: str) -> datetime | None:
    moment = datetime.fromisoformat(text)
    return moment if moment.replace(tzinfo=None) >= _UNCHANGING and moment.year < 2100 else None


def _later(midnight: str, hour: int, minute: int, second: int) -> str | None:
    """The time so much later, as ISO 8601; None where the zone might have changed its offset in between."""
    moment = _midnight(midnight)
    return (moment + timedelta(hours=hour, minutes=minute, seconds=second)).isoformat() if moment else None


@lru_cache(maxsize=65536)
def _total(cell: str) -> bool:
    return match.plain_heading(cell) in layout.TOTAL_WORDS
