"""The escalation policy: who is notified at which part of a deadline's time, and that it was reached."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from bihuan.core.clock import now
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.deadline_choices import RECIPIENTS
from bihuan.deadlines.models.configurable_rule import Rule
from bihuan.deadlines.pauses import Pause
from bihuan.deadlines.time_units import LENGTH, Unit
from bihuan.deadlines.working_time import Due, add, elapsed


class EscalationStep(Rule):
    """One step of the escalation policy: at ``percent`` of a deadline's time or, at 100, ``hours_after_due`` working hours past it,
    these people are notified."""

    NOUN = "escalation_step"
    KEYS = ("percent", "hours_after_due")
    SHIPPED = (
        {"percent": 50, "hours_after_due": 0, "recipients": ["owner"]},
        {"percent": 80, "hours_after_due": 0, "recipients": ["owner"]},
        {"percent": 100, "hours_after_due": 0, "recipients": ["owner", "supervisor"]},
        {"percent": 100, "hours_after_due": 8, "recipients": ["owner", "supervisor", "director"]},
    )

    percent = models.PositiveSmallIntegerField()
    hours_after_due = models.PositiveSmallIntegerField(default=0)
    recipients = models.JSONField(default=list)

    class Meta:
        db_table = "escalation_step"
        ordering = ["percent", "hours_after_due"]
        constraints = [
            models.UniqueConstraint(fields=["percent", "hours_after_due"], name="a_step_once"),
            models.CheckConstraint(
                condition=models.Q(percent__range=(1, 99), hours_after_due=0) | models.Q(percent=100),
                name="a_step_lies_on_the_way",
            ),
        ]

    @property
    def name(self) -> Text:
        if self.hours_after_due:
            return Text("超时后 {n} 个工作小时", "{n} working hours past due", n=self.hours_after_due)
        return Text("用到 {n}%", "{n}% of the time", n=self.percent) if self.percent < 100 else Text("到期", "Due")

    @property
    def recipient_names(self) -> list[Text]:
        return [RECIPIENTS[one] for one in RECIPIENTS if one in self.recipients]

    def validate_values(self, **changes: Any) -> None:
        if not changes.get("recipients", self.recipients) or set(changes.get("recipients", ())) - set(RECIPIENTS):
            raise Refused(Text("请至少选择一种接收人。", "Please choose at least one recipient."))
        percent, hours_after_due = (
            changes.get("percent", self.percent),
            changes.get("hours_after_due", self.hours_after_due),
        )
        if not 1 <= percent <= 100 or (hours_after_due and percent < 100):
            raise Refused(
                Text(
                    "比例在 1 到 100 之间；超时后的小时数只能配 100%。",
                    "The percentage lies between 1 and 100; hours past due go with 100 %.",
                )
            )
        if type(self).objects.filter(percent=percent, hours_after_due=hours_after_due).exclude(pk=self.pk).exists():
            raise Refused(Text("已经有这一级。", "There is such an escalation step already."))

    def time_reached(self, due: Due, pauses: Iterable[Pause]) -> datetime:
        """When a deadline with this due time reaches the escalation step. What is due at a day's end is measured in working hours."""
        if self.hours_after_due:
            return add(due.calendar, due.at, self.hours_after_due, Unit.WORKING_HOURS).at
        if self.percent == 100:
            return due.at
        pauses = list(pauses)
        amount, unit = due.amount, due.unit
        if unit not in LENGTH:
            unit = Unit.WORKING_HOURS
            amount = elapsed(due.calendar, due.start, due.at, unit, pauses)
        return min(due.at, add(due.calendar, due.start, amount * self.percent / 100, unit, pauses).at)

    @classmethod
    def policy(cls) -> list[EscalationStep]:
        """The escalation steps in force, lowest first."""
        return [step for step in cls.all_rows() if step.active]


class Escalation(models.Model):
    """A deadline has reached an escalation step: once and never again, which the database holds. ``notified``:
    people were notified; a step passed together with a higher one is stored without."""

    deadline = models.ForeignKey("bihuan.Deadline", on_delete=models.PROTECT, related_name="escalations")
    step = models.ForeignKey(EscalationStep, on_delete=models.PROTECT, related_name="+")
    reached_at = models.DateTimeField()
    notified = models.BooleanField()
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "escalation"
        constraints = [models.UniqueConstraint(fields=["deadline", "step"], name="a_step_is_reached_once")]
