"""Labelling: what a person called a feedback item, beside what the engine had suggested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback import events, feedback_choices, label_drafts
from bihuan.feedback.labels import AXES, REQUIRED, allowed_codes, label_names, suggested_codes
from bihuan.feedback.models.feedback import Feedback

if TYPE_CHECKING:
    from bihuan.people.models import User

CLOSED = ("merged", "void", "disputed")


class Labelling(models.Model):
    """One time a person labelled a feedback item. ``changed`` names the axes where they differed from ``suggested``."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="labellings")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    labels = models.JSONField()
    suggested = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "feedback_labelling"
        ordering = ["-id"]

    @property
    def accepted(self) -> bool:
        """The person took the suggestion as it was."""
        return not self.changed

    @property
    def named(self) -> str:
        return str(label_names(self.labels))

    @classmethod
    @transaction.atomic
    def give(
        cls,
        feedback: Feedback,
        labels: Mapping[str, str],
        *,
        by: User,
        seen: int | None = None,
        suggested: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> Labelling | None:
        """Label an untriaged feedback item (it is then triaged) or correct the labels of a triaged one.

        ``suggested`` is what the person was shown: axis to code. Quiet when nothing differs. Raises Refused, Stale.
        """
        stored = flow.lock(feedback, seen, dict(labels))
        if stored.status in CLOSED:
            raise Refused(_closed(stored))
        given = {axis: labels.get(axis) or getattr(stored, axis) for axis in AXES}
        _check(given, stored)
        if stored.status == "new":
            cls._set(feedback, given, by)
            feedback.move(
                "triage", by=by.actor, fields=(*given, "labelled_by", "labelled_at"), labels=label_names(given)
            )
        elif not _relabel(feedback, stored, given, by):
            return None
        return cls.keep(feedback, given, by=by, suggested=suggested, reason=reason)

    @classmethod
    def keep(
        cls,
        feedback: Feedback,
        given: Mapping[str, str],
        *,
        by: User,
        suggested: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> Labelling:
        """Write down labels given, beside what was suggested."""
        shown = dict(suggested if suggested is not None else suggested_codes(feedback.suggested))
        changed = [axis for axis, code in shown.items() if given.get(axis) and given[axis] != code]
        label_drafts.settle(feedback, given, by=by, reason=reason)
        return cls.objects.create(
            feedback=feedback, by=by.actor, labels=dict(given), suggested=shown, changed=changed, reason=reason
        )

    @staticmethod
    def _set(feedback: Feedback, given: Mapping[str, str], by: User) -> None:
        for axis, code in given.items():
            setattr(feedback, axis, code)
        feedback.labelled_by, feedback.labelled_at = by.actor, clock.now()


@transaction.atomic
def apply_scope(feedback_items: Iterable[Feedback], *, scope: str, by: User) -> int:
    """Give a whole group of feedback items that tell one problem the same scope (S3-19). Returns how many changed."""
    if scope not in feedback_choices.SCOPES:
        raise Refused(Text("没有这个影响范围。", "There is no such scope."))
    changed = 0
    for feedback in sorted(feedback_items, key=lambda one: one.pk):
        if feedback.status not in CLOSED:
            event = flow.edit(
                feedback,
                {"scope": scope},
                by=by.actor,
                event_type=events.SCOPED,
                seen=None,
                named=feedback_choices.SCOPES[scope],
            )
            changed += event is not None
    return changed


def _relabel(feedback: Feedback, stored: Feedback, given: Mapping[str, str], by: User) -> bool:
    if all(getattr(stored, axis) == code for axis, code in given.items()):
        return False
    flow.edit(feedback, dict(given), by=by.actor, event_type=events.RELABELLED, seen=None, labels=label_names(given))
    return True


def _check(given: Mapping[str, str], stored: Feedback) -> None:
    missing = [AXES[axis][0] for axis in REQUIRED if not given[axis]]
    unknown = [AXES[a][0] for a, code in given.items() if code and code not in allowed_codes(a, getattr(stored, a))]
    if missing or unknown:
        wrong = missing or unknown
        zh, en = "、".join(t.zh for t in wrong), ", ".join(t.en.lower() for t in wrong)
        raise Refused(Text(f"请选择：{zh}。", f"Please choose: {en}."))


def _closed(feedback: Feedback) -> Text:
    if feedback.status == "disputed":
        return Text(
            "这条反馈有争议，只能由评审会判定。",
            "This feedback item is in dispute; only the review meeting rules on it.",
        )
    return Text("现在是「{now}」，不能分类。", "It is “{now}” now and cannot be triaged.").format(
        now=feedback.state.name
    )
