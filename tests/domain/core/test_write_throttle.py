"""Other processes get access to the database between two writes of a long job."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from django.db import connection

from bihuan.core.write_throttle import yield_to_writers

ROUNDS = 40


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer for all")
def test_a_waiting_writer_comes_in_before_a_long_job_ends(tmp_path: Path):
    """Two real connections: one writes in chunks, the other asks once, after the first chunk."""
    path = tmp_path / "book.sqlite3"
    with sqlite3.connect(path) as book:
        book.execute("PRAGMA journal_mode=WAL")
        book.execute("CREATE TABLE line (n INTEGER)")
    begun = threading.Event()

    def long_job() -> None:
        job = sqlite3.connect(path, isolation_level=None, timeout=20)
        for n in range(ROUNDS):
            job.execute("BEGIN IMMEDIATE")
            job.execute("INSERT INTO line VALUES (?)", (n,))
            begun.set()
            threading.Event().wait(0.06)
            job.execute("COMMIT")
            yield_to_writers()
        job.close()

    thread = threading.Thread(target=long_job)
    thread.start()
    assert begun.wait(10)
    person = sqlite3.connect(path, isolation_level=None, timeout=20)
    person.execute("BEGIN IMMEDIATE")
    (written,) = person.execute("SELECT COUNT(*) FROM line").fetchone()
    person.execute("COMMIT")
    person.close()
    thread.join()
    assert 1 <= written <= 3
