"""ReviewMeeting: what could not be settled in triage is decided together, once a week (S3-23, S3-24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback import events
from bihuan.people.models import User

MIN_PEOPLE = 2
"""A review meeting has at least so many people who may rule."""


class ReviewMeeting(SubjectModel):
    """One review meeting: its day and its people. Its decisions are its disputes' rulings and its events."""

    NOUN = "review"

    day = models.DateField(default=clock.today, unique=True)
    people = models.ManyToManyField(User, related_name="review_meetings")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "review_meeting"
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @classmethod
    @transaction.atomic
    def hold(cls, *, by: User, people: Sequence[User]) -> ReviewMeeting:
        """Today's meeting with these people; where there is one today already, they join it."""
        judges = [person for person in people if person.can("feedback.rule")]
        if len(judges) < MIN_PEOPLE:
            raise Refused(
                Text(
                    "评审会至少两人参加（客服主管、产品经理、运营经理）。",
                    "A review meeting needs at least two people (service supervisor, product or operations manager).",
                )
            )
        meeting, new = cls.objects.get_or_create(day=clock.today(), defaults={"by": by.actor})
        before = set() if new else set(meeting.people.values_list("pk", flat=True))
        if {person.pk for person in judges} - before:
            meeting.people.add(*judges)
            who = "、".join(str(person) for person in meeting.people.order_by("id"))
            record(events.REVIEW_HELD, cls.objects.select_for_update().get(pk=meeting.pk), by=by.actor, who=who)
        return meeting


def week_of(day: date) -> tuple[datetime, datetime]:
    """The moments the ISO week of ``day`` begins and ends, Monday to Monday."""
    monday = day - timedelta(days=day.weekday())
    return clock.midnight(monday), clock.midnight(monday + timedelta(days=7))
