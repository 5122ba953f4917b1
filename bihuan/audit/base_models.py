"""What rows that events are about have in common: their name, their timeline, their status."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from bihuan.audit.flow import FLOWS, Flow, State
from bihuan.audit.models import Actor, Event
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text


class SubjectModel(models.Model):
    """Something events are about. They name it as people do, and are shown on a timeline of its own."""

    NOUN: str

    class Meta:
        abstract = True

    @property
    def subject_name(self) -> str:
        return str(self)

    @property
    def timeline(self) -> str:
        return f"{self.NOUN}/{self.pk}"


class NumberedModel(SubjectModel):
    """A noun that has a number; events call it by that (core/numbers.py takes it)."""

    number = models.CharField(max_length=24, unique=True)

    class Meta:
        abstract = True

    @property
    def subject_name(self) -> str:
        return self.number


class PartModel(SubjectModel):
    """A noun that belongs to another one: named by that one's name, shown on that one's timeline."""

    PART_OF: ClassVar[str]

    class Meta:
        abstract = True

    @property
    def subject_name(self) -> str:
        return str(getattr(self, self.PART_OF).subject_name)

    @property
    def timeline(self) -> str:
        return str(getattr(self, self.PART_OF).timeline)


class FlowModel(SubjectModel, BaseModel):
    """A noun with a status, which only its flow moves."""

    class Meta:
        abstract = True

    @property
    def flow(self) -> Flow:
        return FLOWS[self.NOUN]

    @property
    def state(self) -> State:
        return self.flow.by_code[getattr(self, self.flow.column)]

    def move(self, name: str, *, by: Actor, seen: int | None = None, **details: Any) -> Event | None:
        return self.flow.move(self, name, by=by, seen=seen, **details)


def required_reason(reason: str) -> str:
    """The reason somebody gave, refused when there is none."""
    if len(reason.strip()) < 2:
        raise Refused(Text("请写明理由。", "Please give a reason."))
    return reason.strip()
