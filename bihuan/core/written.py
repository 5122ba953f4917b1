"""Queries that every page of a kind asks again, written once.

Django writes the SQL of a query each time it is asked, which costs more than the answer does. A query given to
:func:`asked` as a plain function is written at its first use, with marks where its values go, and then only filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def asked(query: Callable[..., models.QuerySet[Row]], *values: int | str, **fixed: int) -> list[Row]:
    """The rows of ``query(*values, **fixed)``. It reads one table; by others it may filter and annotate, not select
    them. ``fixed`` is part of the text (a limit), so it must be one of few."""
    marks = tuple(_mark(place, value) for place, value in enumerate(values))
    model, sql, wanted = _written(query, marks, connection.vendor, **fixed)
    given = dict(zip(marks, values, strict=True))
    return list(model._default_manager.raw(sql, [given.get(one, one) for one in wanted]))


def _mark(place: int, value: int | str) -> int | str:
    """A value that no query of ours holds by itself; small enough for every column of numbers."""
    return 32_101 + place if isinstance(value, int) else f"§{place}"


@lru_cache(maxsize=256)
def _written(
    query: Callable[..., Any], marks: tuple[int | str, ...], vendor: str, **fixed: int
) -> tuple[Any, str, tuple[Any, ...]]:
    rows = query(*marks, **fixed)
    if rows.query.select_related:
        raise ValueError("a written query reads one table")
    sql, wanted = rows.query.sql_with_params()
    if not set(marks) <= set(wanted):
        raise ValueError("a value must stand in a written query as it is given")
    return rows.model, sql, wanted
