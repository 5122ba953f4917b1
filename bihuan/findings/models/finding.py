"""Signal: one thing a run found, in a sentence, with the figures behind it and the rows it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from bihuan.core.choices import TextChoices
from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.findings.models.problem import Topic
from bihuan.findings.models.run import Run

if TYPE_CHECKING:
    from bihuan.people.models import User


class Signals(models.QuerySet["Signal"]):
    def visible_to(self, user: User) -> Signals:
        return self if user.can("findings.see") else self.none()

    def standing(self) -> Signals:
        """Those of the last run that was finished: what explains others comes before them."""
        last = Run.objects.last_done()
        return self.filter(run=last) if last else self.none()


class Signal(models.Model):
    """``voices`` are the rows it speaks of, kept while its run is the last, or ``query`` narrows the feedback list to them;
    ``figures`` are the engine's own, for the table behind; ``explained_by``: the stronger one it only comes along with."""

    class Kind(TextChoices):
        HOT = "hot", Text("热点", "Hot")
        SCENE = "scene", Text("场景", "Scenario")
        SEEMING = "seeming", Text("看上去是原因", "Looks like a cause")
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
    explained_by = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="explains")
    voices = models.ManyToManyField(Feedback, related_name="signals", db_table="signal_voice")
    method = models.CharField(max_length=60)

    objects = Signals.as_manager()

    class Meta:
        db_table = "signal"
        ordering = ["kind", "rank"]

    @property
    def narrowing(self) -> dict[str, str]:
        """The feedback list's query for its rows."""
        return self.query or ({} if self.kind == self.Kind.NOTE else {"finding": str(self.pk)})

    @property
    def sentence(self) -> Text:
        return Text(self.zh, self.en)
