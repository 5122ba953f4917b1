"""All timed work, in one list. Each entry names a function of a package; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bihuan.audit import seals
from bihuan.cases import recurrence, scheme_rollout
from bihuan.cases.models import Case
from bihuan.deadlines import escalation_sweep, recalculation
from bihuan.execution import task_reminders
from bihuan.feedback import import_worker, retention
from bihuan.feedback.models import label_model
from bihuan.findings import analysis_runs, problem_matching
from bihuan.jobs import redelivery
from bihuan.notifications import digest, outbox, outgoing_email
from bihuan.plugins import machine_drafts


@dataclass(frozen=True)
class Timed:
    name: str
    every: timedelta
    verb: Callable[[], Any]


SCHEDULE: tuple[Timed, ...] = (
    Timed("give lost tasks to another worker", timedelta(seconds=15), redelivery.lost_tasks),
    Timed("continue abandoned imports", timedelta(seconds=15), import_worker.wake),
    Timed("resume cases whose pause reached its limit", timedelta(seconds=30), Case.resume_overdue),
    Timed("escalate deadlines", timedelta(seconds=15), escalation_sweep.sweep),
    Timed("continue scheme rollouts", timedelta(seconds=5), scheme_rollout.continue_rollouts),
    Timed("recalculate open deadlines by the calendar in force", timedelta(seconds=15), recalculation.recalculate_all),
    Timed("remind of tasks blocked or silent", timedelta(minutes=5), task_reminders.remind),
    Timed("dispatch notifications", timedelta(seconds=5), outbox.dispatch),
    Timed("write the digests of the day", timedelta(minutes=1), digest.write_all),
    Timed("send mail", timedelta(seconds=5), outgoing_email.send),
    Timed("remove uploaded sheets after their time", timedelta(hours=1), retention.sweep),
    Timed("assign new feedback to problems", timedelta(seconds=20), problem_matching.assign_new),
    Timed("notify owners of problems that came back", timedelta(minutes=2), recurrence.notify_owners),
    Timed("continue abandoned analyses", timedelta(seconds=30), analysis_runs.wake),
    Timed("continue postponed or abandoned drafts", timedelta(seconds=15), machine_drafts.wake),
    Timed("analyse everything once a night", timedelta(minutes=20), analysis_runs.nightly),
    Timed("learn from corrected labels", timedelta(minutes=10), label_model.train_due),
    Timed("seal the event chains", timedelta(hours=1), seals.seal_chains),
)
