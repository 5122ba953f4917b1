"""Search on SQLite: an FTS5 table without positions, kept in step with its table by triggers.

``detail=none`` is the smallest and quickest kind; it knows no phrases, so each token is asked for alone. The ``ascii``
tokenizer parts at ASCII punctuation and spaces only, whatever the SQLite's Unicode tables are.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DatabaseError, connection, transaction

from bihuan.core.tokens import Word


def create(table: str, name: str) -> list[str]:
    gone = f"INSERT INTO {name} ({name}, rowid, tokens) VALUES ('delete', old.id, old.tokens);"  # noqa: S608  names of ours
    come = f"INSERT INTO {name} (rowid, tokens) VALUES (new.id, new.tokens);"  # noqa: S608
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5"
        f"(tokens, content='{table}', content_rowid='id', detail=none, tokenize='ascii')",
        f"CREATE TRIGGER IF NOT EXISTS {name}_come AFTER INSERT ON {table} BEGIN {come} END",
        f"CREATE TRIGGER IF NOT EXISTS {name}_gone AFTER DELETE ON {table} BEGIN {gone} END",
        f"CREATE TRIGGER IF NOT EXISTS {name}_changed AFTER UPDATE ON {table} BEGIN {gone} {come} END",
    ]


def drop(table: str, name: str) -> list[str]:
    return [
        *(f"DROP TRIGGER IF EXISTS {name}_{part}" for part in ("come", "gone", "changed")),
        f"DROP TABLE IF EXISTS {name}",
    ]


def select(table: str, words: Sequence[Word]) -> tuple[str, list[str]]:
    """A query for the ids, with its values."""
    name = f"{table}_words"
    terms = [f'"{g}"' for w in words for g in w.grams] + [f'"{p}"*' for w in words for p in w.prefixes]
    again = [w.text for w in words if w.recheck]
    sql = f"SELECT {name}.rowid FROM {name}"  # noqa: S608  the table's name is ours
    if again:
        sql += f" JOIN {table} ON {table}.id = {name}.rowid"
    sql += f" WHERE {name} MATCH %s" + f" AND instr({table}.plain, %s) > 0" * len(again)
    return sql, [" AND ".join(terms), *again]


def select_any(table: str, grams: Sequence[str]) -> tuple[str, list[str]]:
    """A query for the ids of rows that hold any of these grams."""
    name = f"{table}_words"
    return f"SELECT rowid FROM {name} WHERE {name} MATCH %s", [" OR ".join(f'"{g}"' for g in grams)]  # noqa: S608


def faults(table: str) -> list[str]:
    name = f"{table}_words"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    except DatabaseError as wrong:
        return [f"{name}: does not agree with its table ({wrong})"]
    return []
