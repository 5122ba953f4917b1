"""The number and check code a customer gets at a public door, and how they find their feedback item again by them."""

from __future__ import annotations

import secrets

from bihuan.customers import contact_encryption
from bihuan.feedback.models.feedback import Feedback

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike
LENGTH = 8


def code_for(key: str) -> str:
    """The check code of the submission with this one-time key: a repeated submission is told the same code."""
    return "".join(_LETTERS[b % len(_LETTERS)] for b in contact_encryption.keyed("check-code", key)[:LENGTH])


def stored(code: str) -> str:
    """What the database keeps of a code."""
    return contact_encryption.keyed("stored-code", code).hex()


def find(number: str, code: str) -> Feedback | None:
    """The feedback item with this number and code. An unknown number and a wrong code give the same answer, as slowly."""
    feedback = Feedback.objects.filter(number=number.strip().upper()).exclude(check_code="").first()
    plain = "".join(code.split()).replace("-", "").upper()
    fits = secrets.compare_digest(feedback.check_code if feedback else "0" * 64, stored(plain))
    return feedback if fits else None
