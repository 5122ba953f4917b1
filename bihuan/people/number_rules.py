"""Changing how the numbers of a noun look, on record (C-16, S4-25). Taking one is core/numbers.py."""

from __future__ import annotations

import re

from django.db import transaction

from bihuan.audit.flow import edit
from bihuan.audit.models import Event
from bihuan.core import numbers
from bihuan.core.errors import Refused
from bihuan.core.models import NumberRule
from bihuan.core.text import Text
from bihuan.people import events
from bihuan.people.models import User

DIGITS = (2, 8)
LONGEST = 6
"""Letters of a prefix: with a day and eight digits a number still fits its column."""


def faults(noun: str, prefix: str, reset: str, digits: int) -> Text | None:
    """Why numbers of ``noun`` may not look like this, or None."""
    if not re.fullmatch(rf"[A-Z]{{1,{LONGEST}}}", prefix):
        return Text("前缀用 1 到 {n} 个大写英文字母。", "The prefix is one to {n} capital letters A to Z.", n=LONGEST)
    if reset not in NumberRule.Reset.values or not DIGITS[0] <= digits <= DIGITS[1]:
        return Text(
            "流水号用 {low} 到 {high} 位。", "The serial has {low} to {high} digits.", low=DIGITS[0], high=DIGITS[1]
        )
    if any(numbers.rule(other)[0] == prefix for other in numbers.SHIPPED if other != noun):
        return Text("这个前缀别的对象已经在用。", "Numbers of something else begin with this prefix already.")
    return None


@transaction.atomic
def save_rule(noun: str, *, by: User, prefix: str, reset: str, digits: int, seen: int | None = None) -> Event | None:
    """Number ``noun`` like this from now on; numbers given before stay as they are. Raises Refused, Stale."""
    if reason := faults(noun, prefix, reset, digits):
        raise Refused(reason)
    was = numbers.rule(noun)
    row, _ = NumberRule.objects.get_or_create(
        noun=noun, defaults=dict(zip(("prefix", "reset", "digits"), was, strict=True))
    )
    changes = {"prefix": prefix, "reset": reset, "digits": digits}
    return edit(
        row, changes, by=by.actor, event_type=events.NUMBERING, seen=seen,
        was=numbers.peek_next(noun, *was), becomes=numbers.peek_next(noun, prefix, reset, digits), what=noun,
    )  # fmt: skip
