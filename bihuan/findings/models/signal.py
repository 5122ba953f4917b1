"""Signal: one thing a run found, in a sentence, with the figures behind it and the rows it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from bihuan.core.text import Text
from bihuan.findings.models.run import Run
from bihuan.findings.models.topic import Topic

if TYPE_CHECKING:
    from bihuan.people.models import User


class Signals(models.QuerySet["Signal"]):
    def visible_to(self, user: User) -> Signals:
        return self if user.can("findings.see") else self.none()

    def standing(self) -> Signals:
        """Those of the last run that was finished."""
        last = Run.objects.last_done()
        return self.filter(run=last) if last else self.none()


class Signal(models.Model):
    """``query`` narrows the feedback list to the rows; ``figures`` are the engine's own, for the table behind."""

    class Kind(models.TextChoices):
        HOT = "hot", Text("热点", "Hot")
        SCENE = "scene", Text("场景", "Scenario")
        NOTE = "note", Text("说明", "Note")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=8, choices=Kind)
    rank = models.PositiveSmallIntegerField()
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="signals")
    problem_type = models.CharField(max_length=40, blank=True)
    zh = models.TextField()
    en = models.TextField()
    figures = models.JSONField(default=dict)
    query = models.JSONField(default=dict)
    method = models.CharField(max_length=60)

    objects = Signals.as_manager()

    class Meta:
        db_table = "signal"
        ordering = ["kind", "rank"]

    @property
    def sentence(self) -> Text:
        return Text(self.zh, self.en)
