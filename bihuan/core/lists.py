"""What a list declares: tabs, filters, sort orders and columns of the export. It knows no HTTP.

A package declares its lists in its own ``lists.py``; pages and the API both use that declaration. Only what is declared
can be filtered or sorted by (reliability note 14: a filter must not become an oracle).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import OrderBy

from bihuan.core import clock
from bihuan.core.text import Text

Rows = QuerySet[Any]
Sorts = Mapping[str, tuple[Text, tuple[str | OrderBy, ...]]]
"""Key of a sort order → its title and the columns to order by. The first is the default."""


@dataclass(frozen=True)
class Column:
    """A column of the export: its heading and how to get a row's value (already masked where it is personal)."""

    title: Text
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class Tab:
    """A named part of a list, shown as a tab with its count."""

    key: str
    title: Text
    where: Q


@dataclass(frozen=True)
class ChoiceFilter:
    """A filter by one of several codes; ``field`` is the column (default: the key)."""

    key: str
    title: Text
    options: Mapping[str, Any]
    field: str = ""
    kind: str = "choice"

    def where(self, value: str) -> Q:
        return Q(**{self.field or self.key: value}) if value in self.options else Q()


@dataclass(frozen=True)
class TextFilter:
    """A search box over some columns: each word is contained in one of them."""

    key: str
    title: Text
    fields: tuple[str, ...]
    kind: str = "words"

    def where(self, value: str) -> Q:
        words = value[:100].split()
        return Q(*[Q(*[(f"{field}__icontains", word) for field in self.fields], _connector=Q.OR) for word in words])


@dataclass(frozen=True)
class DateFilter:
    """A filter by day: from a date on (or, with ``until``, up to and including it)."""

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
class RecentFilter:
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
class LinkFilter:
    """A filter that is set by a link from a number elsewhere (a report, a card) and not offered as a control."""

    key: str
    title: Text
    where: Callable[[str], Q]
    kind: str = "link"


Filter = ChoiceFilter | TextFilter | DateFilter | RecentFilter | LinkFilter


@dataclass(frozen=True)
class ListSpec:
    """Everything a list declares. ``name`` is the exported file's; without ``columns`` the list has no export."""

    name: str
    sorts: Sorts
    tabs: tuple[Tab, ...] = ()
    filters: tuple[Filter, ...] = ()
    columns: tuple[Column, ...] = ()
    page_size: int = 30

    def controls(self, query: Mapping[str, str]) -> list[tuple[Filter, str]]:
        """Each filter with the value it has in this query ("" = not set)."""
        return [(one, query.get(one.key, "").strip()) for one in self.filters]

    def filtered(self, rows: Rows, query: Mapping[str, str]) -> Rows:
        return rows.filter(*[one.where(value) for one, value in self.controls(query) if value])

    def tab(self, query: Mapping[str, str]) -> Tab | None:
        """The tab this query asks for, else the first."""
        return next((tab for tab in self.tabs if tab.key == query.get("view")), self.tabs[0] if self.tabs else None)

    def sort(self, query: Mapping[str, str]) -> str:
        """The key of the sort order this query asks for, else the first."""
        requested = query.get("sort", "")
        return requested if requested in self.sorts else next(iter(self.sorts))

    def tab_counts(self, rows: Rows) -> dict[str, int]:
        """The number of rows in each tab, by one query."""
        if not self.tabs:
            return {}
        # Named by number: a tab may be called like a field that the next tab's condition names.
        counted = rows.order_by().aggregate(
            **{f"tab{n}": Count("pk", filter=tab.where) for n, tab in enumerate(self.tabs)}
        )
        return {tab.key: counted[f"tab{n}"] for n, tab in enumerate(self.tabs)}

    def exported(self, rows: Rows) -> Iterator[list[str]]:
        """The lines of the export: headings, then a line for each row."""
        yield [str(column.title) for column in self.columns]
        for row in rows.iterator(chunk_size=1000):
            yield [cell(column.value(row)) for column in self.columns]


def cell(value: Any) -> str:
    """A value as a cell's text: "" for None, the reader's language for texts, minutes for moments."""
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return str(value.astimezone(clock.BEIJING).strftime("%Y-%m-%d %H:%M"))
    return str(value)


def condition(query: Mapping[str, str], tabs: tuple[Tab, ...], filters: tuple[Filter, ...]) -> Q:
    """What holds of the rows a list shows for this query: a number elsewhere counts by it, so it equals its list."""
    where = next((tab.where for tab in tabs if tab.key == query.get("view")), tabs[0].where)
    return Q(where, *[one.where(query[one.key]) for one in filters if query.get(one.key)])


ALL = Tab("all", Text("全部", "All"), Q())
