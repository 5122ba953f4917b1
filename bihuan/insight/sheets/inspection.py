"""The look at a file: which sheet, which heading, which column is which field."""

from __future__ import annotations

import re
from pathlib import Path

from bihuan.core.text import Text
from bihuan.insight.data.feedback_fields import FIELDS
from bihuan.insight.sheets import guard, layout, match, source, values
from bihuan.insight.sheets.sheet_types import Column, Inspection, Sheet, Unreadable

EVIDENCE = 60
YEAR_LAST = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")
NO_ROWS = Text("文件里没有数据行", "There is no data row in the file")
NO_TEXT = Text(
    "没有找到“问题描述”一列，请指定客户原话在哪一列", "No column of customers' words was found; say which it is"
)
NO_HEADING = Text("没有找到表头，列名用字母代替", "No heading was found; columns go by their letters")


def inspect_file(
    path: str | Path,
    *,
    name: str | None = None,
    sheet: str | None = None,
    heading_row: int | None = None,
    encoding: str = "",
    delimiter: str = "",
) -> Inspection:
    """What is in the file (.xlsx .xls .xlsb .ods .csv .tsv .json .jsonl, any also as .gz) and how to read it.

    name: what the user calls the file. sheet, heading_row (0: none), encoding, delimiter: the user's choice instead of
    the look's. Raises Unreadable with a sentence for the user.
    """
    path = Path(path)
    with guard.unpacked(path) as plain:
        result = source.survey(plain, encoding=encoding, delimiter=delimiter)
    tables = [table for table in result.tables if table.sheet.rows]
    if sheet is not None:
        tables = [table for table in result.tables if table.sheet.name == sheet]
    if not tables:
        raise Unreadable(NO_ROWS)
    chosen = max(tables, key=_likeness)
    return _inspection(name or path.name, result, chosen, heading_row)


def _likeness(table: source.Table) -> float:
    """How much a sheet looks like the data: fields its heading names, then rows; hidden sheets come last."""
    row, count = _heading(table, None)
    names = layout.headings(table.first, table.merges, row, count, table.sheet.columns)
    known = len({match.by_heading(name).field for name in names} - {""})
    has_text = any(match.by_heading(name).field == "text" for name in names)
    data = table.sheet.rows - row
    return -1000 * table.sheet.hidden + 4 * min(known, 6) + 6 * has_text + min(data, 2000) / 100


def _heading(table: source.Table, wanted: int | None) -> tuple[int, int]:
    if table.names:
        return 0, 0
    if wanted is None:
        return layout.find_heading(table.first, table.merges)
    if not 0 <= wanted <= len(table.first):
        raise ValueError(f"heading row {wanted} is beyond the first {len(table.first)} rows")
    return wanted, 1 if wanted else 0


def _inspection(name: str, result: source.File, table: source.Table, wanted: int | None) -> Inspection:
    row, count = _heading(table, wanted)
    width = table.sheet.columns
    names = table.names or layout.headings(table.first, table.merges, row, count, width)
    below = table.first[row + count - 1 if row else 0 :]
    below = [cells for cells in below if layout.skip_reason(cells, names, None) is None]
    cells = [
        [line[index].strip() for line in below if index < len(line) and line[index].strip()] for index in range(width)
    ]
    columns = match.columns(names, [column[:EVIDENCE] for column in cells])
    total = max(0, table.sheet.rows - (row + count - 1 if row else 0))
    day_first = _day_first([cell for column in columns if column.field in values.TIMES for cell in cells[column.index]])
    return Inspection(
        name=name,
        kind=result.kind,
        sheets=[each.sheet for each in result.tables],
        sheet=table.sheet.name,
        heading_row=row,
        heading_rows=count,
        encoding=result.encoding,
        delimiter=result.delimiter,
        day_first=day_first,
        columns=columns,
        total_rows=total,
        warnings=_warnings(result, table.sheet, columns, row, total, bool(table.names)),
    )


def _day_first(cells: list[str]) -> bool | None:
    """Whether dates with the year last give the day first; None where no cell shows it or cells disagree."""
    pairs = [(int(form[1]), int(form[2])) for cell in cells if (form := YEAR_LAST.match(cell))]
    orders = {a > 12 for a, b in pairs if (a > 12) != (b > 12)}
    return orders.pop() if len(orders) == 1 else None


def _warnings(
    result: source.File, sheet: Sheet, columns: list[Column], row: int, total: int, records: bool
) -> list[Text]:
    warnings: list[Text] = []
    others = [each.name for each in (table.sheet for table in result.tables) if each.rows and each.name != sheet.name]
    if others:
        warnings.append(
            Text(
                f"只读工作表“{sheet.name}”；另有：{'、'.join(others)}",
                f"Only sheet “{sheet.name}” is read; there are also: {', '.join(others)}",
            )
        )
    if not row and not records:
        warnings.append(NO_HEADING)
    if not total:
        warnings.append(NO_ROWS)
    if not any(column.field == "text" for column in columns):
        warnings.append(NO_TEXT)
    for column in columns:
        if column.field and column.confidence < 0.6:
            label = FIELDS[column.field]
            warnings.append(
                Text(
                    f"“{column.heading}”当作{label.zh}，请核对",
                    f"“{column.heading}” is taken as {label.en}; please check",
                )
            )
    return warnings
