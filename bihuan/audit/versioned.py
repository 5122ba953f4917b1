"""Versions: of a configuration that is drafted and published, and of a text that is approved or published again.

Of a configuration (priority scheme, routing table, business calendar, label model) every version is a row of its own,
in one of four states; at most one draft and one version in force at a time, which the database holds. A plan and an
article are one row with states of their own; they only count their versions.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_types import EventType
from bihuan.audit.flow import Flow, Move, State
from bihuan.audit.models import Actor
from bihuan.audit.transition_table import Condition
from bihuan.core.errors import Refused
from bihuan.core.text import Text

VERSION_STATES = (
    State("draft", Text("草稿", "Draft"), "yellow"),
    State("current", Text("生效", "In force"), "green"),
    State("past", Text("停用", "Disabled"), "secondary", final=True),
    State("discarded", Text("作废", "Discarded"), "secondary", final=True),
)
"""A version is published once and never changes after that; the next one takes its place."""


def version_flow(
    noun: str, *, published: EventType, retired: EventType, discarded: EventType, conditions: tuple[Condition, ...] = (),
    restored: EventType | None = None, states: tuple[State, ...] = VERSION_STATES,
) -> Flow:  # fmt: skip
    """The flow of a versioned configuration. ``conditions`` refuse to publish; with ``restored`` a past version may be put
    in force again; ``states``: the four states under names of their own."""
    moves = [
        Move("publish", Text("发布", "Publish"), ("draft",), "current", published, conditions),
        Move("retire", Text("停用", "Disable"), ("current",), "past", retired),
        Move("discard", Text("作废", "Discard"), ("draft",), "discarded", discarded),
    ]
    if restored:
        moves.append(Move("restore", Text("换回", "Put back"), ("past",), "current", restored))
    return Flow(noun, states=states, moves=tuple(moves))


def version_constraints(name: str, *series: str) -> list[models.BaseConstraint]:
    """A version number once, and one draft and one version in force at a time; ``series``: what it is a version of."""
    return [
        models.UniqueConstraint(fields=[*series, "version_number"], name=f"{name}_version_number"),
        models.UniqueConstraint(
            fields=[*series, "status"],
            condition=models.Q(status__in=("draft", "current")),
            name=f"{name}_one_draft_and_one_in_force",
        ),
    ]


class VersionedModel(models.Model):
    """A noun whose versions are counted: ``version_number`` is the latest one's (``version`` is the lock of edits)."""

    version_number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True


class ConfigurationVersion(VersionedModel, FlowModel):
    """One version of a configuration. ``SERIES``: the fields that the versions of one configuration have in common."""

    SERIES: ClassVar[tuple[str, ...]] = ()

    status = models.CharField(max_length=10, choices=[(s.code, s.name) for s in VERSION_STATES], default="draft")

    class Meta:
        abstract = True

    @classmethod
    def in_state(cls, status: str, **series: Any) -> models.QuerySet[Self]:
        return cls._base_manager.filter(status=status, **series)

    @classmethod
    def next_version_number(cls, **series: Any) -> int:
        """One more than the highest there is; a discarded draft leaves its number behind."""
        last = cls._base_manager.filter(**series).aggregate(last=models.Max("version_number"))["last"]
        return int(last or 0) + 1

    def all_versions(self) -> models.QuerySet[Self]:
        """The versions of the same configuration, this one too."""
        return type(self)._base_manager.filter(**{name: getattr(self, name) for name in self.SERIES})

    def event_details(self) -> dict[str, Any]:
        """What every event about this version says of it."""
        return {"version_number": self.version_number}

    def locked_draft(self) -> Self:
        """The stored row, locked. Raises Refused when it is no draft any more."""
        stored: Self = flow.lock(self)
        if stored.status != "draft":
            raise Refused(
                Text("已发布的版本不能修改，请另起一版。", "A published version never changes; draft a new one.")
            )
        return stored

    @transaction.atomic
    def put_in_force(
        self, move: str = "publish", *, by: Actor, seen: int | None = None, fields: tuple[str, ...] = (), **details: Any
    ) -> None:
        """Publish (or ``restore``) this version and retire the one in force until now. Raises Refused or Stale."""
        for other in self.all_versions().select_for_update().filter(status="current").exclude(pk=self.pk):
            other.move("retire", by=by, **other.event_details())
        self.move(move, by=by, seen=seen, fields=fields, **self.event_details(), **details)

    def discard(self, *, by: Any) -> None:
        """Give the draft up. ``by``: a user."""
        self.move("discard", by=by.actor, **self.event_details())
