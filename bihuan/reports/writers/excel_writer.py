"""A document as an Excel workbook: a sheet of figures, then a sheet a table; numbers are numbers, charts are Excel's."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from bihuan.core.text import Text
from bihuan.reports.report_document import Document, Table
from bihuan.reports.writers.html_writer import read

_CHARTS = {"pie": "pie", "bar": "bar", "line": "line"}


def workbook(document: Document) -> bytes:
    """The bytes of an .xlsx file in the reader's language. Texts are written as texts, never as formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0%"})
    first = book.add_worksheet(str(Text("总览", "Overview")))
    first.set_column(0, 0, 32)
    first.write_string(0, 0, read(document.title), bold)
    first.write_string(1, 0, read(document.period))
    for place, title in enumerate((Text("指标", "Metric"), Text("本期", "Now"), Text("上期", "Before"))):
        first.write_string(3, place, str(title), bold)
    for number, figure in enumerate(document.figures, 4):
        first.write_string(number, 0, read(figure.label))
        first.write_number(number, 1, figure.value)
        if figure.before is not None:
            first.write_number(number, 2, figure.before)
    for n, table in enumerate(document.tables, 1):
        _sheet(book, f"{n} {read(table.title)}"[:31].translate(_FORBIDDEN), table, bold, percent)
    book.close()
    return out.getvalue()


_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def _sheet(book: Any, name: str, table: Table, bold: Any, percent: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 24)
    sheet.freeze_panes(1, 0)
    for place, title in enumerate(table.columns):
        sheet.write_string(0, place, read(title), bold)
    for number, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell.value, int | float):
                sheet.write_number(number, place, cell.value, percent if cell.percent else None)
            elif cell.value is not None:
                sheet.write_string(number, place, read(cell.value))
    if table.chart and table.rows:
        chart, last = book.add_chart({"type": _CHARTS[table.chart]}), len(table.rows)
        drawn = range(1, len(table.columns)) if table.chart == "line" else (1,)
        for place in drawn:
            chart.add_series(
                {"name": [name, 0, place], "categories": [name, 1, 0, last, 0], "values": [name, 1, place, last, place]}
            )
        sheet.insert_chart(1, len(table.columns) + 1, chart)
