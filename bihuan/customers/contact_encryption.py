"""Contact data at rest: encrypted, found again by a keyed hash, shown masked.

Keys live outside the database (``contact.key`` in the data folder, or BIHUAN_CONTACT_KEYS: newest first, so that
keys can be rotated). Sources: PIPL art. 51, S1-07, S4-32, C-10.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def encrypt(value: str) -> str:
    """Encrypt one contact value."""
    return _box().encrypt(value.encode()).decode()


def decrypt(sealed: str) -> str:
    """The contact value in clear. Raises InvalidToken when no key fits."""
    return _box().decrypt(sealed.encode()).decode()


def can_decrypt(sealed: str) -> bool:
    try:
        decrypt(sealed)
    except InvalidToken:
        return False
    return True


def lookup_hash(value: str) -> str:
    """The keyed hash by which the same contact is found again, whatever spaces or width it was typed with."""
    return hmac.new(_pepper(), canonical(value).encode(), hashlib.sha256).hexdigest()


def keyed(purpose: str, value: str) -> bytes:
    """A keyed hash of ``value`` for one purpose: the same in every process, worthless without the key."""
    return hmac.new(_pepper(), f"{purpose}\0{value}".encode(), hashlib.sha256).digest()


def canonical(value: str) -> str:
    """One spelling for one contact: half width, lower case, no separators, no +86."""
    plain = unicodedata.normalize("NFKC", value).strip().lower()
    if "@" in plain:
        return plain.replace(" ", "")
    bare = re.sub(r"[\s\-()（）]", "", plain)
    return re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", bare)


@cache
def _keys() -> tuple[bytes, ...]:
    return tuple(k.encode() for k in settings.CONTACT_KEYS)


@cache
def _box() -> MultiFernet:
    return MultiFernet([Fernet(k) for k in _keys()])


@cache
def _pepper() -> bytes:
    # The oldest key, so that hashes stay findable when a newer key is put in front.
    return hashlib.sha256(b"contact-trace" + _keys()[-1]).digest()
