"""Rung, Escalation: who hears of a deadline at which part of its time, and that they were told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from bihuan.core.clock import now
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.deadline_choices import HEARERS
from bihuan.deadlines.models.configurable_rule import Rule
from bihuan.deadlines.pauses import Pause
from bihuan.deadlines.time_units import LENGTH, Unit
from bihuan.deadlines.working_time import Due, add, elapsed


class EscalationStep(Rule):
    """One step of the escalation ladder: at ``percent`` of a deadline's time or, at 100, ``later`` working hours past it,
    these people hear of it."""

    NOUN = "escalation_step"
    KEYS = ("percent", "later")
    SHIPPED = (
        {"percent": 50, "later": 0, "hear": ["owner"]},
        {"percent": 80, "later": 0, "hear": ["owner"]},
        {"percent": 100, "later": 0, "hear": ["owner", "supervisor"]},
        {"percent": 100, "later": 8, "hear": ["owner", "supervisor", "director"]},
    )

    percent = models.PositiveSmallIntegerField()
    later = models.PositiveSmallIntegerField(default=0)
    hear = models.JSONField(default=list)

    class Meta:
        db_table = "escalation_step"
        ordering = ["percent", "later"]
        constraints = [
            models.UniqueConstraint(fields=["percent", "later"], name="a_step_once"),
            models.CheckConstraint(
                condition=models.Q(percent__range=(1, 99), later=0) | models.Q(percent=100),
                name="a_step_lies_on_the_way",
            ),
        ]

    @property
    def name(self) -> Text:
        if self.later:
            return Text("超时后 {n} 个工作小时", "{n} working hours past due", n=self.later)
        return Text("用到 {n}%", "{n}% of the time", n=self.percent) if self.percent < 100 else Text("到期", "Due")

    @property
    def hearers(self) -> list[Text]:
        return [HEARERS[one] for one in HEARERS if one in self.hear]

    def fit(self, **changes: Any) -> None:
        if not changes.get("hear", self.hear) or set(changes.get("hear", ())) - set(HEARERS):
            raise Refused(Text("请至少选择一种接收人。", "Please choose at least one recipient."))
        percent, later = changes.get("percent", self.percent), changes.get("later", self.later)
        if not 1 <= percent <= 100 or (later and percent < 100):
            raise Refused(
                Text(
                    "比例在 1 到 100 之间；超时后的小时数只能配 100%。",
                    "The percentage lies between 1 and 100; hours past due go with 100 %.",
                )
            )
        if type(self).objects.filter(percent=percent, later=later).exclude(pk=self.pk).exists():
            raise Refused(Text("已经有这一级。", "There is such an escalation step already."))

    def moment(self, due: Due, pauses: Iterable[Pause]) -> datetime:
        """When a deadline with this due time reaches the escalation step. What is due at a day's end is measured in working hours."""
        if self.later:
            return add(due.calendar, due.at, self.later, Unit.WORKING_HOURS).at
        if self.percent == 100:
            return due.at
        pauses = list(pauses)
        amount, unit = due.amount, due.unit
        if unit not in LENGTH:
            unit = Unit.WORKING_HOURS
            amount = elapsed(due.calendar, due.start, due.at, unit, pauses)
        return min(due.at, add(due.calendar, due.start, amount * self.percent / 100, unit, pauses).at)

    @classmethod
    def ladder(cls) -> list[EscalationStep]:
        """The escalation steps in force, lowest first."""
        return [step for step in cls.table() if step.active]


class Escalation(models.Model):
    """A deadline has reached an escalation step: once and never again, which the database holds. ``told``: somebody was to hear of it;
    an escalation step passed together with a higher one is kept but not told."""

    deadline = models.ForeignKey("bihuan.Deadline", on_delete=models.PROTECT, related_name="escalations")
    step = models.ForeignKey(EscalationStep, on_delete=models.PROTECT, related_name="+")
    reached = models.DateTimeField()
    told = models.BooleanField()
    at = models.DateTimeField(default=now)

    class Meta:
        db_table = "escalation"
        constraints = [models.UniqueConstraint(fields=["deadline", "step"], name="a_step_is_reached_once")]
