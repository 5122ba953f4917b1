"""Files at rest, encrypted piece by piece: a large one never sits in memory, in clear or not.

A sealed file is MAGIC, a salt of 16 bytes, then pieces of at most 1 MiB, each by AES-256-GCM under a key of the file's
own (HKDF-SHA256 of a contact key and the salt). The nonce is the piece's number and whether it is the last, so that
pieces can neither be cut off, swapped nor taken from another file (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015).
"""

from __future__ import annotations

import base64
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MAGIC = b"BIHUAN1\n"
PIECE = 1 << 20
SALT, TAG = 16, 16
DESCRIPTORS = Path("/proc/self/fd")


class DecryptionError(Exception):
    """No key fits, or the file was changed or cut off."""


def encrypt(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The sealed file of these bytes, under the newest contact key."""
    salt = secrets.token_bytes(SALT)
    box = _box(settings.CONTACT_KEYS[0], salt)
    yield MAGIC + salt
    held, number = bytearray(), 0
    for chunk in chunks:
        held += chunk
        while len(held) > PIECE:
            yield box.encrypt(_nonce(number, last=False), bytes(held[:PIECE]), None)
            del held[:PIECE]
            number += 1
    yield box.encrypt(_nonce(number, last=True), bytes(held), None)


def decrypt(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes that were sealed, piece by piece. Raises Unopened, also midway."""
    if file.read(len(MAGIC)) != MAGIC:
        raise DecryptionError
    salt = file.read(SALT)
    piece, number, boxes = file.read(PIECE + TAG), 0, [_box(key, salt) for key in settings.CONTACT_KEYS]
    while piece:
        following = file.read(PIECE + TAG)
        nonce = _nonce(number, last=not following)
        box, clear = _opened(boxes, nonce, piece)
        yield clear
        piece, number, boxes = following, number + 1, [box]
    if not number:
        raise DecryptionError


@contextmanager
def decrypted_copy(chunks: Iterable[bytes]) -> Iterator[Path]:
    """A plain copy that other code, also a child process, can open by its path while this lasts. It has no name in any
    folder, so nothing is left of it even when the process is killed; where the system cannot do that, it has one."""
    if DESCRIPTORS.is_dir():
        with tempfile.TemporaryFile(dir=settings.DATA) as plain:
            _fill(plain, chunks)
            yield Path(f"/proc/{os.getpid()}/fd/{plain.fileno()}")
    else:
        with tempfile.NamedTemporaryFile(dir=settings.DATA, prefix="opened-") as named:
            _fill(named, chunks)
            yield Path(named.name)


def _fill(plain: IO[bytes], chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        plain.write(chunk)
    plain.flush()


def _opened(boxes: list[AESGCM], nonce: bytes, piece: bytes) -> tuple[AESGCM, bytes]:
    for box in boxes:
        try:
            return box, box.decrypt(nonce, piece, None)
        except InvalidTag:
            continue
    raise DecryptionError


def _box(key: str, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"bihuan file").derive(base64.urlsafe_b64decode(key)))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
