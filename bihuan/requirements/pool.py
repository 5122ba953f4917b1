"""The plan of a month, reviewed at its start: every item decided, what is carried over with its reason (S3-29)."""

from __future__ import annotations

from collections import Counter

from django.db import models, transaction
from django.db.models import Q

from bihuan.audit.base_models import SubjectModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.flow import lock, save
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.requirements import events, requirement_choices
from bihuan.requirements.flow import OPEN
from bihuan.requirements.models import Requirement, RequirementQuerySet, month_after


class PoolReview(SubjectModel, BaseModel):
    """The review of one month's plan. ``held_at``: when it was closed."""

    NOUN = "pool_review"

    month = models.CharField(max_length=7, unique=True)
    note = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "pool_review"

    @property
    def subject_name(self) -> str:
        return self.month

    @property
    def timeline(self) -> str:
        return f"pool/{self.month}"

    @classmethod
    def of(cls, month: str) -> PoolReview:
        return cls.objects.get_or_create(month=month)[0]

    @transaction.atomic
    def decide(self, item: Requirement, *, by: User, decision: str, reason: str) -> None:
        """Decide on one item of the month; carrying over and dropping say why."""
        lock(self)
        if decision not in requirement_choices.DECISIONS:
            raise Refused(Text("请选择怎样处理。", "Please choose what is to be done."))
        required_reason(reason)
        lock(item)
        item.refresh_from_db()
        if item not in items(self.month):
            raise Refused(Text("这条需求已不在本月计划里。", "It is not in this month's plan any more."))
        if decision == "drop":
            item.judge_as("reject", by=by, reason=reason)
        elif decision == "carry":
            item.pool = month_after(self.month)
            save(item, ["pool"])
            details = {"before": self.month, "month": item.pool, "reason": reason.strip()}
            record(
                events.CARRIED,
                item,
                by=by.actor,
                before=details["before"],
                month=details["month"],
                reason=details["reason"],
            )
        else:
            item.place(by=by, disposition=decision, reason=reason)
        self.decisions.create(requirement=item, decision=decision, reason=reason.strip(), by=by)

    @transaction.atomic
    def close(self, *, by: User, note: str = "") -> None:
        """The month is reviewed: nothing may be left undecided. Closed already: quiet."""
        stored = lock(self)
        if stored.held_at:
            return
        if left := items(self.month).count():
            raise Refused(Text("还有 {n} 条没有决定。", "{n} items are still to be decided.", n=left))
        self.note, self.held_at, self.by = note.strip(), clock.now(), by
        save(self, ["note", "held_at", "by"])
        made = Counter(self.decisions.values_list("decision", flat=True))
        first, iteration, carry, drop = (made[code] for code in requirement_choices.DECISIONS)
        record(
            events.REVIEWED,
            self,
            by=by.actor,
            month=self.month,
            first=first,
            iteration=iteration,
            carry=carry,
            drop=drop,
            note=self.note,
        )


class PoolDecision(models.Model):
    """What the review decided on one item, and why."""

    review = models.ForeignKey(PoolReview, on_delete=models.PROTECT, related_name="decisions")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="pool_decisions")
    decision = models.CharField(max_length=12, choices=list(requirement_choices.DECISIONS.items()))
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "pool_decision"


def to_review() -> Q:
    """What a month that has begun left undecided: its review is due."""
    return Q(disposition="month_pool", pool__lte=f"{clock.today():%Y-%m}", status__in=OPEN)


def items(month: str) -> RequirementQuerySet:
    """What stands in the plan of the month and is not decided."""
    return Requirement.objects.open().filter(disposition="month_pool", pool=month)
