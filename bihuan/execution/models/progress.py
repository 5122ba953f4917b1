"""Progress: the daily entries on a task."""

from __future__ import annotations

from django.db import models

from bihuan.audit.models import Actor
from bihuan.core import clock


class Progress(models.Model):
    """One day's entry on a task. Never edited; the next entry says what changed (S1-42, S1-45, S3-49, S3-I01)."""

    task = models.ForeignKey("bihuan.Task", on_delete=models.PROTECT, related_name="progress")
    day = models.DateField()
    done = models.TextField()
    problem = models.TextField(blank=True)
    adjustment = models.TextField(blank=True)
    help_needed = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField()
    estimate = models.DateField(null=True, blank=True)
    as_planned = models.BooleanField(default=False)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "progress"
        ordering = ["id"]
        indexes = [models.Index(fields=["task", "-id"], name="progress_task")]
