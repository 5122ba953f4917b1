"""Run: one analysis of all feedback in the background, by steps, with a lease like an import's.

What a run found replaces what the last one found in one transaction at its end; a cancelled or broken run changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.leases import LEASE_FIELDS, LeasedModel, LeasedQuerySet, LeaseLost
from bihuan.core.text import Text
from bihuan.findings import events
from bihuan.findings.flow import RUN_FLOW
from bihuan.people.models import User

AT_WORK = ("queued", "running")
STEPS: dict[str, Text] = {
    "reading": Text("读取反馈", "Reading feedback"),
    "vectors": Text("计算句向量", "Sentence vectors"),
    "grouping": Text("归并问题", "Grouping into problems"),
    "surges": Text("查找突增", "Looking for surges"),
    "classifying": Text("判断每条反馈", "Classifying each feedback item"),
    "scenarios": Text("定位场景", "Locating scenarios"),
    "saving": Text("保存结果", "Storing the result"),
}
WORN_OUT = Text(
    "多次中断，已停止；请联系管理员查看日志", "cut off several times and stopped; ask the administrator for the log"
)


class Cancelled(Exception):
    """Somebody asked the run to stop."""


class RunQuerySet(LeasedQuerySet["Run"]):
    def visible_to(self, user: User) -> RunQuerySet:
        return self if user.can("findings.see") else self.none()

    def last_done(self) -> Run | None:
        """The last one that was finished: the one whose findings stand."""
        return self.filter(status="done").order_by("-ended_at").first()


class Run(LeasedModel, FlowModel):
    """``methods``: algorithm → version; ``quality``: counts of what was read, left out and unknown."""

    NOUN = "run"
    UNFINISHED = models.Q(status__in=AT_WORK)
    LEASE = timedelta(seconds=90)
    MAX_ATTEMPTS = 3

    status = models.CharField(max_length=10, choices=RUN_FLOW.choices, default="queued")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12, blank=True)
    rows = models.PositiveIntegerField(default=0)
    methods = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)

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
        record(events.RUN_REQUESTED, run, by=actor)
        return run

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """Stop at the next step; the findings of the last run stand."""
        flow.lock(self)
        self.refresh_from_db()
        if self.status == "queued":
            self.ended_at = clock.now()
            RUN_FLOW.move(self, "stop", by=by.actor, fields=("ended_at",))
        elif self.status == "running":
            type(self).objects.filter(pk=self.pk).update(cancel_requested=True)

    def at(self, step: str) -> None:
        """The run has come to this step: the lease is renewed. Raises Cancelled or LeaseLost."""
        self.renew(step=step)
        if type(self).objects.filter(pk=self.pk, cancel_requested=True).exists():
            raise Cancelled

    def carry_out(self, analyse: Callable[[Run], None]) -> bool:
        """Do the run by ``analyse``; False when somebody else is at it or nothing is left to do."""
        if not self.claim():
            return False
        if self.attempts > self.MAX_ATTEMPTS:
            return self._end("fail", reason=WORN_OUT)
        if self.status == "queued":
            self.started_at = clock.now()
            RUN_FLOW.move(self, "begin", by=self.by, fields=("started_at",))
        try:
            analyse(self)
        except Cancelled:
            return self._end("stop")
        except LeaseLost:
            return False
        return True

    def _end(self, move: str, **details: Any) -> bool:
        self.refresh_from_db()
        self.ended_at = clock.now()
        self.clear_lease()
        RUN_FLOW.move(self, move, by=self.by, fields=("ended_at", *LEASE_FIELDS), **details)
        return True
