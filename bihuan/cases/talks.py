"""Communication: what was said to the customer, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction

from bihuan.cases import events, words
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import both
from bihuan.hours.models import Clock
from bihuan.ledger.chain import record
from bihuan.ledger.flow import lock
from bihuan.ledger.models import Actor

if TYPE_CHECKING:
    from bihuan.cases.models import Case


class Communication(models.Model):
    """One contact with the customer about a case. ``human``: a person spoke, not an automatic receipt (C-20)."""

    case = models.ForeignKey("bihuan.Case", on_delete=models.PROTECT, related_name="talks")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=list(words.TALK_KINDS.items()))
    channel = models.CharField(max_length=12, choices=list(words.TALK_WAYS.items()))
    at = models.DateTimeField(default=clock.now)
    content = models.TextField()
    reply = models.TextField(blank=True)
    human = models.BooleanField()
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "communication"
        indexes = [models.Index(fields=["case", "-at"], name="talk_case")]


@transaction.atomic
def speak(
    case: Case, *, by: Actor, kind: str, channel: str, content: str, at: datetime | None = None, reply: str = ""
) -> Communication:
    """Keep a contact. The round's first by a person meets the respond clock; any update meets the promised one."""
    lock(case)
    moment = at or clock.now()
    if moment > clock.now():
        raise Refused(both("沟通时间不能晚于现在。", "A contact cannot lie in the future."))
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
    record(events.SPOKE, case, by=by, way=words.TALK_WAYS[channel], what=words.TALK_KINDS[kind])
    if human:
        Clock.meet(case, "respond", by, at=moment)
        if kind in ("progress", "delay", "closing"):
            Clock.meet(case, "customer_update", by, at=moment)
    return talk
