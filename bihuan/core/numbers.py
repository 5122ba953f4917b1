"""Numbers people say to each other, like KF-20261121-0042: unique, in order, never reused.

A number is given inside the transaction that creates its row; the counter row is locked until that commits,
so two rows never get the same one. Sources: C-16, S4-25.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from bihuan.core import clock
from bihuan.core.models import Counter, NumberRule

SHIPPED: dict[str, tuple[str, str, int]] = {
    "feedback": ("KF", "day", 4),
    "case": ("SX", "day", 3),
    "requirement": ("XQ", "day", 3),
    "plan": ("FA", "day", 3),
    "task": ("RW", "day", 3),
    "customer": ("C", "never", 6),
    "problem": ("GX", "year", 3),
    "article": ("ZS", "year", 4),
    "import": ("DR", "day", 3),
}
_STAMP = {"day": "%Y%m%d", "month": "%Y%m", "year": "%Y", "never": ""}


def next_numbers(noun: str, count: int = 1, on: date | None = None) -> list[str]:
    """The next ``count`` numbers of ``noun``, dated ``on`` (default today in Beijing); they are used up."""
    prefix, reset, digits = rule(noun)
    period = (on or clock.today()).strftime(_STAMP[reset])
    last = _advance(noun, period, count)
    return [_number(prefix, period, serial, digits) for serial in range(last - count + 1, last + 1)]


def next_number(noun: str) -> str:
    return next_numbers(noun)[0]


def peek_next(noun: str, prefix: str, reset: str, digits: int) -> str:
    """The number ``noun`` would get next by such a rule. It is not used up, so another row may get it first."""
    period = clock.today().strftime(_STAMP[reset])
    last = Counter.objects.filter(noun=noun, period=period).values_list("last", flat=True).first()
    return _number(prefix, period, (last or 0) + 1, digits)


def _number(prefix: str, period: str, serial: int, digits: int) -> str:
    return "-".join(part for part in (prefix, period, f"{serial:0{digits}d}") if part)


def rule(noun: str) -> tuple[str, str, int]:
    """Prefix, reset and digits in force for ``noun``: the organisation's own, else the shipped ones."""
    return NumberRule.objects.filter(noun=noun).values_list("prefix", "reset", "digits").first() or SHIPPED[noun]


def _advance(noun: str, period: str, count: int) -> int:
    """The counter's new last serial, in one statement; its row stays locked until the transaction ends."""
    sql = (
        "INSERT INTO number_counter (noun, period, last) VALUES (%s, %s, %s) "
        "ON CONFLICT (noun, period) DO UPDATE SET last = number_counter.last + excluded.last RETURNING last"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [noun, period, count])
        return int(cursor.fetchone()[0])
