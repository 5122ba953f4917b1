"""Notification, Digest, OutgoingEmail: what a person is notified of, the daily summary, and e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import models, transaction

from bihuan.audit.models import Event
from bihuan.core import clock
from bihuan.core.leases import LeasedModel, LeasedQuerySet
from bihuan.core.text import Text
from bihuan.notifications.redaction import redacted_sentence
from bihuan.people.models import User


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> NotificationQuerySet:
        return self.filter(user=user)

    @transaction.atomic
    def mark_read(self, user: User) -> int:
        """Mark those that belong to this person as read; returns how many were unread."""
        count = self.filter(user=user, read_at=None).update(read_at=clock.now())
        update_unread_counts([user.pk])
        return count


class Notification(models.Model):
    """One event that one person is notified of, once. ``urgent``: it did not wait for working hours."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notifications")
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        db_table = "notification"
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="one_notification_an_event_and_person")]
        indexes = [models.Index(fields=["user", "read_at", "-id"], name="notification_inbox")]

    @property
    def text(self) -> Text:
        """What happened, without anything a person typed."""
        return redacted_sentence(self.event)


class Digest(models.Model):
    """A person's daily summary: parts with a title, a count and the address of their list. Written once a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField()
    parts = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "digest"
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]


class OutgoingEmail(LeasedModel):
    """An e-mail to be sent. ``key`` names what it is about, so that it is written once. One that was given up after
    MAX_ATTEMPTS keeps its ``error`` for the operator."""

    MAX_ATTEMPTS = 5
    UNFINISHED = models.Q(sent_at=None, attempts__lt=MAX_ATTEMPTS)
    LEASE = timedelta(minutes=5)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="outgoing_emails")
    key = models.CharField(max_length=60, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = LeasedQuerySet["OutgoingEmail"].as_manager()

    class Meta:
        db_table = "outgoing_email"
        indexes = [models.Index(fields=["sent_at", "lease_until"], name="email_waiting")]

    def claim(self, lease: timedelta | None = None) -> bool:
        """Take it for one attempt. One that fails is attempted again when its lease is up; each is twice the last."""
        return super().claim(lease or self.LEASE * 2**self.attempts)

    def mark_sent(self) -> None:
        self.sent_at, self.error = clock.now(), ""
        self.save(update_fields=["sent_at", "error"])

    def mark_failed(self, error: str) -> None:
        self.error = error[:300]
        self.save(update_fields=["error"])


def update_unread_counts(users: Iterable[int]) -> None:
    """Update ``User.unread``, the number in the top bar, of the people with these ids."""
    unread = Notification.objects.filter(user=models.OuterRef("pk"), read_at=None).order_by().values("user")
    counted = models.functions.Coalesce(models.Subquery(unread.annotate(n=models.Count("pk")).values("n")), 0)
    User.objects.filter(pk__in=list(users)).update(unread=counted)
