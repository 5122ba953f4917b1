"""Plugin: one row each, off until an administrator switches it on. Vector: what an encoder made of a text, kept."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import SubjectModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.customers import contact_encryption
from bihuan.insight.text import encoder
from bihuan.people.models import User
from bihuan.plugins import endpoint_address, events, plugin_choices

SECONDS, PER_HOUR, LONGEST = (5, 120), (1, 2000), (500, 20_000)


class Plugin(SubjectModel, BaseModel):
    """``writes``, ``encodes``: what the endpoint is used for. ``seconds``: how long a call may take; ``per_hour``:
    calls an hour; ``longest``: characters of one sending. ``sealed_key``: encrypted, never shown again."""

    NOUN = "plugin"

    code = models.CharField(max_length=12, choices=list(plugin_choices.PLUGINS.items()), unique=True)
    on = models.BooleanField(default=False)
    address = models.CharField(max_length=endpoint_address.LONGEST, blank=True)
    plain = models.BooleanField(default=False)
    model = models.CharField(max_length=120, blank=True)
    embedding = models.CharField(max_length=120, blank=True)
    writes = models.BooleanField(default=True)
    encodes = models.BooleanField(default=False)
    seconds = models.PositiveSmallIntegerField(default=30)
    per_hour = models.PositiveIntegerField(default=120)
    longest = models.PositiveIntegerField(default=4000)
    sealed_key = models.TextField(blank=True)
    testing = models.BooleanField(default=False)
    tested_at = models.DateTimeField(null=True)
    tested = models.JSONField(default=dict)

    class Meta:
        db_table = "plugin"

    def __str__(self) -> str:
        return str(plugin_choices.PLUGINS[self.code])

    @property
    def subject_name(self) -> str:
        return plugin_choices.PLUGINS[self.code].zh

    @property
    def host(self) -> str:
        """Who is written to: named in facts and beside drafts."""
        return endpoint_address.parts(self.address).netloc if self.address else ""

    @property
    def has_key(self) -> bool:
        return bool(self.sealed_key)

    @property
    def key(self) -> str:
        """In clear, for the call alone."""
        return contact_encryption.decrypt(self.sealed_key) if self.sealed_key else ""

    @property
    def test_result(self) -> Text | None:
        return Text(self.tested["zh"], self.tested["en"]) if self.tested else None

    @classmethod
    def of(cls, code: str) -> Plugin:
        """The row; an unsaved one with everything off where nobody touched it."""
        return cls.objects.filter(code=code).first() or cls(code=code)

    @classmethod
    @transaction.atomic
    def save_settings(cls, *, by: User, seen: int, key: str = "", forget_key: bool = False, **changes: Any) -> Plugin:
        """Change the endpoint's settings. A blank ``key`` keeps the one there is; a new address needs it again, so that
        no key goes to a place it was not given for. Raises Refused or Stale."""
        row, _ = cls.objects.get_or_create(code="endpoint")
        stored = flow.lock(row, seen, changes)
        if reason := endpoint_address.refused(changes["address"], plain=changes["plain"]):
            raise Refused(reason)
        moved = stored.address != changes["address"]
        if moved and stored.sealed_key and not (key or forget_key):
            raise Refused(
                Text(
                    "地址变了，请重新填写密钥（或勾选“去掉密钥”）。",
                    "The address changed: please enter the key again, or tick “remove the key”.",
                )
            )
        flow.edit(row, changes, by=by.actor, event_type=events.CHANGED, seen=None)
        if key or (forget_key and stored.sealed_key):
            row.sealed_key = contact_encryption.encrypt(key) if key else ""
            flow.save(row, ["sealed_key"])
            record(events.KEY_SET if key else events.KEY_REMOVED, row, by=by.actor)
        if row.on and (why := row.missing_settings()):
            raise Refused(why)
        return row

    @classmethod
    @transaction.atomic
    def switch(cls, code: str, on: bool, *, by: User) -> Plugin:
        """On or off. Off at once: what waits to be sent is not sent."""
        row, _ = cls.objects.get_or_create(code=code)
        row = flow.lock(row)
        if row.on == on:
            return row
        if on and (why := row.missing_settings()):
            raise Refused(why)
        row.on = on
        flow.save(row, ["on"])
        record(events.ON if on else events.OFF, row, by=by.actor)
        return row

    def missing_settings(self) -> Text | None:
        """Why it cannot be switched on."""
        if self.code == "encoder":
            if encoder.name():
                return None
            return Text("还没有安装 {name}。", "{name} is not installed.").format(name=encoder.PACKAGE)
        if not self.address:
            return Text("还没有填写地址。", "No address is given yet.")
        if self.writes and not self.model:
            return Text("起草需要填写模型名。", "Drafts need the name of a model.")
        if self.encodes and not self.embedding:
            return Text("句向量需要填写向量模型名。", "Vectors need the name of an embedding model.")
        return endpoint_address.refused(self.address, plain=self.plain)

    def record_test(self, result: Text, *, ok: bool, by: Actor) -> None:
        """Keep how a test went."""
        self.testing, self.tested_at = False, clock.now()
        self.tested = {"ok": ok, **result.to_json()}
        with transaction.atomic():
            flow.lock(self)
            flow.save(self, ["testing", "tested_at", "tested"])
            record(events.TESTED, self, by=by, result=result)

    @transaction.atomic
    def record_sending(self, *, by: Actor, model: str, texts: int, fields: tuple[str, ...], purpose: Text) -> None:
        """State that something is about to leave; committed before it does."""
        flow.lock(self)
        field_names = plugin_choices.fields(fields)
        record(
            events.SENT, self, by=by, host=self.host, model=model, texts=texts, fields=field_names, purpose=purpose
        )  # fmt: skip


class Vector(models.Model):
    """One text's vector, as half-precision numbers. ``key``: hash of the text as it was read; ``method``: who made it."""

    method = models.CharField(max_length=200)
    key = models.CharField(max_length=32)
    data = models.BinaryField()

    class Meta:
        db_table = "vector"
        constraints = [models.UniqueConstraint(fields=["method", "key"], name="a_text_is_encoded_once")]
