"""From a problem found to a case: its open feedback items go in together. A case's problems are those its feedback items tell."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, QuerySet

from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case, CaseFeedback
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.findings.models import Problem
from bihuan.people.models import User

MOST = 200
"""Feedback items tied in one act; the newest. The rest can be added by the same act again."""


def free_feedback(problem: Problem, user: User) -> QuerySet[Feedback]:
    """The problem's feedback items this person may see that are in no case and not answered yet, newest first."""
    rows = Feedback.objects.visible_to(user).filter(member__problem=problem, status__in=("new", "triaged"))
    return rows.order_by("-received_at", "-id")


@transaction.atomic
def open_case(problem: Problem, *, by: User, title: str, kind: str) -> Case:
    """A case for the whole problem. It is nobody's in particular: the customers are those of its feedback items."""
    feedback_items = list(free_feedback(problem, by)[:MOST])
    if not feedback_items:
        raise Refused(
            Text("这个问题的反馈都已在事项里或已答复。", "All its feedback items are in cases or answered already.")
        )
    people = {v.customer_id for v in feedback_items if v.customer_id}
    return CaseFeedback.open_case(
        feedback_items,
        by=by,
        title=title,
        kind=kind,
        customer=feedback_items[0].customer if len(people) == 1 else None,
        contact=feedback_items[0].contact if len(people) == 1 else None,
        affected_customers=len(people) or None,
        extent="several_customers" if len(people) > 1 else "",
    )


@transaction.atomic
def join_case(problem: Problem, case: Case, *, by: User) -> int:
    """Put the problem's free feedback items in a case that is there; returns how many."""
    if case.status in CLOSED:
        raise Refused(Text("事项已结束，请先重新打开。", "The case is closed; please reopen it first."))
    feedback_items = list(free_feedback(problem, by)[:MOST])
    for feedback in feedback_items:
        CaseFeedback.link(case, feedback, by=by.actor)
    return len(feedback_items)


def cases_of(problem: Problem, user: User) -> QuerySet[Case]:
    """The open cases this person sees that hold feedback items of the problem, with how many (``held``)."""
    rows = Case.objects.visible_to(user).exclude(status__in=CLOSED).filter(links__feedback__member__problem=problem)
    return rows.annotate(held=Count("links__feedback", distinct=True)).order_by("-held", "-id")


def problems_of(case: Case) -> QuerySet[Problem]:
    """The problems the case's feedback items tell, the one most of them tell first."""
    rows = Problem.objects.active().filter(members__feedback__link__case=case)
    return rows.annotate(told=Count("members")).order_by("-told", "id")
