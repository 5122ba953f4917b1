"""The one place that reads the time, so that tests and replays can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)

BEIJING = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment in UTC, or the moment a test has set."""
    return _frozen.get() or timezone.now()


def today() -> date:
    """The date where the company works (Beijing)."""
    return now().astimezone(BEIJING).date()


def midnight(day: date) -> datetime:
    """The moment the day begins where the company works."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Set the clock to ``moment`` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("clock.at needs an aware datetime")
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)
