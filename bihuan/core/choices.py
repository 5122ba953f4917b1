"""Choices of a model field whose names are in both languages."""

from __future__ import annotations

from typing import Any

from django.db import models

from bihuan.core.text import Text


class TextChoices(models.TextChoices):
    """``NAME = "value", Text("名称", "Name")``: Django takes only its own lazy strings out of such a pair."""

    name_text: Text

    def __new__(cls, value: str, name_text: Any = None) -> Any:
        made = str.__new__(cls, value)
        made._value_ = value
        made.name_text = name_text
        return made

    @property
    def label(self) -> Any:
        return self.name_text
