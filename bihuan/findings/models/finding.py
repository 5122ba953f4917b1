"""Finding: one thing a run found, in a sentence, with the figures behind it and the rows it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from bihuan.core.choices import TextChoices
from bihuan.core.text import Text
from bihuan.feedback.models import Feedback
from bihuan.findings.models.problem import Problem
from bihuan.findings.models.run import Run

if TYPE_CHECKING:
    from bihuan.people.models import User


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: User) -> FindingQuerySet:
        return self if user.can("findings.see") else self.none()

    def current(self) -> FindingQuerySet:
        """Those of the last run that was finished: what explains others comes before them."""
        last = Run.objects.last_done()
        return self.filter(run=last) if last else self.none()


class Finding(models.Model):
    """``feedback items`` are the rows it speaks of, kept while its run is the last, or ``query`` narrows the feedback list to them;
    ``figures`` are the engine's own, for the table behind; ``explained_by``: the stronger one it only comes along with."""

    class Kind(TextChoices):
        SURGE = "surge", Text("突增", "Surge")
        SCENARIO = "scenario", Text("场景", "Scenario")
        CONFOUNDED = "confounded", Text("看上去是原因", "Looks like a cause")
        NOTE = "note", Text("说明", "Note")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10, choices=Kind)
    rank = models.PositiveSmallIntegerField()
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, null=True, related_name="findings")
    problem_type = models.CharField(max_length=40, blank=True)
    zh = models.TextField()
    en = models.TextField()
    figures = models.JSONField(default=dict)
    query = models.JSONField(default=dict)
    explained_by = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="explains")
    feedback_items = models.ManyToManyField(Feedback, related_name="findings", db_table="finding_feedback")
    method = models.CharField(max_length=60)

    objects = FindingQuerySet.as_manager()

    class Meta:
        db_table = "finding"
        ordering = ["kind", "rank"]

    @property
    def narrowing(self) -> dict[str, str]:
        """The feedback list's query for its rows."""
        return self.query or ({} if self.kind == self.Kind.NOTE else {"finding": str(self.pk)})

    @property
    def sentence(self) -> Text:
        return Text(self.zh, self.en)
