"""From a problem found to a case: its open voices go in together. A case's problems are those its voices tell."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, QuerySet

from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case, Link
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.findings.models import Topic
from bihuan.people.models import User

MOST = 200
"""Voices tied in one act; the newest. The rest can be added by the same act again."""


def free_voices(topic: Topic, user: User) -> QuerySet[Feedback]:
    """The problem's voices this person may see that are in no case and not answered yet, newest first."""
    rows = Feedback.objects.visible_to(user).filter(member__topic=topic, status__in=("new", "sorted"))
    return rows.order_by("-received_at", "-id")


@transaction.atomic
def open_case(topic: Topic, *, by: User, title: str, kind: str) -> Case:
    """A case for the whole problem. It is nobody's in particular: the customers are those of its voices."""
    voices = list(free_voices(topic, by)[:MOST])
    if not voices:
        raise Refused(Text("这个问题的反馈都已在事项里或已答复。", "All its voices are in cases or answered already."))
    people = {v.customer_id for v in voices if v.customer_id}
    return Case.open(
        by=by,
        title=title,
        kind=kind,
        feedback=voices,
        customer=voices[0].customer if len(people) == 1 else None,
        contact=voices[0].contact if len(people) == 1 else None,
        affected_customers=len(people) or None,
        extent="several_customers" if len(people) > 1 else "",
    )


@transaction.atomic
def join_case(topic: Topic, case: Case, *, by: User) -> int:
    """Put the problem's free voices in a case that is there; returns how many."""
    if case.status in CLOSED:
        raise Refused(Text("事项已结束，请先重新打开。", "The case is closed; please reopen it first."))
    voices = list(free_voices(topic, by)[:MOST])
    for voice in voices:
        Link.tie(case, voice, by=by.actor)
    return len(voices)


def cases_of(topic: Topic, user: User) -> QuerySet[Case]:
    """The open cases this person sees that hold voices of the problem, with how many (``held``)."""
    rows = Case.objects.visible_to(user).exclude(status__in=CLOSED).filter(links__feedback__member__topic=topic)
    return rows.annotate(held=Count("links__feedback", distinct=True)).order_by("-held", "-id")


def topics_of(case: Case) -> QuerySet[Topic]:
    """The problems the case's voices tell, the one most of them tell first."""
    rows = Topic.objects.standing().filter(members__feedback__link__case=case)
    return rows.annotate(told=Count("members")).order_by("-told", "id")
