"""ReportIssue: a report as it was when it was signed. What changes later does not alter it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction

from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.people.models import Team, User
from bihuan.reports import events
from bihuan.reports.report_document import Document

if TYPE_CHECKING:
    from datetime import date


FLOW = Flow(
    "report",
    states=(
        State("draft", Text("定稿待审", "To be reviewed"), "orange"),
        State("reviewed", Text("已审核", "Reviewed"), "blue"),
        State("published", Text("已签发", "Published"), "green", final=True),
    ),
    moves=(
        Move("review", Text("审核", "Review"), ("draft",), "reviewed", events.REVIEWED),
        Move("publish", Text("签发", "Sign and publish"), ("reviewed",), "published", events.PUBLISHED),
    ),
)


class ReportIssueQuerySet(models.QuerySet["ReportIssue"]):
    def visible_to(self, user: User) -> ReportIssueQuerySet:
        """Published ones are for everybody who may see reports of that team; unpublished ones for their makers' team."""
        if not user.can("report.see"):
            return self.none()
        if user.can("see.all"):
            return self
        return (
            self.filter(models.Q(team=user.team_id) | models.Q(author=user))
            if user.team_id
            else self.filter(author=user)
        )


class ReportIssue(FlowModel):
    """The snapshot of one report: figures, tables and the words written to them."""

    NOUN = "report"

    status = models.CharField(max_length=10, choices=FLOW.choices, default="draft")
    week = models.CharField(max_length=8)
    first = models.DateField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.JSONField()
    findings = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ReportIssueQuerySet.as_manager()

    class Meta:
        db_table = "report_issue"
        indexes = [models.Index(fields=["-first", "-id"], name="report_newest")]

    @property
    def subject_name(self) -> str:
        return f"{self.week} #{self.pk}"

    @property
    def title(self) -> Text:
        return Text(self.document["title"]["zh"], self.document["title"]["en"])

    @classmethod
    @transaction.atomic
    def freeze(
        cls,
        document: Document,
        *,
        by: User,
        week: str,
        first: date,
        team: Team | None,
        findings: str = "",
        advice: str = "",
    ) -> ReportIssue:
        """Keep the report as it is now, with the root causes found and the advice given (S3-37)."""
        issue = cls.objects.create(
            week=week, first=first, team=team, document=document.data(), findings=findings, advice=advice, author=by
        )
        record(events.FROZEN, issue, by=by.actor, title=week)
        return issue

    def review(self, *, by: User) -> None:
        FLOW.move(self, "review", by=by.actor)

    def publish(self, *, by: User) -> None:
        FLOW.move(self, "publish", by=by.actor)
