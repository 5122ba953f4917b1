"""The list of tasks: what it filters, sorts, shows and exports."""

from __future__ import annotations

from django.db.models import Q

from bihuan.core import clock
from bihuan.core.lists import ChoiceFilter, Column, ListSpec, Rows, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.execution.case_tasks import in_work, not_updated
from bihuan.execution.flow import FLOW, OPEN
from bihuan.execution.models import Task
from bihuan.people.models import User

SORTS = {
    "due": (Text("期限", "Due"), ("due", "id")),
    "silent": (Text("最久没更新", "Longest silent"), ("reported_on", "due", "id")),
    "blocked": (Text("受阻最久", "Longest blocked"), ("blocked_since", "id")),
    "new": (Text("最新", "Newest"), ("-id",)),
}
FILTERS = (
    ChoiceFilter("status", Text("状态", "State"), {s.code: s.name for s in FLOW.states}),
    TextFilter("q", Text("任务、事项", "Task, case"), ("content", "number", "case__title", "case__number")),
)
COLUMNS = (
    Column(Text("编号", "Number"), lambda t: t.number),
    Column(Text("事项", "Case"), lambda t: str(t.case)),
    Column(Text("措施", "Measure"), lambda t: t.content),
    Column(Text("负责人", "Owner"), lambda t: t.owner),
    Column(Text("计划完成", "Planned"), lambda t: t.planned),
    Column(Text("现定期限", "Due now"), lambda t: t.due),
    Column(Text("实际完成", "Finished"), lambda t: t.finished_on),
    Column(Text("偏差（天）", "Deviation (days)"), lambda t: t.deviation),
    Column(Text("进度 %", "Progress %"), lambda t: t.percent),
    Column(Text("状态", "State"), lambda t: t.state.name),
    Column(Text("受阻原因", "Blocked because"), lambda t: t.obstacle),
)
WHOSE: dict[str, Text] = {"team": Text("我的小组", "My team"), "all": Text("全部", "All")}


def tabs() -> tuple[Tab, ...]:
    """The named parts of the list, as of today."""
    return (
        Tab("open", Text("待办", "To do"), Q(in_work(), status__in=OPEN)),
        Tab("today", Text("今天未更新", "No entry today"), not_updated()),
        Tab("doing", Text("进行中", "In progress"), Q(in_work(), status="doing")),
        Tab("blocked", Text("受阻", "Blocked"), Q(in_work(), status="blocked")),
        Tab("overdue", Text("超期", "Overdue"), Q(in_work(), status__in=OPEN, due__lt=clock.today())),
        Tab("done", Text("已完成", "Done"), Q(status="done")),
    )


def task_list() -> ListSpec:
    return ListSpec("tasks", SORTS, tabs=tabs(), filters=FILTERS, columns=COLUMNS)


def task_rows(user: User, whose: str) -> Rows:
    """A person's own tasks, their team's, or all they see."""
    rows = Task.objects.select_related("case", "case__customer", "owner", "depends_on")
    if whose == "team" and user.team_id:
        return rows.visible_to(user).filter(owner__team=user.team_id)
    return rows.visible_to(user) if whose in WHOSE else rows.filter(owner=user)
