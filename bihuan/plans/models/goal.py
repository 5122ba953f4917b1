"""Goals in figures and the resources they take."""

from __future__ import annotations

from decimal import Decimal

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.plans import events, plan_choices
from bihuan.plans.models.plan import Plan


class Goal(models.Model):
    """A goal in figures: a metric, where it stands, where it shall be."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    metric = models.CharField(max_length=80)
    baseline = models.DecimalField(max_digits=16, decimal_places=4)
    op = models.CharField(max_length=2, choices=list(plan_choices.OPS.items()))
    target = models.DecimalField(max_digits=16, decimal_places=4)
    unit = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "goal"
        ordering = ["id"]

    @classmethod
    @transaction.atomic
    def add(
        cls,
        plan: Plan,
        *,
        by: User,
        metric: str,
        baseline: Decimal | None,
        op: str,
        target: Decimal | None,
        unit: str = "",
    ) -> Goal:
        """Add a goal in figures (S3-40); one without numbers is refused."""
        plan.lock_draft()
        if baseline is None or target is None:
            raise Refused(
                Text(
                    "目标要有数字：现状值和目标值都要填，例如 5% → 低于 1%。",
                    "A goal needs figures: both the baseline and the target, e.g. 5 % → below 1 %.",
                )
            )
        goal = cls.objects.create(plan=plan, metric=metric, baseline=baseline, op=op, target=target, unit=unit)
        record(events.GOAL, plan, by=by.actor, goal=goal.describe("zh"))
        return goal

    def describe(self, language: str) -> str:
        """ "支付失败率 5% → 低于 1%" in that language."""
        return f"{self.metric} {plain(self.baseline)}{self.unit} → {plan_choices.OPS[self.op].to(language)} {plain(self.target)}{self.unit}"

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        self.plan.lock_draft()
        record(events.GOAL_GONE, self.plan, by=by.actor, goal=self.describe("zh"))
        self.delete()


class Resource(models.Model):
    """Something the plan needs, and whether it is really there (S2-55)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=12, choices=list(plan_choices.RESOURCES.items()))
    detail = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=False)

    class Meta:
        db_table = "plan_resource"
        ordering = ["id"]

    @classmethod
    @transaction.atomic
    def add(cls, plan: Plan, *, by: User, kind: str, detail: str) -> Resource:
        plan.lock_draft()
        resource = cls.objects.create(plan=plan, kind=kind, detail=detail)
        record(events.RESOURCE, plan, by=by.actor, detail=detail)
        return resource

    @transaction.atomic
    def secure(self, *, by: User) -> None:
        """Say that it is really available; possible at any time, for it only makes the plan safer."""
        lock(self.plan)
        if not self.confirmed:
            self.confirmed = True
            self.save(update_fields=["confirmed"])
            record(events.RESOURCE_CONFIRMED, self.plan, by=by.actor, detail=self.detail)

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        self.plan.lock_draft()
        record(events.RESOURCE_GONE, self.plan, by=by.actor, detail=self.detail)
        self.delete()


def plain(number: Decimal) -> str:
    """A figure without idle zeros: 5.0000 → 5."""
    return f"{number.normalize():f}"
