"""Every open deadline a person may see: the conditions by which the page of what is due and the digest both count."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q, QuerySet

from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.deadlines.deadline_choices import NEVER_PAUSED
from bihuan.deadlines.models import Deadline
from bihuan.people.models import User

CASE_RUNS = Q(paused_for="") | Q(next_milestone__in=NEVER_PAUSED) | Q(next_due__lte=F("paused_since"))
"""Cases whose next deadline is not paused."""
RUNS = Q(case__paused_for="") | Q(milestone__in=NEVER_PAUSED) | Q(due__lte=F("case__paused_since"))
"""Deadlines that are not paused; a pause stops none that was overdue when it began."""


def open_deadlines(user: User) -> QuerySet[Deadline]:
    """Open deadlines of cases this person may see."""
    rows = Deadline.objects.open()
    return rows if user.can("see.all") else rows.filter(case__in=Case.objects.visible_to(user))


def overdue() -> Q:
    return RUNS & Q(due__lt=clock.now())


def today() -> Q:
    """Due later today."""
    return RUNS & Q(due__gte=clock.now(), due__lt=clock.midnight(clock.today() + timedelta(days=1)))


def soon() -> Q:
    """Due within 24 hours."""
    return RUNS & Q(due__gte=clock.now(), due__lt=clock.now() + timedelta(days=1))


def paused() -> Q:
    return ~Q(case__paused_for="") & ~Q(milestone__in=NEVER_PAUSED) & Q(due__gt=F("case__paused_since"))
