"""Actor, Event, PendingNotification, Seal, Attachment."""

from __future__ import annotations

from typing import Any

from django.db import models

from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text


class Actor(models.Model):
    """Whoever can act: a person, a customer's contact holding a link, a token, or the system itself."""

    class Kind(models.TextChoices):
        PERSON = "person"
        CONTACT = "contact"
        TOKEN = "token"  # noqa: S105
        SYSTEM = "system"

    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)

    class Meta:
        db_table = "actor"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def system(cls) -> Actor:
        """The system acting on its own (timers, imports going on after a restart)."""
        return cls.objects.get_or_create(kind=cls.Kind.SYSTEM, name="Bihuan")[0]

    @classmethod
    def public(cls) -> Actor:
        """Somebody on a public page."""
        return cls.objects.get_or_create(kind=cls.Kind.CONTACT, name="客户")[0]


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that nobody edits or deletes."""

    def update(self, **kwargs: Any) -> int:
        raise Refused(Text("事实记录只能追加，不能修改。", "Events are append-only and cannot be edited."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Refused(Text("事实记录只能追加，不能删除。", "Events are append-only and cannot be deleted."))


class EventQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Any) -> EventQuerySet:
        """The whole audit log is the auditor's. Everybody else sees events on the timelines of what they may see."""
        return self if user.can("audit.read") else self.none()


class Event(models.Model):
    """One thing that happened: the timeline, the audit log, the source of notifications and reports.

    ``seq`` counts 1..n within a subject; ``hash`` covers the event and the hash before it (event_hash.py).
    ``timeline`` names the page on whose timeline the event is shown (a task's event shows on its case).
    """

    kind = models.CharField(max_length=48)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(max_length=120)
    timeline = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(default=clock.now)
    details = models.JSONField(default=dict)
    before_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        db_table = "event"
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "seq"], name="events_follow_each_other")
        ]
        indexes = [
            models.Index(fields=["timeline", "id"], name="event_timeline"),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Refused(Text("事实记录只能追加，不能修改。", "Events are append-only and cannot be edited."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused(Text("事实记录只能追加，不能删除。", "Events are append-only and cannot be deleted."))


class PendingNotification(models.Model):
    """An event whose recipients were not notified yet: written with the event, in one transaction, so that no crash
    between the two can lose or double a notification. ``after``: not before then (outside working hours)."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="pending")
    after = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "pending_notification"
        indexes = [models.Index(fields=["after"], name="pending_notification_after")]


class Seal(models.Model):
    """The heads of all chains that grew since the seal before, closed with one hash that can be kept elsewhere."""

    at = models.DateTimeField(default=clock.now)
    heads = models.JSONField()
    before_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "seal"


class Attachment(models.Model):
    """A file somebody added to a subject. Stored under a name of our own; the sender's name is only shown.

    ``removed_at``: the file itself was taken away, its row stays. ``sealed``: it lies encrypted (core/file_encryption.py);
    size and hash are those of what was sent.
    """

    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sealed = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        db_table = "attachment"
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="attachment_subject")]
