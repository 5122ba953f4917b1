"""Topic: one problem that several voices tell, found by the engine and taught by people.

Its number never changes; a merged topic stays readable and leads to the one it went into. What people said of it
(confirmed, split, not this) binds every later run: a run may add to a topic, never undo a person's word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import Flowing, Numbered, reasoned
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.choices import TextChoices
from bihuan.core.errors import Refused
from bihuan.core.numbers import take_one
from bihuan.core.text import Text
from bihuan.feedback.models import FLOW as VOICES
from bihuan.feedback.models import Feedback
from bihuan.findings import events
from bihuan.findings.flow import TOPICS
from bihuan.people.models import User

if TYPE_CHECKING:
    from datetime import datetime

STANDING = ("proposed", "confirmed")


class Topics(models.QuerySet["Topic"]):
    def visible_to(self, user: User) -> Topics:
        return self if user.can("findings.see") else self.none()

    def standing(self) -> Topics:
        """Those that are problems now: neither merged away nor set aside."""
        return self.filter(status__in=STANDING)


class Topic(Numbered, Flowing):
    """``size`` counts its members; ``scope_reason``, ``keywords`` and ``quotes`` (keys of the voices that stand for many)
    are the engine's, ``title`` may be a person's."""

    NOUN = "topic"

    status = models.CharField(max_length=10, choices=TOPICS.choices, default="proposed")
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

    objects = Topics.as_manager()

    class Meta:
        db_table = "topic"
        indexes = [models.Index(fields=["status", "-size"], name="topic_biggest")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def scope_text(self) -> Text:
        """Why it has its scope, as the engine said."""
        return Text("；".join(zh for zh, _ in self.scope_reason), "; ".join(en for _, en in self.scope_reason))

    @classmethod
    @transaction.atomic
    def find(cls, voices: Iterable[int], *, by: Actor, title: str, keywords: list[str], method: str) -> Topic:
        """A problem the engine has found: a new topic with these voices, to be confirmed by a person."""
        topic = cls.objects.create(number=take_one("problem"), title=title, keywords=keywords, method=method)
        topic.take(voices, how="run")
        record(events.TOPIC_FOUND, topic, by=by, title=title, n=topic.size)
        return topic

    def take(self, voices: Iterable[int], *, how: str, confidence: float | None = None) -> None:
        """Make these voices members, wherever they were before; both topics are counted anew."""
        pks = list(voices)
        before = set(Member.objects.filter(feedback__in=pks).exclude(topic=self).values_list("topic", flat=True))
        Member.objects.filter(feedback__in=pks).delete()
        Member.objects.bulk_create(
            [Member(topic=self, feedback_id=pk, how=how, confidence=confidence) for pk in pks], batch_size=500
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
        record(events.TOPIC_RENAMED, self, by=by.actor, before=before, title=title)

    @transaction.atomic
    def merge(self, into: Topic, *, by: User, reason: str, seen: int | None = None) -> None:
        """The same problem as ``into``: all voices go there, and this number leads there from now on."""
        reason = reasoned(reason)
        target = into.survivor
        if target.pk == self.pk:
            raise Refused(Text("不能并入自己。", "A problem cannot be merged into itself."))
        if target.status not in STANDING:
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
        Exclusion.objects.filter(topic=target, feedback__in=members).delete()
        target.take(members, how="person")
        record(events.TOPIC_TOOK_IN, target, by=by.actor, other=self.number)

    @property
    def survivor(self) -> Topic:
        """The topic itself, or the one it was merged into."""
        return self.merged_into or self

    @transaction.atomic
    def split(self, voices: Iterable[Feedback], *, by: User, title: str, reason: str, seen: int | None = None) -> Topic:
        """These voices tell another problem: they become a topic of their own that no run puts back."""
        reason = reasoned(reason)
        flow.lock(self, seen)
        chosen = set(self.members.filter(feedback__in=[v.pk for v in voices]).values_list("feedback", flat=True))
        rest = set(self.members.exclude(feedback__in=chosen).values_list("feedback", flat=True))
        if not chosen or not rest:
            raise Refused(Text("请选择要分出的一部分反馈。", "Please choose some of its voices, not none and not all."))
        made = type(self).objects.create(
            number=take_one("problem"), title=title.strip() or self.title, titled_by=by.actor if title.strip() else None
        )
        made.take(sorted(chosen), how="person")
        Exclusion.keep(self, chosen, by=by.actor)
        Exclusion.keep(made, rest, by=by.actor)
        record(events.TOPIC_SPLIT, self, by=by.actor, n=len(chosen), other=made.number, reason=reason)
        made.move("confirm", by=by.actor, title=made.title)
        return made

    @transaction.atomic
    def put(self, voice: Feedback, *, by: User) -> None:
        """A person says that this voice tells this problem."""
        flow.lock(self)
        if self.status not in STANDING:
            raise Refused(Text("这个问题已搁置或已并入别处。", "This problem was set aside or merged."))
        if self.members.filter(feedback=voice, how="person").exists():
            return
        Exclusion.objects.filter(topic=self, feedback=voice).delete()
        self.take([voice.pk], how="person")
        record(events.TOPIC_PUT, self, by=by.actor, feedback=voice.number)

    @transaction.atomic
    def not_this(self, voice: Feedback, *, by: User, reason: str) -> None:
        """A person says that this voice does not tell this problem; no run puts it back."""
        reason = reasoned(reason)
        flow.lock(self)
        if not self.members.filter(feedback=voice).exists():
            return
        Member.objects.filter(topic=self, feedback=voice).delete()
        Exclusion.keep(self, [voice.pk], by=by.actor)
        recount([self.pk])
        record(events.TOPIC_NOT_THIS, self, by=by.actor, feedback=voice.number, reason=reason)

    def dismiss(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """Not a problem (praise, chatter, a campaign): its voices stay with it, so that no run finds it again."""
        reason = reasoned(reason)
        self.move("dismiss", by=by.actor, seen=seen, reason=reason)

    def revive(self, *, by: User, reason: str, seen: int | None = None) -> None:
        """A problem after all."""
        reason = reasoned(reason)
        self.move("revive", by=by.actor, seen=seen, reason=reason)


class Members(models.QuerySet["Member"]):
    def bound(self) -> Members:
        """Those a person's word holds: put there by hand, or in a topic that was confirmed or set aside."""
        return self.filter(models.Q(how=Member.How.PERSON) | ~models.Q(topic__status="proposed"))


