"""Search on PostgreSQL: a GIN index over the row's tokens as a tsvector, made of our tokens alone (no dictionary)."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.core.tokens import Word

_VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"


def create(table: str, name: str) -> list[str]:
    return [f"CREATE INDEX {name} ON {table} USING gin ({_VECTOR})"]


def drop(table: str, name: str) -> list[str]:
    return [f"DROP INDEX IF EXISTS {name}"]


def select(table: str, words: Sequence[Word]) -> tuple[str, list[str]]:
    """A query for the ids, with its values. Tokens are letters and digits only, so quoting them is enough."""
    terms = [f"'{g}'" for w in words for g in w.grams] + [f"'{p}':*" for w in words for p in w.prefixes]
    again = [w.text for w in words if w.recheck]
    sql = f"SELECT id FROM {table} WHERE {_VECTOR} @@ %s::tsquery"  # noqa: S608  the table's name is ours
    return sql + " AND strpos(plain, %s) > 0" * len(again), [" & ".join(terms), *again]


def select_any(table: str, grams: Sequence[str]) -> tuple[str, list[str]]:
    """A query for the ids of rows that hold any of these grams."""
    return f"SELECT id FROM {table} WHERE {_VECTOR} @@ %s::tsquery", [" | ".join(f"'{g}'" for g in grams)]  # noqa: S608


def faults(table: str) -> list[str]:
    """None of its own: the server keeps the index with the row."""
    return []
