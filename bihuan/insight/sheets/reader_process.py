"""The process that opens a workbook: limited in memory and time, so that a bad file ends it and nothing else.

    python -m bihuan.insight.sheets.reader_process survey PATH KIND
    python -m bihuan.insight.sheets.reader_process rows PATH KIND SHEET

writes JSON lines: for survey one object a sheet with its first rows, for rows one list of texts a row, from row 1 on.
A refusal is one object {"unreadable": {"zh": …, "en": …}}.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from bihuan.insight.sheets import guard
from bihuan.insight.sheets.sheet_types import Unreadable

MEMORY = 1 << 30
CPU_SECONDS = 40
OUTPUT = 600 << 20
FIRST_ROWS = 220


def limit() -> None:
    """Cap this process: memory, processor time, bytes written, no core dump."""
    for name, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(name)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (allowed, allowed))


def shown(cell: Any) -> str:
    """A cell's text about as Excel shows it: whole numbers without .0, times to the minute unless they have seconds."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S" if cell.second else "%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S" if cell.second else "%H:%M")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(cell)


def cells_of(sheet: calamine.CalamineSheet) -> Iterator[list[str]]:
    """Rows from row 1 and column A on; what the workbook merges downwards is filled down, in the first column only."""
    if sheet.start is None or sheet.end is None:
        return
    before = [""] * sheet.start[1]
    merges = sorted(area for area in sheet.merged_cell_ranges or [] if area[1][0] > area[0][0])
    held: list[tuple[int, int, str]] = []
    waiting = iter([*merges, None])
    upcoming = next(waiting)
    for number, row in enumerate(sheet.iter_rows()):
        cells = before + [shown(cell) for cell in row]
        held = [(last, column, text) for last, column, text in held if last >= number]
        for _, column, text in held:
            if column < len(cells) and not cells[column]:
                cells[column] = text
        while upcoming and upcoming[0][0] <= number:
            (_, column), (last, _) = upcoming
            held.append((last, column, cells[column] if column < len(cells) else ""))
            upcoming = next(waiting)
        yield cells


def size_of(sheet: calamine.CalamineSheet) -> tuple[int, int]:
    """(rows, columns) up to the last filled cell; too many are refused."""
    rows, columns = (
        (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.start is not None and sheet.end is not None else (0, 0)
    )
    guard.refuse_size(rows, columns)
    return rows, columns


def survey(book: calamine.CalamineWorkbook) -> Iterator[Any]:
    """One object for each sheet that holds cells (charts and macros are not sheets)."""
    for metadata in book.sheets_metadata:
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(metadata.name)
        rows, columns = size_of(sheet)
        yield {
            "name": metadata.name,
            "hidden": metadata.visible != calamine.SheetVisibleEnum.Visible,
            "rows": rows,
            "columns": columns,
            "merges": [area for area in sheet.merged_cell_ranges or [] if area[0][0] < 40],
            "first": [row for _, row in zip(range(FIRST_ROWS), cells_of(sheet), strict=False)],
        }


def rows(book: calamine.CalamineWorkbook, name: str) -> Iterator[Any]:
    """Every row of one sheet."""
    sheet = book.get_sheet_by_name(name)
    size_of(sheet)
    yield from cells_of(sheet)


def main(mode: str, path: str, kind: str, sheet: str = "") -> None:
    """Write the answer to standard output."""
    limit()
    try:
        if kind == "xlsx":
            guard.scan(Path(path))
        book = calamine.CalamineWorkbook.from_path(path)
        for line in survey(book) if mode == "survey" else rows(book, sheet):
            print(json.dumps(line))
    except Unreadable as refusal:
        print(json.dumps({"unreadable": refusal.reason.to_json()}))
    except calamine.PasswordError:
        print(json.dumps({"unreadable": guard.ENCRYPTED.to_json()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
