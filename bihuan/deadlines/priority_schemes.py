"""Scheme: how priority is judged, as data with versions. One version of a scheme is in force at a time."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines import events
from bihuan.deadlines.flow import FLOW
from bihuan.insight.priority import SCHEMES
from bihuan.insight.priority.scheme_checks import faults

if TYPE_CHECKING:
    from bihuan.people.models import User


class Scheme(FlowModel):
    """One version (``edition``) of a priority scheme. ``data`` has the shape of insight/data/schemes.py."""

    NOUN = "scheme"

    code = models.CharField(max_length=32)
    edition = models.PositiveSmallIntegerField(default=1)
    data = models.JSONField()
    status = models.CharField(max_length=10, choices=FLOW.choices, default="draft")
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "scheme"
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="a_scheme_edition_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(status="effective"), name="one_version_in_force"
            ),
            models.UniqueConstraint(fields=["code"], condition=models.Q(status="draft"), name="one_draft_a_scheme"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Text:
        return Text(self.data["name"]["zh"], self.data["name"]["en"])

    @property
    def subject_name(self) -> str:
        return f"{self.code} v{self.edition}"

    @property
    def timeline(self) -> str:
        return f"scheme/{self.code}"

    @property
    def levels(self) -> dict[str, dict[str, Any]]:
        """The levels by code, in their order."""
        return {one["code"]: one for one in self.data["levels"]}

    @classmethod
    def current(cls, code: str) -> Scheme:
        """The version in force; the shipped one where the organisation has none of its own. KeyError: no such scheme."""
        found = cls.objects.filter(code=code, status="effective").first()
        if found:
            return found
        shipped: dict[str, Any] = SCHEMES[code]
        return cls.objects.get_or_create(
            code=code,
            edition=shipped["version"],
            defaults={"data": shipped, "status": "effective", "published_at": clock.now()},
        )[0]

    @classmethod
    def all_current(cls) -> list[Scheme]:
        """Every scheme's version in force, in the shipped order."""
        held = {one.code: one for one in cls.objects.filter(status="effective")}
        return [held.get(code) or cls.current(code) for code in SCHEMES]

    @transaction.atomic
    def draft(self, *, by: User) -> Scheme:
        """The next version as a copy to be changed; the draft that is there already if there is one."""
        flow.lock(self)
        rows = type(self).objects.filter(code=self.code)
        if held := rows.filter(status="draft").first():
            return held
        edition = 1 + (rows.aggregate(last=models.Max("edition"))["last"] or 0)
        data = copy.deepcopy(self.data) | {"version": edition}
        made = type(self).objects.create(code=self.code, edition=edition, data=data, author=by.actor)
        record(events.SCHEME_DRAFTED, made, by=by.actor, edition=edition)
        return made

    @transaction.atomic
    def amend(self, data: dict[str, Any], *, by: User, seen: int | None = None) -> None:
        """Put other data in a draft. Refused with every fault named where it is; a published version never changes."""
        if flow.lock(self).status != "draft":
            raise Refused(
                Text("已发布的版本不能修改，请另起一版。", "A published version never changes; draft a new one.")
            )
        data = data | {"code": self.code, "version": self.edition}
        if wrong := faults(data):
            raise Refused(Text("；".join(f.text.zh for f in wrong), "; ".join(f.text.en for f in wrong)))
        flow.edit(self, {"data": data}, by=by.actor, event_type=events.SCHEME_AMENDED, seen=seen, edition=self.edition)

    @transaction.atomic
    def publish(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """Put the draft in force for assessments from now on. Cases keep the version they were judged by."""
        if len(reason.strip()) < 2:
            raise Refused(Text("请写明为什么改。", "Please say why it is changed."))
        for other in type(self).objects.filter(code=self.code, status="effective").exclude(pk=self.pk):
            FLOW.move(other, "retire", by=by.actor, edition=other.edition)
        self.reason, self.published_at = reason.strip(), clock.now()
        told = {"edition": self.edition, "reason": self.reason}
        FLOW.move(self, "publish", by=by.actor, seen=seen, fields=["reason", "published_at"], **told)

    @transaction.atomic
    def drop(self, *, by: User) -> None:
        """Give the draft up."""
        FLOW.move(self, "drop", by=by.actor, edition=self.edition)
