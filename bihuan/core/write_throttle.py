"""Long work that writes again and again lets everybody else write in between."""

from __future__ import annotations

import time

from django.db import connection

A_TURN = 0.15
"""Seconds. Whoever waits for SQLite's one writer looks again after 0.1 s at the latest (sqlite3_busy_timeout)."""


def give_way() -> None:
    """Between two transactions of a long job: whoever waits for the database goes first.

    SQLite keeps no queue of its writers. A job that begins its next transaction at once would keep a person's request
    waiting until it gives up. PostgreSQL locks rows, so there nobody waits.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(A_TURN)
