"""The list of cases: what it filters, sorts, shows and exports."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from bihuan.audit.models import Event
from bihuan.cases import case_choices, events
from bihuan.cases.flow import CLOSED, FLOW
from bihuan.cases.models import Case
from bihuan.cases.open_deadlines import CASE_RUNS
from bihuan.core import clock
from bihuan.core.lists import ALL, ChoiceFilter, Column, DateFilter, LinkFilter, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.people.models import User


def archived_between(first: date, last: date) -> Q:
    """Cases archived from the first to the last day, both included."""
    archivings = Event.objects.filter(kind=events.ARCHIVED.key, at__gte=clock.midnight(first))
    archivings = archivings.filter(at__lt=clock.midnight(last + timedelta(days=1)))
    return Q(pk__in=archivings.values("subject_id"))


def archived_within(value: str) -> Q:
    """Cases archived within ``value`` ("2026-11-16..2026-11-22"); none for anything else."""
    try:
        first, last = (date.fromisoformat(part) for part in value.split(".."))
    except ValueError:
        return Q(pk__in=())
    return archived_between(first, last)


OPEN = ~Q(status__in=CLOSED)
RANKS = {str(n): Text(f"第 {n} 级", f"Rank {n}") for n in range(1, 5)}
SORTS: dict[str, tuple[Text, tuple[str | OrderBy, ...]]] = {
    "due": (Text("最近到期", "Next due"), (F("next_due").asc(nulls_last=True), "rank", "-id")),
    "rank": (Text("级别", "Level"), ("rank", F("next_due").asc(nulls_last=True), "-id")),
    "new": (Text("最新", "Newest"), ("-id",)),
}
FILTERS = (
    TextFilter("q", Text("编号、标题、客户", "Number, title, customer"), ("number", "title", "customer__name", "error_text")),
    ChoiceFilter("kind", Text("性质", "Kind"), case_choices.KINDS),
    ChoiceFilter("status", Text("状态", "State"), {s.code: s.name for s in FLOW.states}),
    ChoiceFilter("rank", Text("级别", "Level"), RANKS),
    LinkFilter("disposition", Text("安排", "Disposition"), lambda value: Q(disposition=value)),
    LinkFilter("owner", Text("一位负责人", "One owner"), lambda value: Q(owner=int(value) if value.isdecimal() else 0)),
    DateFilter("opened_from", Text("立项自", "Opened from"), "created_at", kind="only"),
    DateFilter("opened_to", Text("立项至", "Opened to"), "created_at", until=True, kind="only"),
    LinkFilter("archived", Text("这段时间归档", "Archived in a period"), archived_within),
    LinkFilter("team", Text("一个小组", "One team"), lambda value: Q(team=int(value) if value.isdecimal() else 0)),
    LinkFilter("pool", Text("计划", "Plan"), lambda value: Q(pool=value)),
)  # fmt: skip


def tabs(user: User) -> tuple[Tab, ...]:
    """The parts of the case list; a number on a home page counts with the same condition."""
    now = clock.now()
    runs = OPEN & CASE_RUNS
    return (
        Tab("open", Text("进行中", "In progress"), OPEN),
        Tab("mine", Text("我的", "Mine"), OPEN & Q(owner=user)),
        Tab("team", Text("本组", "My team's"), OPEN & Q(team=user.team_id) if user.team_id else Q(pk=None)),
        Tab("unassigned", Text("待认领", "No owner yet"), OPEN & Q(owner=None)),
        Tab("soon", Text("24 小时内到期", "Due in 24 h"), runs & Q(next_due__gte=now, next_due__lt=now + timedelta(days=1))),
        Tab("overdue", Text("已超时", "Overdue"), runs & Q(next_due__lt=now)),
        Tab("paused", Text("挂起中", "Paused"), OPEN & ~Q(paused_for="")),
        Tab("archived", Text("已结束", "Closed"), ~OPEN),
        ALL,
    )  # fmt: skip


# What a line of the page shows.
LINE = (
    "number", "title", "status", "kind", "rank", "level", "level_names", "paused_for", "paused_since", "next_due",
    "next_milestone", "next_provisional",
    "customer__name", "customer__account", "customer__number", "owner__name", "owner__username",
)  # fmt: skip


def columns() -> tuple[Column, ...]:
    """The quick-diagnosis sheet: its fifteen columns in their order, contacts masked (S4-24)."""
    line = count(1)
    return (
        Column(Text("序号", "No."), lambda c: next(line)),
        Column(Text("问题编号", "Number"), lambda c: c.number),
        Column(Text("客户名称", "Customer"), lambda c: c.customer or ""),
        Column(Text("联系人", "Contact person"), lambda c: c.contact.name if c.contact else ""),
        Column(Text("联系方式", "Contact"), lambda c: c.contact.masked if c.contact else ""),
        Column(Text("问题来源", "Source"), lambda c: c.get_channel_display()),
        Column(Text("发生时间", "Happened at"), lambda c: c.occurred_at),
        Column(Text("问题描述(现象+影响)", "Description (phenomenon, effect)"), description_and_reach),
        Column(Text("错误提示(如有)", "Error message (if any)"), lambda c: c.error_text),
        Column(Text("问题类型", "Problem type"), type_name),
        Column(Text("紧急程度", "Urgency"), lambda c: c.level_name),
        Column(Text("初步判断", "First judgement"), lambda c: c.first_judgement),
        Column(Text("责任人", "Responsible"), lambda c: c.owner or ""),
        Column(Text("记录人", "Recorded by"), lambda c: c.opened_by),
        Column(Text("记录时间", "Recorded at"), lambda c: c.created_at),
    )


def case_list(user: User) -> ListSpec:
    return ListSpec("cases", SORTS, tabs=tabs(user), filters=FILTERS, columns=columns())


def description_and_reach(case: Case) -> str:
    return " ".join(filter(None, (case.description or case.title, reach(case))))


def reach(case: Case) -> str:
    """How far it reaches, in words: extent, users, customers."""
    parts = [str(case.get_extent_display())] if case.extent else []
    if case.affected_users:
        parts.append(str(Text("{n} 个用户", "{n} users", n=case.affected_users)))
    if case.affected_customers:
        parts.append(str(Text("{n} 个客户", "{n} customers", n=case.affected_customers)))
    return " · ".join(parts)


def type_name(case: Case) -> str:
    """The type by which this kind of case is sorted, else any that is chosen."""
    names = (*case_choices.NEEDED_TYPE[case.kind], "technical_type", "problem_type", "requirement_type")
    return next((str(getattr(case, f"get_{n}_display")()) for n in names if getattr(case, n)), "")