class Member(models.Model):
    """A voice's place in a topic. ``how``: a run, its arrival, or a person put it there; a person's word stays."""

    class How(TextChoices):
        RUN = "run", Text("整体分析", "Analysis")
        ARRIVAL = "arrival", Text("收到时", "On arrival")
        PERSON = "person", Text("人工", "A person")

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="members")
    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="member")
    how = models.CharField(max_length=8, choices=How)
    confidence = models.FloatField(null=True)
    at = models.DateTimeField(default=clock.now)

    objects = Members.as_manager()

    class Meta:
        db_table = "topic_member"


class Exclusion(models.Model):
    """A person said that this voice does not belong to this topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="exclusions")
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "topic_exclusion"
        constraints = [models.UniqueConstraint(fields=["topic", "feedback"], name="excluded_once")]

    @classmethod
    def keep(cls, topic: Topic, voices: Iterable[int], *, by: Actor) -> None:
        rows = [Exclusion(topic=topic, feedback_id=pk, by=by) for pk in sorted(voices)]
        Exclusion.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def recount(topics: Iterable[int]) -> None:
    """Write how many members each topic has and from when to when they spoke."""
    pks = set(topics)
    counted = {
        pk: (n, first, last)
        for pk, n, first, last in Member.objects.filter(topic__in=pks)
        .values_list("topic")
        .annotate(models.Count("pk"), models.Min("feedback__received_at"), models.Max("feedback__received_at"))
    }
    none: tuple[int, datetime | None, datetime | None] = (0, None, None)
    for pk in pks:
        size, first, last = counted.get(pk, none)
        Topic.objects.filter(pk=pk).update(size=size, first_at=first, last_at=last)


def leave(voice: Feedback, by: Actor) -> None:
    """A voice that no longer counts leaves its topic, in the same transaction."""
    held = Member.objects.filter(feedback=voice).first()
    if held:
        held.delete()
        recount([held.topic_id])


VOICES.follow("void", leave)
VOICES.follow("withdraw", leave)
