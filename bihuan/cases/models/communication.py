"""Communication: a contact with the customer, and what they answered."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor
from bihuan.cases import case_choices, events
from bihuan.cases.models.case import Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.models import Deadline

CUSTOMER_UPDATES = ("progress", "delay", "closing")
"""Kinds of communication that keep the customer informed."""
CUSTOMER_UPDATE_EVERY = (7, "days")
"""A customer is informed of the progress at least this often while the work goes on (S2-31, C-12)."""
CUSTOMER_UPDATE_AFTER_DELAY = (0, "working_days")
"""And of a delay before the end of the working day (S1-43)."""


class Communication(models.Model):
    """One contact with the customer about a case. ``human``: by a person, not an automatic receipt (C-20)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="communications")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=list(case_choices.COMMUNICATION_KINDS.items()))
    channel = models.CharField(max_length=12, choices=list(case_choices.COMMUNICATION_CHANNELS.items()))
    at = models.DateTimeField(default=clock.now)
    content = models.TextField()
    reply = models.TextField(blank=True)
    human = models.BooleanField()
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "communication"
        indexes = [models.Index(fields=["case", "-at"], name="communication_case")]

    @classmethod
    @transaction.atomic
    def log(
        cls, case: Case, *, by: Actor, kind: str, channel: str, content: str, at: datetime | None = None, reply: str = ""
    ) -> Communication:  # fmt: skip
        """Log a contact with the customer.

        The round's first by a person meets the respond deadline; a customer update meets the promised one.
        Raises Refused for a time in the future.
        """
        lock(case)
        moment = at or clock.now()
        if moment > clock.now():
            raise Refused(Text("沟通时间不能晚于现在。", "A communication cannot lie in the future."))
        human = by.kind == Actor.Kind.PERSON
        communication = cls.objects.create(
            case=case, round=case.round, kind=kind, channel=channel, at=moment, content=content, reply=reply,
            human=human, by=by,
        )  # fmt: skip
        record(
            events.COMMUNICATION_LOGGED,
            case,
            by=by,
            channel=case_choices.COMMUNICATION_CHANNELS[channel],
            purpose=case_choices.COMMUNICATION_KINDS[kind],
        )
        if human:
            Deadline.meet(case, "respond", by, at=moment)
            if kind in CUSTOMER_UPDATES:
                meet_customer_update(case, by, moment)
        return communication


def meet_customer_update(case: Case, by: Actor, at: datetime) -> None:
    """The customer was informed at ``at``; while the work goes on the next update is due counted from there."""
    if Deadline.meet(case, "customer_update", by, at=at) and case.status == "executing":
        Deadline.begin(case, "customer_update", *CUSTOMER_UPDATE_EVERY, by, start=at, recurs=True)


def bring_customer_update_forward(case: Case, by: Actor) -> None:
    """Something is delayed: the customer update is due today, not at the end of the week."""
    Deadline.bring_forward(case, "customer_update", *CUSTOMER_UPDATE_AFTER_DELAY, by, Text("有延期", "a delay"))


def start_customer_updates(case: Case, by: Actor) -> None:
    """The work begins: from now on a customer update is due every week."""
    if case.customer_id or case.contact_id:
        Deadline.begin(case, "customer_update", *CUSTOMER_UPDATE_EVERY, by)


def stop_customer_updates(case: Case, by: Actor) -> None:
    """The work is finished or planned anew: no progress update is due any more."""
    Deadline.stop(case, "customer_update")
