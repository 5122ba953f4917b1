"""Scheme: how priority is judged, as data with a version."""

from __future__ import annotations

from typing import Any

from django.db import models

from bihuan.core.text import Text
from bihuan.insight.priority import SCHEMES


class Scheme(models.Model):
    """One version of a priority scheme. ``data`` has the shape of insight/data/schemes.py."""

    class Status(models.TextChoices):
        DRAFT = "draft", Text("草稿", "Draft")
        EFFECTIVE = "effective", Text("生效", "In force")
        RETIRED = "retired", Text("停用", "Retired")

    code = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField(default=1)
    data = models.JSONField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)

    class Meta:
        db_table = "scheme"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="a_scheme_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(status="effective"), name="one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Text:
        return Text(self.data["name"]["zh"], self.data["name"]["en"])

    @classmethod
    def current(cls, code: str) -> Scheme:
        """The version in force; the shipped one where the organisation has none of its own. KeyError: no such scheme."""
        found = cls.objects.filter(code=code, status=cls.Status.EFFECTIVE).first()
        if found:
            return found
        shipped: dict[str, Any] = SCHEMES[code]
        return cls.objects.get_or_create(
            code=code, version=shipped["version"], defaults={"data": shipped, "status": cls.Status.EFFECTIVE}
        )[0]
