"""Notice, Digest, Letter: what a person is told, once a day in sum, and by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import models, transaction

from bihuan.audit.models import Event
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.notifications.redaction import wording
from bihuan.people.models import User


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> NotificationQuerySet:
        return self.filter(user=user)

    @transaction.atomic
    def read_by(self, user: User) -> int:
        """Mark these as read by the person whose they are; how many were not yet."""
        done = self.filter(user=user, read_at=None).update(read_at=clock.now())
        count_unread([user.pk])
        return done


class Notification(models.Model):
    """One event told to one person, once. ``urgent``: it did not wait for working hours."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notices")
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        db_table = "notification"
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="a_event_is_told_a_person_once")]
        indexes = [models.Index(fields=["user", "read_at", "-id"], name="notice_inbox")]

    @property
    def words(self) -> Text:
        return wording(self.event)


class Digest(models.Model):
    """A person's day in sum: parts with a title, a count and the address of their list. Written once a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField()
    parts = models.JSONField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "digest"
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]


class OutgoingEmail(models.Model):
    """A mail to be sent. ``key`` names what it tells, so that it is written once; ``after``: the next try, which a
    worker claims by moving it on. A letter given up keeps its ``error`` for the operator."""

    TRIES = 5
    LEASE = timedelta(minutes=5)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters")
    key = models.CharField(max_length=60, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    after = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "outgoing_email"
        indexes = [models.Index(fields=["sent_at", "after"], name="letter_waiting")]

    @classmethod
    def waiting(cls) -> models.QuerySet[OutgoingEmail]:
        return cls.objects.filter(sent_at=None, tries__lt=cls.TRIES, after__lte=clock.now()).order_by("after")

    def claim(self) -> bool:
        """Take it for one try; False when another worker has it. After a crash it is tried again when the lease is up."""
        mine = type(self).objects.filter(pk=self.pk, sent_at=None, after=self.after, tries=self.tries)
        self.tries, self.after = self.tries + 1, clock.now() + self.LEASE * 2**self.tries
        return mine.update(tries=self.tries, after=self.after) == 1

    def was_sent(self) -> None:
        self.sent_at, self.error = clock.now(), ""
        self.save(update_fields=["sent_at", "error"])

    def failed(self, why: str) -> None:
        self.error = why[:300]
        self.save(update_fields=["error"])


def count_unread(users: Iterable[int]) -> None:
    """Bring the number in the top bar up to date; pages read it with the person."""
    mine = Notification.objects.filter(user=models.OuterRef("pk"), read_at=None).order_by().values("user")
    counted = models.functions.Coalesce(models.Subquery(mine.annotate(n=models.Count("pk")).values("n")), 0)
    User.objects.filter(pk__in=list(users)).update(unread=counted)
