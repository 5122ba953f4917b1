"""Scheme: how priority is judged, as data with versions. One version of a scheme is in force at a time."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.audit.versioned import ConfigurationVersion, version_constraints
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines import events
from bihuan.deadlines.flow import FLOW
from bihuan.insight.priority import SCHEMES
from bihuan.insight.priority.scheme_checks import faults

if TYPE_CHECKING:
    from bihuan.people.models import User


class Scheme(ConfigurationVersion):
    """One version of a priority scheme. ``data`` has the shape of insight/data/schemes.py."""

    NOUN = FLOW.noun
    SERIES = ("code",)

    code = models.CharField(max_length=32)
    data = models.JSONField()
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "scheme"
        constraints = version_constraints("scheme", "code")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> Text:
        return Text(self.data["name"]["zh"], self.data["name"]["en"])

    @property
    def subject_name(self) -> str:
        return f"{self.code} v{self.version_number}"

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
        found = cls.in_state("current", code=code).first()
        if found:
            return found
        shipped: dict[str, Any] = SCHEMES[code]
        return cls.objects.get_or_create(
            code=code,
            version_number=shipped["version"],
            defaults={"data": shipped, "status": "current", "published_at": clock.now()},
        )[0]

    @classmethod
    def all_current(cls) -> list[Scheme]:
        """Every scheme's version in force, in the shipped order."""
        held = {one.code: one for one in cls.in_state("current")}
        return [held.get(code) or cls.current(code) for code in SCHEMES]

    @transaction.atomic
    def draft(self, *, by: User) -> Scheme:
        """The next version as a copy to be changed; the draft that is there already if there is one."""
        flow.lock(self)
        if draft := self.all_versions().filter(status="draft").first():
            return draft
        number = self.next_version_number(code=self.code)
        data = copy.deepcopy(self.data) | {"version": number}
        draft = type(self).objects.create(code=self.code, version_number=number, data=data, author=by.actor)
        record(events.SCHEME_DRAFTED, draft, by=by.actor, **draft.event_details())
        return draft

    @transaction.atomic
    def amend(self, data: dict[str, Any], *, by: User, seen: int | None = None) -> None:
        """Put other data in a draft. Refused with every fault named where it is; a published version never changes."""
        self.locked_draft()
        data = data | {"code": self.code, "version": self.version_number}
        if wrong := faults(data):
            raise Refused(Text("；".join(f.text.zh for f in wrong), "; ".join(f.text.en for f in wrong)))
        changed = {"data": data}
        flow.edit(self, changed, by=by.actor, event_type=events.SCHEME_AMENDED, seen=seen, **self.event_details())

    @transaction.atomic
    def publish(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """Put the draft in force for assessments from now on. Cases keep the version they were judged by."""
        if len(reason.strip()) < 2:
            raise Refused(Text("请写明为什么改。", "Please say why it is changed."))
        self.reason, self.published_at = reason.strip(), clock.now()
        self.put_in_force(by=by.actor, seen=seen, fields=("reason", "published_at"), reason=self.reason)
