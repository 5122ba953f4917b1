"""An alternative solution, scored."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from bihuan.audit.base_models import PartModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import edit, save
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.plans import events, plan_choices
from bihuan.plans.models.plan import Plan


def _score(required: bool) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(null=not required, blank=not required)


class Option(PartModel, BaseModel):
    """One of at most three ways to solve it. Scores run 1 to 5, 5 is best."""

    NOUN = "option"
    PART_OF = "plan"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="options")
    name = models.CharField(max_length=80)
    content = models.TextField(blank=True)
    feasibility = _score(True)
    resource = _score(True)
    satisfaction = _score(True)
    cost = _score(False)
    duration = _score(False)
    risk = _score(False)
    note = models.TextField(blank=True)
    chosen = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "plan_option"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=models.Q(chosen=True), name="one_chosen_option"),
            models.CheckConstraint(
                name="option_scores_1_to_5",
                condition=models.Q(
                    *[
                        models.Q(**{f"{c}__range": (1, 5)})
                        | (models.Q() if c in plan_choices.REQUIRED_CRITERIA else models.Q(**{f"{c}__isnull": True}))
                        for c in plan_choices.CRITERIA
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def add(cls, plan: Plan, *, by: User, name: str, **fields: Any) -> Option:
        """Put an alternative beside the others: three at most (C-18)."""
        plan.lock_draft()
        if plan.options.count() >= plan_choices.MOST_OPTIONS:
            raise Refused(
                Text(
                    "最多比较三个备选方案，够用了：请先合并或删去一个，再加新的。",
                    "Three options are enough to compare: merge or remove one before adding another.",
                )
            )
        option = cls.objects.create(plan=plan, name=name, **fields)
        record(events.OPTION, plan, by=by.actor, name=name)
        return option

    @transaction.atomic
    def rewrite(self, changes: dict[str, Any], *, by: User, seen: int | None = None) -> None:
        self.plan.lock_draft()
        edit(
            self, changes, by=by.actor, event_type=events.OPTION_EDITED, seen=seen, name=changes.get("name", self.name)
        )

    @transaction.atomic
    def choose(self, *, by: User, reason: str) -> None:
        """Mark this one as the way to go, with the reason."""
        self.plan.lock_draft()
        if not reason.strip():
            raise Refused(Text("请写明选这个方案的理由。", "Please say why this option is chosen."))
        if self.chosen and self.reason == reason.strip():
            return
        self.plan.options.filter(chosen=True).update(chosen=False, reason="")
        self.chosen, self.reason = True, reason.strip()
        save(self, ("chosen", "reason"))
        record(events.CHOSEN, self.plan, by=by.actor, name=self.name, reason=self.reason)

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        self.plan.lock_draft()
        record(events.OPTION_GONE, self.plan, by=by.actor, name=self.name)
        self.delete()

    @property
    def scores(self) -> dict[str, int | None]:
        return {c: getattr(self, c) for c in plan_choices.CRITERIA}
