"""Run: one analysis of all feedback in the background, by steps, with a lease like an import's.

What a run found replaces what the last one found in one transaction at its end; a cancelled or broken run changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.findings import events
from bihuan.findings.flow import RUNS
from bihuan.people.models import User

PATIENCE = timedelta(seconds=90)
TRIES = 3
AT_WORK = ("queued", "running")
STEPS: dict[str, Text] = {
    "reading": Text("读取反馈", "Reading feedback"),
    "vectors": Text("计算句向量", "Sentence vectors"),
    "grouping": Text("归并问题", "Grouping into problems"),
    "bursts": Text("查找突增", "Looking for bursts"),
    "judging": Text("判断每条反馈", "Judging each feedback item"),
    "scenes": Text("定位场景", "Locating scenarios"),
    "keeping": Text("保存结果", "Keeping the result"),
}
WORN_OUT = Text(
    "多次中断，已停止；请联系管理员查看日志", "cut off several times and stopped; ask the administrator for the log"
)


class Cancelled(Exception):
    """Somebody asked the run to stop."""


class Lost(Exception):
    """Another worker holds the run."""


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user: User) -> RunQuerySet:
        return self if user.can("findings.see") else self.none()

    def left_alone(self) -> RunQuerySet:
        """Runs that should be at work but whose worker has gone silent."""
        silent = models.Q(lease_until__lt=clock.now()) | models.Q(lease_until=None)
        return self.filter(silent, status__in=AT_WORK)

    def last_done(self) -> Run | None:
        """The last one that was finished: the one whose findings stand."""
        return self.filter(status="done").order_by("-ended_at").first()


class Run(FlowModel):
    """``methods``: algorithm → version; ``quality``: counts of what was read, left out and unknown."""

    NOUN = "run"

    status = models.CharField(max_length=10, choices=RUNS.choices, default="queued")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12, blank=True)
    rows = models.PositiveIntegerField(default=0)
    methods = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    runner = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        db_table = "run"
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=models.Q(status__in=AT_WORK), name="one_run_at_a_time")
        ]

    @property
    def subject_name(self) -> str:
        return f"{self.created_at.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"

    @property
    def step_name(self) -> Text | str:
        return STEPS.get(self.step, "")

    @property
    def share(self) -> int:
        """How far it is, in whole per cent, by steps."""
        names = list(STEPS)
        return 100 * names.index(self.step) // len(names) if self.step in names else 0

    @classmethod
    @transaction.atomic
    def ask(cls, *, by: User | Actor) -> Run:
        """An analysis of everything; the one at work where there is one."""
        if held := cls.objects.select_for_update().filter(status__in=AT_WORK).first():
            return held
        actor = by.actor if isinstance(by, User) else by
        run = cls.objects.create(by=actor)
        record(events.RUN_ASKED, run, by=actor)
        return run

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """Stop at the next step; the findings of the last run stand."""
        flow.lock(self)
        self.refresh_from_db()
        if self.status == "queued":
            self.ended_at = clock.now()
            RUNS.move(self, "stop", by=by.actor, fields=("ended_at",))
        elif self.status == "running":
            type(self).objects.filter(pk=self.pk).update(cancel_asked=True)

    def claim(self) -> bool:
        """Take the lease; whoever asks second gets nothing."""
        claimed = (
            type(self)
            .objects.left_alone()
            .filter(pk=self.pk)
            .update(lease_until=clock.now() + PATIENCE, runner=secrets.token_hex(16), attempts=models.F("attempts") + 1)
        )
        self.refresh_from_db()
        return claimed == 1

    def at(self, step: str) -> None:
        """The run has come to this step: the lease is renewed. Raises Cancelled or Lost."""
        held = type(self).objects.filter(pk=self.pk, runner=self.runner, status="running")
        if not held.update(step=step, lease_until=clock.now() + PATIENCE):
            raise Lost
        if held.filter(cancel_asked=True).exists():
            raise Cancelled

    def carry_out(self, analyse: Callable[[Run], None]) -> bool:
        """Do the run by ``analyse``; False when somebody else is at it or nothing is left to do."""
        if not self.claim():
            return False
        if self.attempts > TRIES:
            return self._end("fail", reason=WORN_OUT)
        if self.status == "queued":
            self.started_at = clock.now()
            RUNS.move(self, "begin", by=self.by, fields=("started_at",))
        try:
            analyse(self)
        except Cancelled:
            return self._end("stop")
        except Lost:
            return False
        return True

    def _end(self, move: str, **details: Any) -> bool:
        self.refresh_from_db()
        self.ended_at, self.lease_until, self.runner = clock.now(), None, ""
        RUNS.move(self, move, by=self.by, fields=("ended_at", "lease_until", "runner"), **details)
        return True
