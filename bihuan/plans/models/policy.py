"""Who has to agree to plans of a kind."""

from __future__ import annotations

from decimal import Decimal

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.flow import edit
from bihuan.core.models import BaseModel
from bihuan.people.models import User
from bihuan.plans import events, plan_choices


class Policy(SubjectModel, BaseModel):
    """How plans of a kind are approved. Without a row the shipped way holds: full review, a meeting above 100 000 yuan.

    ``short``: the customer's agreement alone is enough while the plan costs nothing (C-14).
    """

    NOUN = "policy"

    kind = models.CharField(max_length=12, choices=list(plan_choices.KINDS.items()), unique=True)
    short = models.BooleanField(default=False)
    meeting_over = models.DecimalField(max_digits=14, decimal_places=2, default=plan_choices.MEETING_OVER)

    class Meta:
        db_table = "approval_policy"

    def __str__(self) -> str:
        return plan_choices.KINDS[self.kind].zh

    @classmethod
    def of(cls, kind: str) -> Policy:
        """The policy in force; an unsaved row of the shipped values where nobody changed it."""
        return cls.objects.filter(kind=kind).first() or cls(kind=kind)

    @classmethod
    @transaction.atomic
    def settle(cls, kind: str, *, by: User, short: bool, meeting_over: Decimal, seen: int | None = None) -> Policy:
        """Change how plans of a kind are approved from now on; decisions already made stand."""
        row, _ = cls.objects.get_or_create(kind=kind)
        edit(row, {"short": short, "meeting_over": meeting_over}, by=by.actor, event_type=events.POLICY, seen=seen)
        return row
