"""Long jobs that write again and again let other writers in between."""

from __future__ import annotations

import time

from django.db import connection

PAUSE_SECONDS = 0.15
"""A waiting writer tries SQLite's lock again after 0.1 s at the latest (sqlite3_busy_timeout)."""


def yield_to_writers() -> None:
    """Call it between two transactions of a long job: whoever waits for the database goes first.

    SQLite keeps no queue of its writers. A job that begins its next transaction at once would keep a person's request
    waiting until it gives up. PostgreSQL locks rows, so there nobody waits.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE_SECONDS)
