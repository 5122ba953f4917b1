"""One way to look at and to run through any kind of file: rows of texts under numbered columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bihuan.insight.sheets import delimited, encodings, guard, records, workbook_reader
from bihuan.insight.sheets.layout import Merge
from bihuan.insight.sheets.sheet_types import Plan, Sheet

FIRST_ROWS = 220
BOOKS = ("xlsx", "xls", "xlsb", "ods")
# NUL has no place in a database, half a surrogate pair none in any encoding: both become the replacement character.
_UNFIT = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass
class Table:
    """One sheet as looked at: its first rows, its size, and what the workbook merged."""

    sheet: Sheet
    first: list[list[str]]
    merges: list[Merge] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # JSON only: the columns, in the order they first appear


@dataclass
class File:
    """What kind of file it is, with its sheets (one without a name for text)."""

    kind: str
    tables: list[Table]
    encoding: str = ""
    delimiter: str = ""


def fit(text: str) -> str:
    """The text as every database and encoding can hold it; otherwise untouched."""
    return text if text.isprintable() else text.translate(_UNFIT)


def _fitted(cells: list[str]) -> list[str]:
    """`fit` of every cell; nearly always there is nothing to do."""
    return cells if "".join(cells).isprintable() else [fit(cell) for cell in cells]


def survey(path: Path, *, encoding: str = "", delimiter: str = "") -> File:
    """Look through a plain (not .gz) file; Unreadable says why not."""
    kind = guard.kind_of(path)
    if kind in BOOKS:
        return File(kind, [_sheet(result) for result in workbook_reader.survey(path, kind)])
    encoding = encoding or encodings.sniff(path)
    if kind := records.kind_of(path, encoding):
        return File(kind, [_records(path, kind, encoding)], encoding)
    delimiter = delimiter or delimited.sniff_delimiter(path, encoding)
    kind = "tsv" if delimiter == "\t" else "csv"
    return File(kind, [_delimited(path, encoding, delimiter)], encoding, delimiter)


def _sheet(result: dict) -> Table:
    sheet = Sheet(result["name"], result["hidden"], result["rows"], result["columns"])
    merges = [((top, left), (bottom, right)) for (top, left), (bottom, right) in result["merges"]]
    return Table(sheet, [[fit(cell) for cell in row] for row in result["first"]], merges)


def _delimited(path: Path, encoding: str, delimiter: str) -> Table:
    first: list[list[str]] = []
    height = width = 0
    for number, cells in delimited.rows(path, encoding, delimiter):
        height, width = number, max(width, len(cells))
        if len(first) < FIRST_ROWS:
            first.append([fit(cell) for cell in cells])
    return Table(Sheet("", False, height, width), first)


def _records(path: Path, kind: str, encoding: str) -> Table:
    first: list[dict[str, str]] = []
    names: dict[str, None] = {}
    height = 0
    for number, value in records.rows(path, kind, encoding):
        height = number
        if isinstance(value, dict) and len(names) < guard.MAX_COLUMNS:
            names |= dict.fromkeys(fit(name) for name in value)
        if isinstance(value, dict) and len(first) < FIRST_ROWS:
            first.append({fit(name): fit(cell) for name, cell in value.items()})
    order = list(names)[: guard.MAX_COLUMNS]
    rows = [[value.get(name, "") for name in order] for value in first]
    return Table(Sheet("", False, height, len(order)), rows, names=order)


def run(path: Path, plan: Plan) -> Iterator[tuple[int, list[str] | str]]:
    """(row number, texts in the plan's columns, or the bare text of a line that is no record) of the whole file."""
    if plan.kind in BOOKS:
        result: Iterator[tuple[int, list[str]]] = workbook_reader.rows(path, plan.kind, plan.sheet)
        yield from ((number, _fitted(cells)) for number, cells in result)
    elif plan.kind in ("json", "jsonl"):
        for number, value in records.rows(path, plan.kind, plan.encoding):
            yield number, _placed(value, plan.headings) if isinstance(value, dict) else fit(value)
    else:
        for number, cells in delimited.rows(path, plan.encoding, plan.delimiter):
            yield number, _fitted(cells)


def _placed(value: dict[str, str], names: list[str]) -> list[str]:
    fitted = {fit(name): fit(cell) for name, cell in value.items()}
    return [fitted.get(name, "") for name in names]
