"""Queries that every page of a kind asks again, written once.

Django writes the SQL of a query each time it is asked, which costs more than the answer does. A query given to
:func:`asked` as a plain function is written at its first use, with marks where its values go, and then only filled in.
Rows become objects as Django makes them (``Model.from_db``), with the converters its compiler names.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


class Written(NamedTuple):
    """``fields``: the attribute each of the first columns fills; ``added``: annotation → column; ``converters``: column →
    (functions, expression)."""

    model: type[models.Model]
    sql: str
    values: tuple[Any, ...]
    fields: list[str]
    added: dict[str, int]
    converters: dict[int, tuple[list[Callable[[Any, Any, Any], Any]], Any]]


def asked(query: Callable[..., models.QuerySet[Row]], *values: int | str, **fixed: int) -> list[Row]:
    """The rows of ``query(*values, **fixed)``. It reads one table; by others it may filter and annotate, not select
    them. ``fixed`` is part of the text (a limit), so it must be one of few."""
    marks = tuple(_mark(place, value) for place, value in enumerate(values))
    written = _written(query, marks, connection.vendor, **fixed)
    given = dict(zip(marks, values, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(written.sql, [given.get(one, one) for one in written.values])
        return [_made(written, list(row)) for row in cursor.fetchall()]


def _made(written: Written, row: list[Any]) -> Any:
    for column, (functions, expression) in written.converters.items():
        for convert in functions:
            row[column] = convert(row[column], expression, connection)
    made = written.model.from_db(connection.alias, written.fields, row[: len(written.fields)])
    for name, column in written.added.items():
        setattr(made, name, row[column])
    return made


def _mark(place: int, value: int | str) -> int | str:
    """A value that no query of ours holds by itself; small enough for every column of numbers."""
    return 32_101 + place if isinstance(value, int) else f"§{place}"


@lru_cache(maxsize=256)
def _written(query: Callable[..., Any], marks: tuple[int | str, ...], vendor: str, **fixed: int) -> Written:
    rows = query(*marks, **fixed)
    if rows.query.select_related:
        raise ValueError("a written query reads one table")
    compiler = rows.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    if not set(marks) <= set(values):
        raise ValueError("a value must stand in a written query as it is given")
    columns = [column for column, _, _ in compiler.select]
    fields = [columns[place].target.attname for place in compiler.klass_info["select_fields"]]
    if compiler.klass_info["select_fields"] != list(range(len(fields))):
        raise ValueError("the columns of the table come first")
    return Written(rows.model, sql, values, fields, compiler.annotation_col_map, compiler.get_converters(columns))
