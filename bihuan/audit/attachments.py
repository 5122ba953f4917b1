"""Files people attach: stored under names of our own, typed by their first bytes, never served as active content.

Source: reliability notes 3, 5, 11, 32 (uploads as script, type from the client, guessable names, evil file names).
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction

from bihuan.audit.event_log import Subject
from bihuan.audit.models import Actor, Attachment
from bihuan.core import clock, file_encryption
from bihuan.core.errors import Refused
from bihuan.core.text import Text

LIMIT = 20 * 1024 * 1024
_SHOWABLE = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def attach(subject: Subject, upload: File[bytes], *, by: Actor, limit: int = LIMIT, sealed: bool = False) -> Attachment:
    """Store ``upload`` for ``subject``, encrypted where ``sealed``. Call inside the verb's transaction. Raises Refused
    when empty or over ``limit`` bytes."""
    if not upload.size or upload.size > limit:
        raise Refused(
            Text(
                "文件不能为空，也不能超过 {most} MB，请缩小后再传。",
                "A file may not be empty or over {most} MB; please shrink it and try again.",
                most=limit // (1024 * 1024),
            )
        )
    stored = f"{secrets.token_hex(2)[:2]}/{secrets.token_urlsafe(24)}"
    path = folder() / stored
    path.parent.mkdir(parents=True, exist_ok=True)
    sha, head = hashlib.sha256(), b""

    def passing() -> Iterator[bytes]:
        nonlocal head
        for chunk in upload.chunks():
            head = head or chunk[:16]
            sha.update(chunk)
            yield chunk

    with path.open("wb") as out:
        for chunk in file_encryption.encrypt(passing()) if sealed else passing():
            out.write(chunk)
    return Attachment.objects.create(
        subject_kind=subject.NOUN,
        subject_id=subject.pk,
        name=display_name(upload.name or ""),
        stored=stored,
        sha256=sha.hexdigest(),
        size=upload.size,
        media_type=next((t for magic, t in _SHOWABLE.items() if head.startswith(magic)), "application/octet-stream"),
        by=by,
        sealed=sealed,
    )


def list_for(subject: Subject) -> list[Attachment]:
    return list(Attachment.objects.filter(subject_kind=subject.NOUN, subject_id=subject.pk).order_by("id"))


def open_file(attachment: Attachment) -> IO[bytes]:
    return (folder() / attachment.stored).open("rb")


@contextmanager
def open_plain(attachment: Attachment) -> Iterator[Path]:
    """A path under which what was sent can be read while this lasts. Raises sealing.Unopened."""
    path = folder() / attachment.stored
    if not attachment.sealed:
        yield path
        return
    with path.open("rb") as file, file_encryption.decrypted_copy(file_encryption.decrypt(file)) as plain:
        yield plain


def remove(attachment: Attachment) -> None:
    """Take the file away and keep its row. Call inside the verb's transaction; the file goes when that commits."""
    attachment.removed_at = clock.now()
    attachment.save(update_fields=["removed_at"])
    transaction.on_commit(lambda: unlink(attachment))


def unlink(attachment: Attachment) -> None:
    (folder() / attachment.stored).unlink(missing_ok=True)


def folder() -> Path:
    return Path(settings.DATA) / "files"


def display_name(name: str) -> str:
    """The sender's file name, safe to show: no path, no control or direction characters, at most 120 letters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(". ")
    return kept[-120:] or "file"


def faults() -> list[str]:
    """Rows without their file, files that changed, files without a row or still there after their removal."""
    found, known = [], set()
    for row in Attachment.objects.iterator():
        path = folder() / row.stored
        if row.removed_at:
            continue
        known.add(path)
        if not path.is_file():
            found.append(f"attachment {row.pk}: file is missing")
        elif _hash(path, row.sealed) != row.sha256:
            found.append(f"attachment {row.pk}: file differs from what was uploaded")
    if folder().exists():
        found += [f"file without a row: {p.name}" for p in folder().rglob("*") if p.is_file() and p not in known]
    return found


def _hash(path: Path, sealed: bool) -> str:
    """The hash of what was sent, or "" where it cannot be opened."""
    sha = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for chunk in (
                file_encryption.decrypt(file) if sealed else iter(lambda: file.read(file_encryption.PIECE), b"")
            ):
                sha.update(chunk)
    except file_encryption.DecryptionError:
        return ""
    return sha.hexdigest()
