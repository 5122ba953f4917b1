"""MachineDraft: what an outside model wrote, marked as such with its source, until a person says what becomes of it.

Asked in a request, written by a worker, decided by a person. What was sent stands beside what came back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django_tasks import task

from bihuan.audit import flow
from bihuan.audit.base_models import FlowModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.leases import LeasedModel, LeasedQuerySet
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.plugins import events, plugin_choices
from bihuan.plugins.endpoint import Endpoint
from bihuan.plugins.flow import DRAFTS
from bihuan.plugins.models import Plugin
from bihuan.plugins.plugin_interface import PluginError, Prompt

AGAIN = timedelta(seconds=45)
"""How long a try that failed is left alone; each time as long again."""
PATIENCE = timedelta(hours=24)
SWITCHED_OFF = Text("接口已停用。", "The endpoint was disabled.")
WORN_OUT = Text("多次中断，没有写成。", "Cut off several times.")

Reader = Callable[[str], dict[str, Any]]
_readers: dict[str, Reader] = {}


def install_readers(readers: Mapping[str, Reader]) -> None:
    """Kind of draft → how its answer is read; a reader raises PluginError for an answer of no use (bihuan/transitions.py)."""
    _readers.update(readers)


class MachineDraft(LeasedModel, FlowModel):
    """``about`` names what it is written for and ``shown_on`` whose timeline tells of it; ``sent`` is what was sent out,
    ``content`` what was read from the answer, ``source`` endpoint, model, prompt version."""

    NOUN = "machine_draft"
    UNFINISHED = models.Q(status="waiting")
    LEASE = timedelta(minutes=5)
    MAX_ATTEMPTS = 4

    kind = models.CharField(max_length=12, choices=list(plugin_choices.DRAFTS.items()))
    about = models.CharField(max_length=60)
    shown_on = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=8, choices=DRAFTS.choices, default="waiting")
    sent = models.JSONField()
    source = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    trouble = models.JSONField(default=dict)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    objects = LeasedQuerySet["MachineDraft"].as_manager()

    class Meta:
        db_table = "machine_draft"
        indexes = [models.Index(fields=["about", "kind", "-id"], name="draft_about")]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind"],
                condition=models.Q(status__in=("waiting", "ready")),
                name="one_draft_open_at_a_time",
            )
        ]

    @property
    def subject_name(self) -> str:
        return f"{plugin_choices.DRAFTS[self.kind].zh} {self.pk}"

    @property
    def timeline(self) -> str:
        return self.shown_on or super().timeline

    @property
    def trouble_text(self) -> Text | None:
        return Text(self.trouble["zh"], self.trouble["en"]) if self.trouble else None

    @classmethod
    def last(cls, kind: str, about: str) -> MachineDraft | None:
        """The last one of this kind for it."""
        rows = cls.objects.filter(kind=kind, about=about).select_related("by", "decided_by")
        return rows.order_by("-id").first()

    @classmethod
    @transaction.atomic
    def ask(cls, kind: str, about: str, prompt: Prompt, *, by: User, shown_on: str = "") -> MachineDraft:
        """Have one written in the background; the one that is being written or waits to be decided where there is one."""
        if not can_draft():
            raise Refused(
                Text(
                    "起草没有启用，请管理员在“插件”里打开。",
                    "Drafting is off; the administrator can switch it on under “Plug-ins”.",
                )
            )
        open_one = cls.objects.select_for_update().filter(kind=kind, about=about, status__in=("waiting", "ready"))
        if held := open_one.first():
            return held
        sent = {
            "task": prompt.task, "matter": prompt.matter, "fields": list(prompt.fields), "texts": prompt.texts, "version": prompt.version,
        }  # fmt: skip
        try:
            with transaction.atomic():
                made = cls.objects.create(kind=kind, about=about, shown_on=shown_on, sent=sent, by=by.actor)
        except IntegrityError:
            # Asked twice at the same moment: the other one was first.
            return open_one.get()
        record(events.DRAFT_REQUESTED, made, by=by.actor, what=plugin_choices.DRAFTS[kind])
        transaction.on_commit(lambda: write.enqueue(made.pk))
        return made

    def carry_out(self) -> None:
        """One try, in a worker. The lease keeps a second worker away; what fails for now is tried again later."""
        if not self.claim():
            return
        plugin = Plugin.of("endpoint")
        if not (plugin.on and plugin.writes):
            return self._fail(SWITCHED_OFF)
        if self.attempts > self.MAX_ATTEMPTS:
            return self._fail(self.trouble_text or WORN_OUT)
        writer = Endpoint(plugin, self.by, plugin_choices.DRAFTS[self.kind])
        sent = self.sent
        prompt = Prompt(sent["version"], sent["task"], sent["matter"], tuple(sent["fields"]), sent["texts"])
        try:
            content = _readers[self.kind](writer.write(prompt))
        except PluginError as no:
            return (
                self._put_off(no)
                if no.wait or (no.again and self.attempts < self.MAX_ATTEMPTS)
                else self._fail(no.reason)
            )
        self._come_in(content, {**writer.source, "prompt": prompt.version})

    @transaction.atomic
    def _come_in(self, content: dict[str, Any], source: dict[str, Any]) -> None:
        flow.lock(self)
        self.refresh_from_db()
        if self.status != "waiting":
            return
        self.content, self.source, self.answered_at, self.trouble = content, source, clock.now(), {}
        what, fields = plugin_choices.DRAFTS[self.kind], ("content", "source", "answered_at", "trouble")
        self.move("answer", by=self.by, fields=fields, what=what, host=source["host"], model=source["model"])

    def _put_off(self, no: PluginError) -> None:
        trouble = no.reason.to_json()
        later = timedelta(seconds=no.wait) if no.wait else self.attempts * AGAIN
        tries = self.attempts - 1 if no.wait else self.attempts
        self.postpone(later, attempts=tries, trouble=trouble)

    @transaction.atomic
    def _fail(self, reason: Text) -> None:
        flow.lock(self)
        self.refresh_from_db()
        if self.status == "waiting":
            self.trouble = reason.to_json()
            self.move("fail", by=self.by, fields=("trouble",), what=plugin_choices.DRAFTS[self.kind], reason=reason)

    @transaction.atomic
    def decide(self, *, by: User, changed: bool, reason: str = "") -> None:
        """What a person did with it was saved: as it was, or changed."""
        flow.lock(self)
        self.refresh_from_db()
        if self.status == "ready":
            self._decided(by, reason)
            self.move(
                "amend" if changed else "take", by=by.actor, fields=DECISION, what=plugin_choices.DRAFTS[self.kind]
            )

    @transaction.atomic
    def drop(self, *, by: User, reason: str) -> None:
        """Not taken; nothing else changes. One still being written is no longer waited for."""
        reason = required_reason(reason)
        flow.lock(self)
        self.refresh_from_db()
        if self.status in ("waiting", "ready"):
            self._decided(by, reason)
            self.move("drop", by=by.actor, fields=DECISION, what=plugin_choices.DRAFTS[self.kind], reason=reason)

    def _decided(self, by: User, reason: str) -> None:
        self.decided_by, self.decided_at, self.reason = by.actor, clock.now(), reason.strip()


DECISION = ("decided_by", "decided_at", "reason")


def can_draft() -> bool:
    """Whether drafting is switched on."""
    return Plugin.objects.filter(code="endpoint", on=True, writes=True).exists()


@task()
def write(pk: int) -> None:
    """The background half of a draft."""
    MachineDraft.objects.get(pk=pk).carry_out()


def wake() -> int:
    """Go on with drafts that wait and have no task: postponed, or lost with a worker. Too old ones end; how many went on."""
    waiting = MachineDraft.objects.claimable().without_task(write)
    for draft in waiting.filter(created_at__lt=clock.now() - PATIENCE):
        draft._fail(draft.trouble_text or WORN_OUT)
    return MachineDraft.objects.wake(write)
