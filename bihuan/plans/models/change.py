"""What was changed on a plan after it was approved. Its decision is the votes on the version it made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import models, transaction

from bihuan.audit.base_models import required_reason
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.people.models import User
from bihuan.plans.flow import FLOW
from bihuan.plans.models.plan import Plan


class Change(models.Model):
    """One change of an approved plan: ``before`` and ``after`` hold budget, finish or goals as text (S3 section 9)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="changes")
    version_number = models.PositiveSmallIntegerField()
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()
    effect = models.TextField(blank=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "plan_change"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "version_number"], name="one_change_a_version")]

    @classmethod
    @transaction.atomic
    def make(
        cls, plan: Plan, *, by: User, reason: str, effect: str = "", budget: Decimal | None = None, finish: date | None = None,
        goals: Mapping[int, Decimal] | None = None,
    ) -> Change | None:  # fmt: skip
        """Change budget, finish or goal targets (goal id → figure) of an approved plan: a new version, decided on and
        agreed with the customer again. None when nothing differs."""
        lock(plan)
        plan.refresh_from_db()
        if reason_not := FLOW.refusal_reason(plan, "change"):
            raise Refused(reason_not)
        before, after = _differing(plan, budget, finish, goals or {})
        if not after:
            return None
        plan.version_number += 1
        plan.submitted_by = by.actor
        change = cls.objects.create(
            plan=plan,
            version_number=plan.version_number,
            before=before,
            after=after,
            reason=required_reason(reason),
            effect=effect.strip(),
            by=by.actor,
        )
        FLOW.move(
            plan,
            "change",
            by=by.actor,
            fields=("version_number", "submitted_by", "budget", "finish"),
            reason=change.reason,
            before=before,
            after=after,
        )
        plan.leave_customer(by, reason)
        return change


def _differing(
    plan: Plan, budget: Decimal | None, finish: date | None, goals: Mapping[int, Decimal]
) -> tuple[dict[str, str], dict[str, str]]:
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for name, value in (("budget", budget), ("finish", finish)):
        if value is not None and value != getattr(plan, name):
            before[name], after[name] = str(getattr(plan, name)), str(value)
            setattr(plan, name, value)
    for goal in plan.goals.filter(pk__in=goals):
        if goals[goal.pk] != goal.target:
            before[goal.metric] = goal.describe("zh")
            goal.target = goals[goal.pk]
            goal.save(update_fields=["target"])
            after[goal.metric] = goal.describe("zh")
    return before, after
