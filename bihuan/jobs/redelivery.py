"""Tasks survive their worker: the stock backend leaves a killed worker's task running for ever; this gives it back.

Every task of ours is driven by a row with its own state and can be run again, so a second run does no harm.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bihuan.core import clock
from bihuan.jobs.models import Heartbeat

SILENCE = timedelta(seconds=30)


def send_heartbeat(worker: str) -> None:
    """Say that this worker lives."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": clock.now()})


def sign_off(worker: str) -> None:
    """A worker that stops in good order."""
    Heartbeat.objects.filter(worker=worker).delete()


@transaction.atomic
def lost_tasks() -> int:
    """Make ready again every running task whose worker has been silent; returns how many."""
    Heartbeat.objects.filter(at__lt=clock.now() - SILENCE).delete()
    alive = set(Heartbeat.objects.values_list("worker", flat=True))
    lost = [t.pk for t in running_tasks() if not alive.intersection(t.worker_ids[-1:])]
    DBTaskResult.objects.filter(pk__in=lost, status=TaskResultStatus.RUNNING).update(
        **{"status": TaskResultStatus.READY, "started_at": None}
    )
    return len(lost)


def running_tasks() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
