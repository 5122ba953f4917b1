"""DailyClose: before leaving, the supervisor answers for the day's feedback items of the team (S3-14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Count, Q

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.feedback import events
from bihuan.feedback.models.feedback import Feedback, FeedbackQuerySet
from bihuan.people.models import Team

if TYPE_CHECKING:
    from bihuan.people.models import User

PARTS: dict[str, tuple[Text, Q]] = {
    "received": (Text("收到", "Received"), Q()),
    "merged": (Text("合并", "Merged"), Q(status="merged")),
    "triaged": (Text("已分类", "Triaged"), Q(status__in=("triaged", "linked", "answered"))),
    "disputed": (Text("争议", "In dispute"), Q(status="disputed")),
    "void": (Text("无效", "Invalid"), Q(status="void")),
    "untriaged": (Text("未分类", "Not triaged"), Q(status="new")),
}
"""The parts of a day, each with its title and condition. All but the first add up to the first."""


class DailyClose(SubjectModel):
    """One team's day, signed once. ``counts`` are the numbers the signer saw; team None is the pool of no team."""

    NOUN = "close"

    day = models.DateField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="closes")
    counts = models.JSONField()
    comment = models.TextField(blank=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "daily_close"
        constraints = [
            models.UniqueConstraint(fields=["day", "team"], name="a_day_closed_once"),
            models.UniqueConstraint(fields=["day"], condition=Q(team=None), name="a_teamless_day_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"

    @classmethod
    @transaction.atomic
    def sign(cls, *, by: User, day: date, team: Team | None, comment: str = "") -> DailyClose:
        """Sign the team's day. With untriaged feedback left it needs a comment. Raises Refused."""
        if known := cls.objects.filter(day=day, team=team).first():
            return known
        if day > clock.today():
            raise Refused(Text("这一天还没有开始。", "That day has not begun."))
        if team is not None and team.pk != by.team_id:
            raise Refused(Text("只能为自己的班组日清。", "You close the day of your own team only."))
        counts = count(rows_of_team(team), day)
        comment = comment.strip()
        if counts["untriaged"] and not comment:
            raise Refused(
                Text(
                    "还有 {n} 条未分类，签署前请说明原因和安排。",
                    "{n} not triaged yet: before signing please say why and what is arranged.",
                    n=counts["untriaged"],
                )
            )
        close = cls.objects.create(day=day, team=team, counts=counts, comment=comment, by=by.actor)
        record(events.DAY_CLOSED, close, by=by.actor, team=_name(team), day=str(day), counts=_counts_text(counts))
        return close


def rows_of_team(team: Team | None) -> FeedbackQuerySet:
    return Feedback.objects.filter(team=team)


def rows_of_day(rows: models.QuerySet[Feedback], day: date, part: str = "received") -> models.QuerySet[Feedback]:
    """The rows of a day that a number of the close counts."""
    start, end = clock.midnight(day), clock.midnight(day + timedelta(days=1))
    return rows.filter(PARTS[part][1], received_at__gte=start, received_at__lt=end)


def count(rows: models.QuerySet[Feedback], day: date) -> dict[str, int]:
    """Every part of the day, in one query."""
    counts: dict[str, int] = rows_of_day(rows, day).aggregate(
        **{k: Count("pk", filter=q) for k, (_, q) in PARTS.items()}
    )
    return counts


def last_days(team: Team | None, until: date, days: int = 14) -> list[tuple[date, DailyClose | None]]:
    """The last days, newest first, each with its signature if it has one."""
    first = until - timedelta(days=days - 1)
    signed = {close.day: close for close in _signed(team, first, until)}
    return [(day, signed.get(day)) for day in (until - timedelta(days=n) for n in range(days))]


def _signed(team: Team | None, first: date, until: date) -> Iterable[DailyClose]:
    return DailyClose.objects.filter(team=team, day__range=(first, until)).select_related("by")


def _name(team: Team | None) -> Any:
    return Text("未分班组", "No team") if team is None else team.name


def _counts_text(counts: dict[str, int]) -> Text:
    return Text(
        "，".join(f"{PARTS[k][0].zh} {n}" for k, n in counts.items()),
        ", ".join(f"{PARTS[k][0].en.lower()} {n}" for k, n in counts.items()),
    )
