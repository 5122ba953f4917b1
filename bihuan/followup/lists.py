"""The list of follow-up calls: what it filters, sorts, shows and exports."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from bihuan.core import clock
from bihuan.core.lists import ALL, Column, ListSpec, Rows, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.followup import followup_choices
from bihuan.followup.followup_calls import FollowUp
from bihuan.people.models import User

SORTS = {"due": (Text("应回访时间", "Due"), ("due", "id")), "new": (Text("最新", "Newest"), ("-id",))}
FILTERS = (
    TextFilter(
        "q",
        Text("编号、标题、客户", "Number, title, customer"),
        ("case__number", "case__title", "case__customer__name"),
    ),
)
COLUMNS = (
    Column(Text("事项", "Case"), lambda r: str(r.case)),
    Column(Text("轮次", "Round"), lambda r: r.round),
    Column(Text("客户", "Customer"), lambda r: r.case.customer),
    Column(Text("应回访", "Due"), lambda r: r.due),
    Column(Text("状态", "State"), lambda r: r.state.name),
    Column(Text("未联系上次数", "Not reached"), lambda r: len(r.attempts.all())),
    Column(Text("方式", "Method"), lambda r: followup_choices.CHANNELS.get(r.channel)),
    Column(
        Text("是否解决", "Solved"),
        lambda r: followup_choices.SOLVED["yes" if r.solved else "no"] if r.status == "done" else "",
    ),
    Column(Text("需求满足", "Need met"), lambda r: followup_choices.MET.get(r.met)),
    Column(Text("评分", "Score"), lambda r: r.score),
    Column(Text("免访理由", "Exempt because"), lambda r: r.reason),
)


def tabs() -> tuple[Tab, ...]:
    """The named parts of the due list, as of now."""
    now, tonight = clock.now(), clock.midnight(clock.today() + timedelta(days=1))
    waiting = Q(status="waiting", case__status="following_up", round=F("case__round"))
    return (
        Tab("waiting", Text("待回访", "Follow-up call due"), waiting),
        Tab("today", Text("今天到期", "Due today"), waiting & Q(due__gte=now, due__lt=tonight)),
        Tab("overdue", Text("已超期", "Overdue"), waiting & Q(due__lt=now)),
        Tab(
            "asked", Text("等客户答卷", "Waiting for answer"), waiting & Q(token_hash__isnull=False, expires_at__gt=now)
        ),
        Tab("done", Text("已完成", "Done"), Q(status__in=("done", "exempt", "unreachable"))),
        ALL,
    )


def followup_list() -> ListSpec:
    return ListSpec("followups", SORTS, tabs=tabs(), filters=FILTERS, columns=COLUMNS)


def followup_rows(user: User) -> Rows:
    return FollowUp.objects.visible_to(user).select_related("case", "case__customer", "case__owner")
