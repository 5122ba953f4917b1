"""Merge: a repeat goes under the feedback item that told it first. Nothing is deleted, counts stay, and it can be undone.

``Feedback.merged_into`` always names the last survivor, so that a number, a link or a count needs one look; the rows
here keep who went into whom, so that any merge can be taken back in any order (C-21).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback import events
from bihuan.feedback.flow import FLOW
from bihuan.feedback.models.feedback import Feedback
from bihuan.insight.text.masking import mask

if TYPE_CHECKING:
    from bihuan.people.models import User


class Merge(models.Model):
    """``feedback`` was merged into ``into``; ``was`` is its status before. An undone merge stays as a row."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="took_in")
    was = models.CharField(max_length=10)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.TextField(blank=True)

    class Meta:
        db_table = "feedback_merge"
        constraints = [
            models.UniqueConstraint(
                fields=["feedback"], condition=models.Q(undone_at=None), name="merged_once_at_a_time"
            )
        ]

    @classmethod
    def why_not(cls, feedback: Feedback, into: Feedback) -> Text | None:
        """The reason ``feedback item`` cannot be merged into ``into`` (or its survivor), or None."""
        target = survivor(into)
        if target.pk == survivor(feedback).pk:
            return Text("它们已经是同一条反馈了。", "They are the same feedback item already.")
        if target.status == "void":
            return Text("不能并入无效的反馈。", "A feedback item cannot be merged into an invalid one.")
        if reason := FLOW.refusal_reason(feedback, "merge"):
            return reason
        if _people([*group(feedback), *group(target)]) > 1:
            return Text(
                "客户不同，不是重复反馈。同一问题请把影响范围定为「普遍问题」。",
                "Different customers: this is no repeat. For one problem of several, set the scope to “General”.",
            )
        return None

    @classmethod
    @transaction.atomic
    def make(cls, feedback: Feedback, into: Feedback, *, by: User) -> Merge:
        """Merge ``feedback item`` into ``into`` or, where that is merged itself, into its survivor. Raises Refused."""
        rows = _locked(feedback.pk, survivor(into).pk)
        one, target = rows[feedback.pk], rows[survivor(into).pk]
        if known := cls.objects.filter(feedback=one, into=target, undone_at=None).first():
            return known
        if reason := cls.why_not(one, target):
            raise Refused(reason)
        merge = cls.objects.create(feedback=one, into=target, was=one.status, by=by.actor)
        Feedback.objects.filter(merged_into=one).update(merged_into=target)
        feedback.merged_into = target
        feedback.move("merge", by=by.actor, fields=("merged_into",), into=target.number)
        record(events.TOOK_IN, target, by=by.actor, other=one.number)
        return merge

    @transaction.atomic
    def undo(self, *, by: User, reason: str) -> Feedback:
        """Take the feedback item out again, with all that had been merged into it before. Returns it as it was."""
        reason = mask(reason.strip())
        if not reason:
            raise Refused(Text("请写明撤销合并的原因。", "Please say why the merge is undone."))
        feedback = _locked(self.feedback_id, self.into_id)[self.feedback_id]
        stored = Merge.objects.get(pk=self.pk)
        if stored.undone_at:
            return feedback
        before = survivor(feedback)
        stored.undone_by, stored.undone_at, stored.undo_reason = by.actor, clock.now(), reason
        stored.save(update_fields=["undone_by", "undone_at", "undo_reason"])
        Feedback.objects.filter(pk__in=_under(feedback)).update(merged_into=feedback)
        feedback.merged_into = None
        name = "unmerge" if self.was == "new" else "unmerge_triaged"
        feedback.move(name, by=by.actor, fields=("merged_into",), into=before.number, reason=reason)
        record(events.LET_GO, before, by=by.actor, other=feedback.number)
        return feedback


def survivor(feedback: Feedback) -> Feedback:
    """The feedback item itself, or the one it was merged into."""
    return feedback.merged_into or feedback


def group(feedback: Feedback) -> list[Feedback]:
    """The feedback item and all that were merged into it, oldest first."""
    return list(Feedback.objects.filter(models.Q(pk=feedback.pk) | models.Q(merged_into=feedback.pk)).order_by("id"))


def with_times(rows: models.QuerySet[Feedback]) -> models.QuerySet[Feedback]:
    """Rows that know how often they were told: ``times`` counts the row and those merged into it."""
    merged = Feedback.objects.filter(merged_into=OuterRef("pk")).order_by().values("merged_into")
    return rows.annotate(times=1 + Coalesce(Subquery(merged.annotate(n=Count("pk")).values("n")), 0))


def _locked(*pks: int) -> dict[int, Feedback]:
    """The rows, locked in one order whoever asks, so that two merges never wait for each other."""
    return {row.pk: row for row in Feedback.objects.select_for_update().filter(pk__in=pks).order_by("id")}


def _under(feedback: Feedback) -> set[int]:
    """All that were merged into the feedback item or into one of those, by the rows that still hold."""
    merged: set[int] = set()
    level = {feedback.pk}
    while level:
        rows = Merge.objects.filter(into__in=level, undone_at=None).values_list("feedback_id", flat=True)
        level = set(rows) - merged
        merged |= level
    return merged


def _people(rows: Iterable[Feedback]) -> int:
    """How many distinct known people told these; a contact counts as its customer where that is known."""
    feedback_items = list(rows)
    customers = {v.customer_id for v in feedback_items if v.customer_id}
    theirs = {v.contact_id for v in feedback_items if v.customer_id}
    return len(customers) + len({v.contact_id for v in feedback_items if not v.customer_id and v.contact_id} - theirs)
