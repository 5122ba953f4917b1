"""The frame of every list: views with counts, filters, sorting, pages, export.

Only what a list declares can be filtered or sorted by (reliability note 14: a filter must not become an oracle).
A list page costs the same number of queries whatever the number of rows.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import xlsxwriter
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.web.access import Request

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Column:
    """A column of the export: heading and the row's value (already masked where it is personal)."""

    title: Text
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class View:
    """A named part of a list, shown as a tab with its count."""

    key: str
    title: Text
    where: Q


@dataclass(frozen=True)
class Choice:
    """A filter by one of a dictionary's codes; ``field`` is the column (default: the key)."""

    key: str
    title: Text
    options: Mapping[str, Any]
    field: str = ""
    kind: str = "choice"

    def where(self, value: str) -> Q:
        return Q(**{self.field or self.key: value}) if value in self.options else Q()


@dataclass(frozen=True)
class Words:
    """A search box over some columns: contains, all words."""

    key: str
    title: Text
    fields: tuple[str, ...]
    kind: str = "words"

    def where(self, value: str) -> Q:
        said = [Q(*[(f"{f}__icontains", word) for f in self.fields], _connector=Q.OR) for word in value[:100].split()]
        return Q(*said)


@dataclass(frozen=True)
class Since:
    """A filter by day: from (or, with ``until``, up to and including) a date."""

    key: str
    title: Text
    field: str
    until: bool = False
    kind: str = "day"

    def where(self, value: str) -> Q:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return Q()
        start = clock.midnight(day + timedelta(days=1) if self.until else day)
        return Q(**{f"{self.field}__{'lt' if self.until else 'gte'}": start})


@dataclass(frozen=True)
class Lately:
    """A filter by how many days back, today counted."""

    key: str
    title: Text
    field: str
    options: dict[str, Text]
    kind: str = "choice"

    def where(self, value: str) -> Q:
        if value not in self.options:
            return Q()
        return Q(**{f"{self.field}__gte": clock.midnight(clock.today() - timedelta(days=int(value) - 1))})


@dataclass(frozen=True)
class Only:
    """A filter that comes by link from a number elsewhere (a report, a tile) and is not offered as a control."""

    key: str
    title: Text
    where: Callable[[str], Q]
    kind: str = "only"


Filter = Choice | Words | Since | Lately | Only


class Listing:
    """One list as its reader asked for it. ``rows`` must already be what this person may see."""

    def __init__(
        self,
        request: Request,
        rows: Rows,
        *,
        views: tuple[View, ...] = (),
        filters: tuple[Filter, ...] = (),
        sorts: Mapping[str, tuple[Text, tuple[str | OrderBy, ...]]],
        columns: tuple[Column, ...] = (),
        name: str = "list",
        size: int = 30,
    ) -> None:
        self.request, self.views, self.columns, self.name = request, views, columns, name
        asked = request.GET
        self.controls = [(f, asked.get(f.key, "").strip()) for f in filters]
        rows = rows.filter(*[one.where(value) for one, value in self.controls if value])
        self.counts = _counts(rows, views)
        self.view = next((v for v in views if v.key == asked.get("view")), views[0] if views else None)
        rows = rows.filter(self.view.where) if self.view else rows
        self.sort = asked.get("sort", "") if asked.get("sort") in sorts else next(iter(sorts))
        self.sorts = [(key, title) for key, (title, _) in sorts.items()]
        self.rows = rows.order_by(*sorts[self.sort][1])
        self.size = size

    @property
    def tabs(self) -> list[tuple[View, int, bool]]:
        return [(v, self.counts[v.key], v is self.view) for v in self.views]

    @property
    def narrowed(self) -> bool:
        return any(value for _, value in self.controls)

    @property
    def page(self) -> Any:
        paginator = Paginator(self.rows, self.size)
        if self.view:
            paginator.count = self.counts[self.view.key]  # counted with the tabs already
        return paginator.get_page(self.request.GET.get("page"))

    def export(self) -> HttpResponse | StreamingHttpResponse | FileResponse | None:
        """The whole list as a file when the address says ``?export=xlsx`` or ``csv``; None otherwise. Leaves an event."""
        form = self.request.GET.get("export")
        if form not in {"xlsx", "csv"} or not self.columns:
            return None
        self.request.user.took_out(self.name, self.rows.count(), self.request.GET.urlencode())
        name = f"{self.name}-{clock.today():%Y%m%d}.{form}"
        return self._xlsx(name) if form == "xlsx" else self._csv(name)

    def _lines(self) -> Iterator[list[str]]:
        yield [str(c.title) for c in self.columns]
        for row in self.rows.iterator(chunk_size=1000):
            yield [cell(c.value(row)) for c in self.columns]

    def _csv(self, name: str) -> StreamingHttpResponse:
        def chunks() -> Iterator[str]:
            yield "\ufeff"
            for line in self._lines():
                out = io.StringIO()
                csv.writer(out).writerow([inert(v) for v in line])
                yield out.getvalue()

        answer = StreamingHttpResponse(chunks(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def _xlsx(self, name: str) -> FileResponse:
        out = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
        book = xlsxwriter.Workbook(out, {"constant_memory": True})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(self.columns), 18)
        number = 0
        for number, line in enumerate(self._lines()):
            for place, value in enumerate(line):
                sheet.write_string(number, place, value[:32767], bold if number == 0 else None)
        sheet.autofilter(0, 0, max(number, 1), max(len(self.columns) - 1, 0))
        book.close()
        out.seek(0)
        return FileResponse(out, as_attachment=True, filename=name)


def cell(value: Any) -> str:
    """A value as a cell's text: nothing for nothing, the reader's language for texts, minutes for moments."""
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return str(value.astimezone(clock.BEIJING).strftime("%Y-%m-%d %H:%M"))
    return str(value)


def inert(value: str) -> str:
    """CSV text that a spreadsheet will not take for a formula (CVE-2023-47489 and its kind)."""
    return f"'{value}" if re.match(r"[=+\-@\t\r\n＝＋－＠]", value) else value


def _counts(rows: Rows, views: tuple[View, ...]) -> dict[str, int]:
    if not views:
        return {}
    # Named by number: a part may be called like a field that the next part's condition asks for.
    found = rows.order_by().aggregate(**{f"part{n}": Count("pk", filter=v.where) for n, v in enumerate(views)})
    return {v.key: found[f"part{n}"] for n, v in enumerate(views)}


def condition(query: Mapping[str, str], views: tuple[View, ...], filters: tuple[Filter, ...]) -> Q:
    """What holds of the rows a list shows for this query: a number elsewhere counts by it to be equal to its list."""
    view = next((v.where for v in views if v.key == query.get("view")), views[0].where)
    return Q(view, *[one.where(query[one.key]) for one in filters if query.get(one.key)])


ALL = View("all", Text("全部", "All"), Q())
