"""The index of what people search for: one table a noun, its words beside its number, written by the noun's verbs.

The database's own full-text index hangs on the table (full_text_sqlite.py, full_text_postgres.py) and follows it by itself,
inside the same transaction. A package declares its table, says which text of its noun can be found, and calls ``index_row``.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Any, Self

from django.db import connection, models
from django.db.models.expressions import RawSQL

from bihuan.audit import full_text_postgres, full_text_sqlite
from bihuan.core import tokens

_ADAPTERS: dict[str, ModuleType] = {"sqlite": full_text_sqlite, "postgresql": full_text_postgres}
BATCH = 500


class WordIndex(models.Index):
    """The full-text index of a Searchable, in the words of the database at hand."""

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        *first, last = _ADAPTERS[schema_editor.connection.vendor].create(model._meta.db_table, self.name)
        for statement in first:
            schema_editor.execute(statement, None)
        return last

    def remove_sql(self, model: Any, schema_editor: Any, **kwargs: Any) -> Any:
        *first, last = _ADAPTERS[schema_editor.connection.vendor].drop(model._meta.db_table, self.name)
        for statement in first:
            schema_editor.execute(statement, None)
        return last


class Searchable(models.Model):
    """What a row can be found by. ``id`` is the row's own."""

    id = models.BigIntegerField(primary_key=True)
    plain = models.TextField()
    tokens = models.TextField()

    class Meta:
        abstract = True

    @classmethod
    def index_row(cls, pk: int, text: str) -> None:
        """Make one row findable by this text, or by this one from now on. Call it in the verb's transaction."""
        cls.index_rows([(pk, text)])

    @classmethod
    def index_rows(cls, texts: Iterable[tuple[int, str]]) -> None:
        """The same for many rows at once (imports)."""
        rows = [cls._row(pk, text) for pk, text in texts]
        cls._default_manager.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=["plain", "tokens"]
        )

    @classmethod
    def _row(cls, pk: int, text: str) -> Self:
        plain = tokens.normalized(text)
        return cls(id=pk, plain=plain, tokens=" ".join(tokens.tokens(plain)))

    @classmethod
    def matching_ids(cls, query: str) -> RawSQL | None:
        """A subquery of the ids whose text holds every word asked for; None when nothing was asked."""
        wanted = tokens.query_words(query)
        if not wanted:
            return None
        sql, values = _ADAPTERS[connection.vendor].select(cls._meta.db_table, wanted)
        return RawSQL(sql, values)  # noqa: S611  words are values, never part of the text

    @classmethod
    def with_any_token(cls, grams: Iterable[str], most: int) -> list[tuple[int, str, str]]:
        """Id, text and tokens of the newest rows that hold any of these grams (as ``tokens.tokens`` makes them)."""
        table = cls._meta.db_table
        ids, values = _ADAPTERS[connection.vendor].select_any(table, list(grams))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, plain, tokens FROM {table} WHERE id IN ({ids}) ORDER BY id DESC LIMIT {most:d}",  # noqa: S608  grams are values
                values,
            )
            return cursor.fetchall()

    @classmethod
    def faults(cls, rows: Iterable[tuple[int, str]]) -> list[str]:
        """Where the index and ``rows`` (id and text) differ, in plain words."""
        table = cls._meta.db_table
        kept = dict(cls._default_manager.values_list("pk", "plain"))
        found = []
        for pk, text in rows:
            stored = kept.pop(pk, None)
            if stored is None:
                found.append(f"{table}: row {pk} cannot be found")
            elif stored != tokens.normalized(text):
                found.append(f"{table}: row {pk} is found by an older text")
        found += [f"{table}: {pk} is no row" for pk in kept]
        return found + _ADAPTERS[connection.vendor].faults(table)
