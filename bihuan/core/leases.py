"""Background work on a row: one worker at a time holds a lease on it, and a row whose worker died is gone on with.

A worker claims the row, renews the lease while it works and gives it up at the end. Killed, it does none of that: the
lease runs out, ``wake`` enqueues the row's task again, and the next worker goes on after what was committed.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from bihuan.core import clock

LEASE_FIELDS = ("lease_until", "runner")


class LeaseLost(Exception):
    """Another worker holds the row, or there is nothing left to do on it."""


Leased = TypeVar("Leased", bound="LeasedModel")


class LeasedQuerySet(models.QuerySet[Leased]):
    def claimable(self) -> Self:
        """Rows with work left that no worker holds."""
        return self.filter(self.model.UNFINISHED, _free())

    def without_task(self, task: Task[..., Any]) -> Self:
        """Rows that no queued or running call of ``task`` is for; its only argument is a row's key."""
        under_way = DBTaskResult.objects.filter(
            task_path=task.module_path, status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
        )
        return self.exclude(pk__in={result.args_kwargs["args"][0] for result in under_way})

    def wake(self, task: Task[..., Any]) -> int:
        """Enqueue ``task`` for claimable rows that lost theirs (a lost task, a killed worker); returns for how many."""
        keys = list(self.claimable().without_task(task).values_list("pk", flat=True))
        for pk in keys:
            task.enqueue(pk)
        return len(keys)


class LeasedModel(models.Model):
    """A row that a worker works on. ``UNFINISHED``: which rows have work left; ``LEASE``: how long a silent worker is
    waited for; ``lease_until``: no worker may claim the row before then (None: at once)."""

    UNFINISHED: ClassVar[models.Q]
    LEASE: ClassVar[timedelta]
    MAX_ATTEMPTS: ClassVar[int]

    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    runner = models.CharField(max_length=32, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def claim(self, lease: timedelta | None = None) -> bool:
        """Take the lease, for ``lease`` or the usual time, and count the attempt; False when another worker has it.

        The row is read afresh either way.
        """
        claimed = self._stored().filter(self.UNFINISHED, _free()).update(
            lease_until=clock.now() + (lease or self.LEASE),
            runner=secrets.token_hex(16),
            attempts=models.F("attempts") + 1,
        )  # fmt: skip
        self.refresh_from_db()
        return claimed == 1

    def renew(self, **changes: Any) -> None:
        """Prolong the lease and store ``changes`` with it. Raises LeaseLost."""
        held = self._stored().filter(self.UNFINISHED, runner=self.runner)
        if not held.update(lease_until=clock.now() + self.LEASE, **changes):
            raise LeaseLost

    def locked_and_renewed(self) -> Self:
        """The stored row, locked, with the lease prolonged on it; the caller saves ``lease_until``. Raises LeaseLost
        when another worker has it or its status is no longer the one this row has."""
        stored = type(self)._base_manager.select_for_update().get(pk=self.pk)
        if (stored.runner, getattr(stored, "status", "")) != (self.runner, getattr(self, "status", "")):
            raise LeaseLost
        stored.lease_until = clock.now() + self.LEASE
        return stored

    def release(self) -> None:
        """Give the lease up, unless another worker has it by now."""
        self._stored().filter(runner=self.runner).update(lease_until=None, runner="")

    def clear_lease(self) -> None:
        """Give the lease up on this object; the caller saves LEASE_FIELDS."""
        self.lease_until, self.runner = None, ""

    def postpone(self, delay: timedelta, **changes: Any) -> None:
        """Let no worker claim the row before ``delay`` is over, and store ``changes`` with it."""
        self._stored().filter(self.UNFINISHED).update(lease_until=clock.now() + delay, runner="", **changes)

    def _stored(self) -> models.QuerySet[Self]:
        return type(self)._base_manager.filter(pk=self.pk)


def _free() -> models.Q:
    return models.Q(lease_until=None) | models.Q(lease_until__lte=clock.now())
