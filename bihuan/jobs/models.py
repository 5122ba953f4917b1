"""Timer and Heartbeat: when jobs are due, and which workers live."""

from django.db import models


class Timer(models.Model):
    """When a timed job of the schedule is due next. Claimed by a conditional update, so each time runs once."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()

    class Meta:
        db_table = "timer"


class Heartbeat(models.Model):
    """A worker's sign of life; a task whose worker has gone silent is given to another."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "heartbeat"
