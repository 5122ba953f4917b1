"""Dispute: labels somebody holds wrong or cannot decide; a review meeting rules on it (S3-23, S3-24)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback import events
from bihuan.feedback.labels import AXES, REQUIRED, label_names
from bihuan.feedback.models.feedback import Feedback
from bihuan.feedback.models.labelling import Labelling
from bihuan.feedback.models.review_meeting import ReviewMeeting
from bihuan.insight.text.masking import mask

if TYPE_CHECKING:
    from bihuan.people.models import User


class Dispute(models.Model):
    """Somebody holds the labels wrong or cannot decide them; open until a meeting rules."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="disputes")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField()
    meeting = models.ForeignKey(ReviewMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="disputes")
    ruling = models.TextField(blank=True)
    ruled_by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "feedback_dispute"
        constraints = [
            models.UniqueConstraint(fields=["feedback"], condition=models.Q(ruled_at=None), name="one_open_dispute")
        ]

    @classmethod
    @transaction.atomic
    def open(cls, feedback: Feedback, *, by: User, reason: str, seen: int | None = None) -> Dispute:
        """Mark a feedback item as disputed; it goes to the weekly review. Raises Refused, Stale."""
        reason = mask(reason.strip())
        if not reason:
            raise Refused(Text("请写明争议在哪里。", "Please say what is in dispute."))
        flow.lock(feedback, seen)
        if known := cls.objects.filter(feedback=feedback, ruled_at=None).first():
            return known
        feedback.move("dispute", by=by.actor, reason=reason)
        return cls.objects.create(feedback=feedback, by=by.actor, reason=reason)

    @transaction.atomic
    def rule(self, *, by: User, meeting: ReviewMeeting | None, ruling: str, labels: Mapping[str, str]) -> None:
        """The meeting decides: the feedback item is triaged, with these labels. The only way a dispute ends."""
        ruling = mask(ruling.strip())
        feedback = self.feedback
        flow.lock(feedback)
        stored = Dispute.objects.get(pk=self.pk)
        if stored.ruled_at:
            return
        if reason := _why_not(by, meeting, ruling, labels):
            raise Refused(reason)
        assert meeting is not None  # noqa: S101  _why_not has asked
        stored.meeting, stored.ruling = meeting, ruling
        stored.ruled_by, stored.ruled_at = by.actor, clock.now()
        stored.save(update_fields=["meeting", "ruling", "ruled_by", "ruled_at"])
        given = {axis: labels.get(axis) or getattr(feedback, axis) for axis in AXES}
        for axis, code in given.items():
            setattr(feedback, axis, code)
        feedback.labelled_by, feedback.labelled_at = by.actor, clock.now()
        fields = (*given, "labelled_by", "labelled_at")
        feedback.move("rule", by=by.actor, fields=fields, reason=ruling, labels=label_names(given))
        Labelling.keep(feedback, given, by=by, reason=ruling)
        record(events.REVIEW_RULED, meeting, by=by.actor, feedback=feedback.number, reason=ruling)


def _why_not(by: User, meeting: ReviewMeeting | None, ruling: str, labels: Mapping[str, str]) -> Text | None:
    if meeting is None or meeting.day != clock.today():
        return Text(
            "争议由评审会集体判定：请先登记今天的评审会和参会人。",
            "A dispute is decided together: first enter today's review meeting and who is in it.",
        )
    if not meeting.people.filter(pk=by.pk).exists():
        return Text("您不在今天的评审会里。", "You are not in today's review meeting.")
    if not ruling:
        return Text("请写明判定结论。", "Please write down the ruling.")
    if any(labels.get(axis) not in AXES[axis][1] for axis in REQUIRED):
        return Text(
            "判定要给出问题类型、影响范围和紧急程度。", "A ruling names the problem type, the scope and the urgency."
        )
    return None
