"""What will be done: the measures of a plan, each with an owner and a day."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from bihuan.audit.base_models import PartModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import edit
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.diagnosis.models import Cause
from bihuan.people.models import User
from bihuan.plans import events, plan_choices
from bihuan.plans.models.plan import Plan


class Measure(PartModel, BaseModel):
    """One measure of the chosen option. ``within`` keeps a relative date ("3 wd") so that ``due`` follows the plan's start."""

    NOUN = "measure"
    PART_OF = "plan"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="measures")
    seq = models.PositiveSmallIntegerField()
    horizon = models.CharField(max_length=12, choices=list(plan_choices.HORIZONS.items()))
    content = models.CharField(max_length=400)
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, null=True, blank=True, related_name="measures")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="measures")
    due = models.DateField()
    within = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "measure"
        ordering = ["seq", "id"]

    def __str__(self) -> str:
        return self.content

    @property
    def horizon_name(self) -> Text:
        return plan_choices.HORIZONS[self.horizon]

    @property
    def tone(self) -> str:
        return plan_choices.HORIZON_TONES[self.horizon]

    @classmethod
    @transaction.atomic
    def add(
        cls, plan: Plan, *, by: User, horizon: str, content: str, owner: User, due_text: str, cause: Cause | None = None
    ) -> Measure:
        """Add a measure; ``due_text`` is a date or "3 wd" counted from the plan's start (S2-50)."""
        plan.lock_draft()
        plan.check_cause(cause)
        last = plan.measures.aggregate(n=models.Max("seq"))["n"] or 0
        measure = cls.objects.create(
            plan=plan, seq=last + 1, horizon=horizon, content=content, owner=owner, cause=cause,
            **plan.dated(due_text),
        )  # fmt: skip
        record(events.MEASURE, plan, by=by.actor, horizon=measure.horizon_name, content=content)
        return measure

    @transaction.atomic
    def rewrite(
        self, *, by: User, horizon: str, content: str, owner: User, due_text: str, cause: Cause | None = None,
        seen: int | None = None,
    ) -> None:  # fmt: skip
        """Say the measure anew while the plan is a draft."""
        self.plan.lock_draft()
        self.plan.check_cause(cause)
        changes: dict[str, Any] = {"horizon": horizon, "content": content, "owner": owner, "cause": cause}
        changes |= self.plan.dated(due_text)
        edit(self, changes, by=by.actor, event_type=events.MEASURE_EDITED, seen=seen)

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        self.plan.lock_draft()
        record(events.MEASURE_GONE, self.plan, by=by.actor, content=self.content)
        self.delete()
