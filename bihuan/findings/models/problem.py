"""Problem: one problem that several feedback items are about, found by the engine and corrected by people.

Its number never changes; a merged problem stays readable and leads to the one it was merged into. What people decided
(confirmed, split, excluded) binds every later run: a run may add to a problem, never undo a person's decision.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import FlowModel, NumberedModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.choices import TextChoices
from bihuan.core.errors import Refused
from bihuan.core.numbers import next_number
from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.findings import events
from bihuan.findings.flow import PROBLEM_FLOW
from bihuan.people.models import User

if TYPE_CHECKING:
    from datetime import datetime

ACTIVE = ("proposed", "confirmed")


class ProblemQuerySet(models.QuerySet["Problem"]):
    def visible_to(self, user: User) -> ProblemQuerySet:
        return self if user.can("findings.see") else self.none()

    def active(self) -> ProblemQuerySet:
        """Those that are problems now: neither merged away nor set aside."""
        return self.filter(status__in=ACTIVE)


class Problem(NumberedModel, FlowModel):
    """``size`` counts its members; ``scope_reason``, ``keywords`` and ``quotes`` (keys of the feedback items that stand for many)
    are the engine's, ``title`` may be a person's."""

    NOUN = "problem"

    status = models.CharField(max_length=10, choices=PROBLEM_FLOW.choices, default="proposed")
    title = models.CharField(max_length=120)
    titled_by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    keywords = models.JSONField(default=list)
    quotes = models.JSONField(default=list)
    scope = models.CharField(max_length=12, blank=True)
    scope_reason = models.JSONField(default=list)
    size = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    method = models.CharField(max_length=60, blank=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        db_table = "problem"
        indexes = [models.Index(fields=["status", "-size"], name="problem_biggest")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def scope_text(self) -> Text:
        """Why it has its scope, as the engine said."""
        return Text("；".join(zh for zh, _ in self.scope_reason), "; ".join(en for _, en in self.scope_reason))

    @classmethod
    @transaction.atomic
    def propose(
        cls, feedback_items: Iterable[int], *, by: Actor, title: str, keywords: list[str], method: str
    ) -> Problem:
        """A new problem that the engine found, with these feedback items, to be confirmed by a person."""
        problem = cls.objects.create(number=next_number("problem"), title=title, keywords=keywords, method=method)
        problem.assign(feedback_items, how="run")
        record(events.PROBLEM_FOUND, problem, by=by, title=title, n=problem.size)
        return problem

    def assign(self, feedback_items: Iterable[int], *, how: str, confidence: float | None = None) -> None:
        """Make these feedback items members, wherever they were before; both problems are counted anew."""
        pks = list(feedback_items)
        before = set(Member.objects.filter(feedback__in=pks).exclude(problem=self).values_list("problem", flat=True))
        Member.objects.filter(feedback__in=pks).delete()
        Member.objects.bulk_create(
            [Member(problem=self, feedback_id=pk, how=how, confidence=confidence) for pk in pks], batch_size=500
        )
        recount([self.pk, *before])
        self.refresh_from_db(fields=["size", "first_at", "last_at"])

    def confirm(self, *, by: User, seen: int | None = None) -> None:
        """It is one problem indeed: its members stay together in every later run."""
        self.move("confirm", by=by.actor, seen=seen, title=self.title)

    @transaction.atomic
    def rename(self, *, by: User, title: str, seen: int | None = None) -> None:
        """Call it as people call it; later runs keep the name."""
        flow.lock(self, seen)
        before, title = self.title, title.strip()
        if len(title) < 2:
            raise Refused(Text("请写一个两个字以上的名称。", "Please give a name of two characters or more."))
        if title == before:
            return
        self.title, self.titled_by = title, by.actor
        flow.save(self, ["title", "titled_by"])
        record(events.PROBLEM_RENAMED, self, by=by.actor, before=before, title=title)

    @transaction.atomic
    def merge(self, into: Problem, *, by: User, reason: str, seen: int | None = None) -> None:
        """The same problem as ``into``: all feedback items go there, and this number leads there from now on."""
        reason = required_reason(reason)
        target = into.survivor
        if target.pk == self.pk:
            raise Refused(Text("不能并入自己。", "A problem cannot be merged into itself."))
        if target.status not in ACTIVE:
            raise Refused(Text("不能并入已搁置的问题。", "It cannot be merged into a problem that was set aside."))
        flow.lock(target)
        members = list(self.members.values_list("feedback", flat=True))
        self.merged_into = target
        if (
            self.move("merge", by=by.actor, seen=seen, fields=("merged_into",), into=target.number, reason=reason)
            is None
        ):
            return
        type(self).objects.filter(merged_into=self).update(merged_into=target)
        Exclusion.objects.filter(problem=target, feedback__in=members).delete()
        target.assign(members, how="person")
        record(events.PROBLEM_TOOK_IN, target, by=by.actor, other=self.number)

    @property
    def survivor(self) -> Problem:
        """The problem itself, or the one it was merged into."""
        return self.merged_into or self

    @transaction.atomic
    def split(
        self, feedback_items: Iterable[Feedback], *, by: User, title: str, reason: str, seen: int | None = None
    ) -> Problem:
        """Make a problem of their own of these feedback items; no run assigns them here again."""
        reason = required_reason(reason)
        flow.lock(self, seen)
        chosen = set(
            self.members.filter(feedback__in=[v.pk for v in feedback_items]).values_list("feedback", flat=True)
        )
        rest = set(self.members.exclude(feedback__in=chosen).values_list("feedback", flat=True))
        if not chosen or not rest:
            raise Refused(
                Text("请选择要分出的一部分反馈。", "Please choose some of its feedback items, not none and not all.")
            )
        new = type(self).objects.create(
            number=next_number("problem"),
            title=title.strip() or self.title,
            titled_by=by.actor if title.strip() else None,
        )
        new.assign(sorted(chosen), how="person")
        Exclusion.add(self, chosen, by=by.actor)
        Exclusion.add(new, rest, by=by.actor)
        record(events.PROBLEM_SPLIT, self, by=by.actor, n=len(chosen), other=new.number, reason=reason)
        new.move("confirm", by=by.actor, title=new.title)
        return new

    @transaction.atomic
    def add(self, feedback: Feedback, *, by: User) -> None:
        """A person assigns this feedback item to this problem."""
        flow.lock(self)
        if self.status not in ACTIVE:
            raise Refused(Text("这个问题已搁置或已并入别处。", "This problem was set aside or merged."))
        if self.members.filter(feedback=feedback, how="person").exists():
            return
        Exclusion.objects.filter(problem=self, feedback=feedback).delete()
        self.assign([feedback.pk], how="person")
        record(events.PROBLEM_FEEDBACK_ADDED, self, by=by.actor, feedback=feedback.number)

    @transaction.atomic
    def exclude(self, feedback: Feedback, *, by: User, reason: str) -> None:
        """A person takes this feedback item out of this problem; no run assigns it again."""
        reason = required_reason(reason)
        flow.lock(self)
        if not self.members.filter(feedback=feedback).exists():
            return
        Member.objects.filter(problem=self, feedback=feedback).delete()
        Exclusion.add(self, [feedback.pk], by=by.actor)
        recount([self.pk])
        record(events.PROBLEM_FEEDBACK_EXCLUDED, self, by=by.actor, feedback=feedback.number, reason=reason)

    def dismiss(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """Not a problem (praise, chatter, a campaign): its feedback items stay with it, so that no run finds it again."""
        reason = required_reason(reason)
        self.move("dismiss", by=by.actor, seen=seen, reason=reason)

    def revive(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """A problem after all."""
        reason = required_reason(reason)
        self.move("revive", by=by.actor, seen=seen, reason=reason)


class MemberQuerySet(models.QuerySet["Member"]):
    def fixed(self) -> MemberQuerySet:
        """Those a person decided: assigned by hand, or in a problem that was confirmed or set aside."""
        return self.filter(models.Q(how=Member.How.PERSON) | ~models.Q(problem__status="proposed"))


class Member(models.Model):
    """A feedback item of a problem. ``how``: assigned by a run, on arrival, or by a person, whose decision stays."""

    class How(TextChoices):
        RUN = "run", Text("整体分析", "Analysis")
        ARRIVAL = "arrival", Text("收到时", "On arrival")
        PERSON = "person", Text("人工", "A person")

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="members")
    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="member")
    how = models.CharField(max_length=8, choices=How)
    confidence = models.FloatField(null=True)
    at = models.DateTimeField(default=clock.now)

    objects = MemberQuerySet.as_manager()

    class Meta:
        db_table = "problem_member"


class Exclusion(models.Model):
    """A person said that this feedback item does not belong to this problem."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="exclusions")
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "problem_exclusion"
        constraints = [models.UniqueConstraint(fields=["problem", "feedback"], name="excluded_once")]

    @classmethod
    def add(cls, problem: Problem, feedback_items: Iterable[int], *, by: Actor) -> None:
        rows = [Exclusion(problem=problem, feedback_id=pk, by=by) for pk in sorted(feedback_items)]
        Exclusion.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def recount(problems: Iterable[int]) -> None:
    """Store how many members each problem has and when the first and last of them were received."""
    pks = set(problems)
    counted = {
        pk: (n, first, last)
        for pk, n, first, last in Member.objects.filter(problem__in=pks)
        .values_list("problem")
        .annotate(models.Count("pk"), models.Min("feedback__received_at"), models.Max("feedback__received_at"))
    }
    none: tuple[int, datetime | None, datetime | None] = (0, None, None)
    for pk in pks:
        size, first, last = counted.get(pk, none)
        Problem.objects.filter(pk=pk).update(size=size, first_at=first, last_at=last)


def remove_from_problem(feedback: Feedback, by: Actor) -> None:
    """Remove a feedback item that no longer counts from its problem, in the same transaction."""
    held = Member.objects.filter(feedback=feedback).first()
    if held:
        held.delete()
        recount([held.problem_id])
