"""A declared list (core/lists.py) as a request asks for it: tab, filters, sort order, page, export.

A list page costs the same number of queries whatever the number of rows.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from bihuan.core import clock
from bihuan.core.lists import ListSpec, Rows, Tab
from bihuan.core.text import Text
from bihuan.web.access import Request


class Listing:
    """One list as its reader asked for it. ``rows`` must already be what this person may see."""

    def __init__(self, request: Request, rows: Rows, spec: ListSpec) -> None:
        query = request.GET.dict()
        self.request, self.spec = request, spec
        self.controls = spec.controls(query)
        rows = spec.filtered(rows, query)
        self.counts = spec.tab_counts(rows)
        self.tab = spec.tab(query)
        rows = rows.filter(self.tab.where) if self.tab else rows
        self.sort = spec.sort(query)
        self.rows = rows.order_by(*spec.sorts[self.sort][1])

    @property
    def tabs(self) -> list[tuple[Tab, int, bool]]:
        """Each tab, its count, and whether it is the one shown."""
        return [(tab, self.counts[tab.key], tab is self.tab) for tab in self.spec.tabs]

    @property
    def sorts(self) -> list[tuple[str, Text]]:
        return [(key, title) for key, (title, _) in self.spec.sorts.items()]

    @property
    def columns(self) -> bool:
        return bool(self.spec.columns)

    @property
    def is_filtered(self) -> bool:
        return any(value for _, value in self.controls)

    @property
    def page(self) -> Any:
        paginator = Paginator(self.rows, self.spec.page_size)
        if self.tab:
            paginator.count = self.counts[self.tab.key]  # counted with the tabs already
        return paginator.get_page(self.request.GET.get("page"))

    def export(self) -> HttpResponse | StreamingHttpResponse | FileResponse | None:
        """The whole list as a file when the address says ``?export=xlsx`` or ``csv``; None otherwise. Leaves an event."""
        form = self.request.GET.get("export")
        if form not in {"xlsx", "csv"} or not self.spec.columns:
            return None
        self.request.user.log_export(self.spec.name, self.rows.count(), self.request.GET.urlencode())
        name = f"{self.spec.name}-{clock.today():%Y%m%d}.{form}"
        return self._xlsx(name) if form == "xlsx" else self._csv(name)

    def _csv(self, name: str) -> StreamingHttpResponse:
        def chunks() -> Iterator[str]:
            yield "\ufeff"
            for line in self.spec.exported(self.rows):
                out = io.StringIO()
                csv.writer(out).writerow([escape_formula(value) for value in line])
                yield out.getvalue()

        response = StreamingHttpResponse(chunks(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _xlsx(self, name: str) -> FileResponse:
        out = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
        workbook = xlsxwriter.Workbook(out, {"constant_memory": True})
        sheet = workbook.add_worksheet()
        bold = workbook.add_format({"bold": True})
        columns = len(self.spec.columns)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, columns, 18)
        row = 0
        for row, line in enumerate(self.spec.exported(self.rows)):
            for column, value in enumerate(line):
                sheet.write_string(row, column, value[:32767], bold if row == 0 else None)
        sheet.autofilter(0, 0, max(row, 1), max(columns - 1, 0))
        workbook.close()
        out.seek(0)
        return FileResponse(out, as_attachment=True, filename=name)


def escape_formula(value: str) -> str:
    """CSV text that a spreadsheet will not take for a formula (CVE-2023-47489 and its kind)."""
    return f"'{value}" if re.match(r"[=+\-@\t\r\n＝＋－＠]", value) else value
