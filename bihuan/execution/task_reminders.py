"""Reminder: a task blocked for more than one working day, or without its entry when the day ends (S3-49, S4-I04)."""

from __future__ import annotations

from datetime import datetime, time

from django.db import IntegrityError, models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.event_types import EventType
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.execution import events, task_choices
from bihuan.execution.case_tasks import in_work, not_updated
from bihuan.execution.models import Task
from bihuan.execution.progress_light import is_stuck, is_working_day


class Reminder(models.Model):
    """Somebody was reminded of a task. ``about``: the day or the blocking it is about, each once."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reminders")
    about = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "task_reminder"
        constraints = [models.UniqueConstraint(fields=["task", "about"], name="reminded_of_a_thing_once")]


def remind() -> int:
    """Remind of every task blocked too long and, from the hour of words.REMIND_AT, of every one without today's entry."""
    return sum(_once(*one) for one in [*_stuck(), *_silent()])


def _stuck() -> list[tuple[Task, str, EventType]]:
    calendar, now = company_calendar(), clock.now()
    rows = Task.objects.filter(in_work(), status="blocked", blocked_since__isnull=False).select_related("case")
    return [
        (task, f"blocked {task.blocked_since:%Y-%m-%dT%H:%M:%S}", events.STUCK)
        for task in rows
        if is_stuck(task.blocked_since, now, calendar)
    ]


def _silent() -> list[tuple[Task, str, EventType]]:
    today = clock.today()
    begins = datetime.combine(today, time(task_choices.REMIND_AT), clock.BEIJING)
    if clock.now() < begins or not is_working_day(today, company_calendar()):
        return []
    rows = Task.objects.filter(not_updated()).select_related("case")
    return [(task, f"silent {today}", events.SILENT) for task in rows]


def _once(task: Task, about: str, kind: EventType) -> bool:
    if task.reminders.filter(about=about).exists():
        return False
    try:
        with transaction.atomic():
            lock(task)
            Reminder.objects.create(task=task, about=about)
            record(kind, task, by=Actor.system(), n=task_choices.BLOCKED_TOO_LONG_DAYS, number=task.number)
    except IntegrityError:  # another worker was first
        return False
    return True
