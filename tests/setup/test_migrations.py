"""The suite makes its tables straight from the models, which is quick; here is seen that the migrations make the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from tests.prepared import prepared

WRITTEN = {
    "sqlite": "select name, sql from sqlite_master where type <> 'table' and sql is not null",
    "postgresql": """
        select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
        union all select indexname, indexdef from pg_indexes where schemaname = 'public'
        union all select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal""",
}


def ours(name: str) -> bool:
    """Not a table of Django's own, whose migrations give some constraints names of another day."""
    return not re.search(r"\b(auth|django|account)_", name)


def schema(database: Any) -> tuple[dict[str, Any], set[tuple[str, str]]]:
    """Tables, their columns and constraints; indexes, checks, references and triggers as they are written down."""
    look, tables = database.introspection, {}
    with database.cursor() as cursor:
        for table in filter(lambda t: ours(t.name), look.get_table_list(cursor)):
            columns = {c.name: c[1:] for c in look.get_table_description(cursor, table.name)}
            bounds = look.get_constraints(cursor, table.name).items()
            # On SQLite what has no name is numbered by its place in the table, where a column added later stands last.
            named = sorted(
                (re.sub(r"^(fk|__unnamed_constraint)_\d+", r"\1", name), repr(what)) for name, what in bounds
            )
            tables[table.name] = (table.type, columns, named)
        cursor.execute(WRITTEN[database.vendor])
        written = {(name, sql) for name, sql in cursor.fetchall() if ours(name) and ours(sql)}
    return tables, written


@contextmanager
def migrated(folder: Path) -> Iterator[Any]:
    """A database of the same kind made by `bihuan prepare`, which migrates."""
    other = connection.copy()
    if connection.vendor == "sqlite":
        other.settings_dict["NAME"] = prepared(folder / "data") / "bihuan.sqlite3"
        yield other
        other.close()
        return
    name = f"{connection.settings_dict['NAME']}_migrated"
    other.settings_dict["NAME"] = name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"create database {name}")
    try:
        at = f"postgresql://{other.settings_dict['USER']}@{quote(other.settings_dict['HOST'], safe='')}/{name}"
        env = {**os.environ, "BIHUAN_DATA": str(folder), "DATABASE_URL": at}
        subprocess.run([sys.executable, "-m", "bihuan", "prepare"], env=env, check=True, capture_output=True)
        yield other
        other.close()
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"drop database {name}")


@pytest.mark.django_db
def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path):
    wanted, written = schema(connection)
    with migrated(tmp_path) as other:
        made, also = schema(other)
    assert len(wanted) > 80
    assert made.keys() == wanted.keys()
    assert {name: made[name] for name in made if made[name] != wanted[name]} == {}
    assert also ^ written == set()
