"""Running what is due: each timed job once per due time, whichever worker comes first."""

from __future__ import annotations

import logging

from bihuan.core import clock
from bihuan.jobs.models import Timer
from bihuan.jobs.schedule import SCHEDULE, Timed

logger = logging.getLogger("bihuan.jobs")


def run_due() -> list[str]:
    """Run every job whose time has come; returns their names. A failing job is logged and waits for its next time."""
    return [timed.name for timed in SCHEDULE if _claim(timed) and _run(timed)]


def _claim(timed: Timed) -> bool:
    now = clock.now()
    timer, new = Timer.objects.get_or_create(name=timed.name, defaults={"due_at": now + timed.every})
    # A clock that was set back must not leave a job waiting longer than its own interval.
    if not new and timer.due_at > now + timed.every:
        Timer.objects.filter(pk=timer.pk).update(due_at=now + timed.every)
    due = Timer.objects.filter(pk=timer.pk, due_at=timer.due_at, due_at__lte=now)
    return new or due.update(due_at=now + timed.every) == 1


def _run(timed: Timed) -> bool:
    try:
        timed.verb()
    except Exception:  # the edge of the worker: one broken job must not stop the others; the operator sees the log
        logger.exception("timed job failed: %s", timed.name)
        return False
    return True
