"""Communication: what was said to the customer, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor
from bihuan.cases import case_choices, events
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.models import Deadline

if TYPE_CHECKING:
    from bihuan.cases.models import Case


class Communication(models.Model):
    """One contact with the customer about a case. ``human``: a person spoke, not an automatic receipt (C-20)."""

    case = models.ForeignKey("bihuan.Case", on_delete=models.PROTECT, related_name="talks")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=list(case_choices.TALK_KINDS.items()))
    channel = models.CharField(max_length=12, choices=list(case_choices.TALK_WAYS.items()))
    at = models.DateTimeField(default=clock.now)
    content = models.TextField()
    reply = models.TextField(blank=True)
    human = models.BooleanField()
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "communication"
        indexes = [models.Index(fields=["case", "-at"], name="talk_case")]


TELLS = ("progress", "delay", "closing")
"""Contacts that keep the customer informed."""
TELL_EVERY = (7, "days")
"""A customer hears of the progress at least this often while the work goes on (S2-31, C-12)."""
TELL_OF_DELAY = (0, "working_days")
"""And of a delay before the end of the working day (S1-43)."""


def told(case: Case, by: Actor, at: datetime) -> None:
    """The customer was told; while the work goes on the next time counts from here."""
    if Deadline.meet(case, "customer_update", by, at=at) and case.status == "executing":
        Deadline.begin(case, "customer_update", *TELL_EVERY, by, start=at, recurs=True)


def tell_of_delay(case: Case, by: Actor) -> None:
    """Something was put off: the customer is to hear of it today, not at the end of the week."""
    Deadline.bring_forward(case, "customer_update", *TELL_OF_DELAY, by, Text("有延期", "a delay"))


def keep_told(case: Case, by: Actor) -> None:
    """The work begins: from now on the customer is told every week."""
    if case.customer_id or case.contact_id:
        Deadline.begin(case, "customer_update", *TELL_EVERY, by)


def nothing_more_to_tell(case: Case, by: Actor) -> None:
    """The work is over or planned anew; the next word to the customer is another one."""
    Deadline.stop(case, "customer_update")


@transaction.atomic
def speak(
    case: Case, *, by: Actor, kind: str, channel: str, content: str, at: datetime | None = None, reply: str = ""
) -> Communication:
    """Keep a contact. The round's first by a person meets the respond clock; any update meets the promised one."""
    lock(case)
    moment = at or clock.now()
    if moment > clock.now():
        raise Refused(Text("沟通时间不能晚于现在。", "A contact cannot lie in the future."))
    human = by.kind == Actor.Kind.PERSON
    talk = Communication.objects.create(
        case=case,
        round=case.round,
        kind=kind,
        channel=channel,
        at=moment,
        content=content,
        reply=reply,
        human=human,
        by=by,
    )
    record(events.SPOKE, case, by=by, way=case_choices.TALK_WAYS[channel], what=case_choices.TALK_KINDS[kind])
    if human:
        Deadline.meet(case, "respond", by, at=moment)
        if kind in TELLS:
            told(case, by, moment)
    return talk
