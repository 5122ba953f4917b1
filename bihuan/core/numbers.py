"""Numbers people say to each other, like KF-20261121-0042: unique, in order, never reused.

A number is taken inside the transaction that makes its row; the counter row is locked until that commits,
so two people never get the same one. Sources: C-16, S4-25.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from bihuan.core import clock
from bihuan.core.models import Counter, NumberRule

SHIPPED: dict[str, tuple[str, str, int]] = {
    "feedback": ("KF", "day", 4),
    "case": ("SX", "day", 3),
    "plan": ("FA", "day", 3),
    "task": ("RW", "day", 3),
    "customer": ("C", "never", 6),
    "problem": ("GX", "year", 3),
    "article": ("ZS", "year", 4),
    "import": ("DR", "day", 3),
}
_STAMP = {"day": "%Y%m%d", "month": "%Y%m", "year": "%Y", "never": ""}


def take(noun: str, count: int = 1, on: date | None = None) -> list[str]:
    """Take ``count`` numbers in a row for ``noun``, dated ``on`` (default today in Beijing)."""
    prefix, reset, digits = _rule(noun)
    period = (on or clock.today()).strftime(_STAMP[reset])
    last = _advance(noun, period, count)
    stem = f"{prefix}-{period}-" if period else f"{prefix}-"
    return [f"{stem}{serial:0{digits}d}" for serial in range(last - count + 1, last + 1)]


def take_one(noun: str) -> str:
    return take(noun)[0]


def _rule(noun: str) -> tuple[str, str, int]:
    own = NumberRule.objects.filter(noun=noun).first()
    return (own.prefix, own.reset, own.digits) if own else SHIPPED[noun]


@transaction.atomic
def _advance(noun: str, period: str, count: int) -> int:
    mine = Counter.objects.filter(noun=noun, period=period)
    if not mine.update(last=F("last") + count):
        try:
            with transaction.atomic():
                return Counter.objects.create(noun=noun, period=period, last=count).last
        except IntegrityError:
            mine.update(last=F("last") + count)
    return mine.values_list("last", flat=True).get()
