"""Public links: a secret token in an address opens one row to whoever has it, for some days."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models

from bihuan.core import clock


class PublicLink(models.Model):
    """A row a link can open. The link's token is shown once and kept as a hash made for this noun only (``LINK``); a
    new one replaces the one before. ``LINK_DAYS``: how long it opens."""

    LINK: ClassVar[str]
    LINK_DAYS: ClassVar[int]

    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_link_expired(self) -> bool:
        """Whether no link opens it any more, or none was made."""
        return self.expires_at is None or self.expires_at <= clock.now()

    def create_link(self) -> str:
        """The token of a new link; the caller saves ``token_hash`` and ``expires_at``."""
        token = secrets.token_urlsafe(32)
        self.token_hash, self.expires_at = self.hash_of_token(token), clock.now() + timedelta(days=self.LINK_DAYS)
        return token

    @classmethod
    def hash_of_token(cls, token: str) -> str:
        """What the database stores of a token."""
        return hashlib.sha256(f"bihuan.{cls.LINK}:".encode() + token.encode("utf-8", "surrogatepass")).hexdigest()

    @classmethod
    def find_by_token(cls, token: str) -> models.QuerySet[Self]:
        """The row whose link has this token, expired or not; empty for anything else."""
        return cls._default_manager.filter(token_hash=cls.hash_of_token(token))
