"""Each role's day: what it is there to do, as numbers that open the very list they count.

A room adds its cards to CARDS, one line each: title, roles, list, query. A number and its list are narrowed by the
same conditions, so they cannot differ. Source: practice notes 13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.core.text import Text, both
from bihuan.feedback.models import Feedback
from bihuan.people.models import User
from bihuan.web import approvals, cases, execution, feedback, followup
from bihuan.web.tables import narrowed

Rows = Callable[[User, Mapping[str, str]], QuerySet[Any]]
NEWEST = 5


@dataclass(frozen=True)
class Card:
    """``query`` of the list page ``place``; the value "me" stands for the reader. ``lines``: also show the first rows."""

    title: Text
    roles: frozenset[str]
    place: str
    query: Mapping[str, str]
    bad: bool = False
    lines: bool = False


@dataclass(frozen=True)
class Shown:
    title: Text
    place: str
    href: str
    count: int
    bad: bool
    rows: list[Any] | None


def _cases(user: User, query: Mapping[str, str]) -> QuerySet[Any]:
    rows = narrowed(cases.visible(user), query, cases.views(user), cases.FILTERS)
    return rows.order_by(*cases.SORTS["due"][1])


def _feedback(user: User, query: Mapping[str, str]) -> QuerySet[Any]:
    rows = Feedback.objects.visible_to(user).select_related("customer")
    return narrowed(rows, query, feedback.views(user), feedback.FILTERS).order_by("received_at", "id")


def _approvals(user: User, query: Mapping[str, str]) -> QuerySet[Any]:
    return narrowed(approvals.visible(user), query, approvals.views(user), ()).order_by(*approvals.SORTS["old"][1])


def _tasks(user: User, query: Mapping[str, str]) -> QuerySet[Any]:
    rows = execution.visible(user, query.get("whose", ""))
    return narrowed(rows, query, execution.views(), ()).order_by(*execution.SORTS["due"][1])


def _revisits(user: User, query: Mapping[str, str]) -> QuerySet[Any]:
    return narrowed(followup.visible(user), query, followup.views(), ()).order_by(*followup.SORTS["due"][1])


LISTS: dict[str, Rows] = {
    "approvals": _approvals,
    "cases": _cases,
    "feedback": _feedback,
    "revisits": _revisits,
    "tasks": _tasks,
}
"""The rows of each list page, narrowed by a query as the page itself narrows them."""


def _card(title: Text, roles: str, place: str, bad: bool = False, lines: bool = False, **query: str) -> Card:
    return Card(title, frozenset(roles.split()), place, query, bad, lines)


CARDS: tuple[Card, ...] = (
    _card(both("待我审批", "Waiting for my decision"), "director leader", "approvals", view="waiting", lines=True),
    _card(both("我的超时", "My overdue"), "agent engineer", "cases", view="overdue", owner="me", bad=True, lines=True),
    _card(both("我的今明到期", "Mine due in 24 h"), "agent engineer", "cases", view="soon", owner="me", lines=True),
    _card(both("我负责的", "Mine"), "agent engineer project_manager business_owner", "cases", view="mine", lines=True),
    _card(both("待分类反馈", "Unsorted feedback"), "agent supervisor operations_manager", "feedback", view="unsorted", lines=True),
    _card(both("我记录的反馈", "Feedback I recorded"), "agent", "feedback", view="mine"),
    _card(both("待认领", "No owner yet"), "supervisor tech_lead project_manager", "cases", view="unassigned", lines=True),
    _card(both("已超时", "Overdue"), "supervisor tech_lead project_manager director business_owner product_manager operations_manager", "cases", view="overdue", bad=True, lines=True),
    _card(both("24 小时内到期", "Due in 24 h"), "supervisor tech_lead project_manager", "cases", view="soon", lines=True),
    _card(both("本组进行中", "My team's open cases"), "supervisor", "cases", view="team"),
    _card(both("挂起中", "Waiting"), "supervisor agent project_manager", "cases", view="waiting"),
    _card(both("最高级事项", "Highest level"), "tech_lead director leader supervisor", "cases", view="open", rank="1", bad=True, lines=True),
    _card(both("P1 与同级", "Second level"), "tech_lead", "cases", view="open", rank="2", lines=True),
    _card(both("需求池", "Requirement pool"), "product_manager business_owner", "cases", view="open", kind="requirement", sort="rank", lines=True),
    _card(both("进入迭代", "Into the iteration"), "product_manager", "cases", view="open", disposition="iteration", lines=True),
    _card(both("按排期处理", "By schedule"), "product_manager", "cases", view="open", disposition="scheduled"),
    _card(both("月度优化计划", "Monthly plan"), "operations_manager", "cases", view="open", disposition="month_pool", lines=True),
    _card(both("流程优化", "Improvements"), "operations_manager", "cases", view="open", kind="improvement"),
    _card(both("投诉", "Complaints"), "operations_manager director leader", "cases", view="open", kind="complaint", lines=True),
    _card(both("诊断中", "In diagnosis"), "engineer tech_lead", "cases", view="open", status="diagnosing"),
    _card(both("方案中", "Planning"), "product_manager project_manager director", "cases", view="open", status="planning"),
    _card(both("执行中", "In work"), "project_manager tech_lead operations_manager leader", "cases", view="open", status="executing"),
    _card(both("我的任务", "My tasks"), "agent engineer tech_lead project_manager product_manager operations_manager", "tasks", view="open", lines=True),
    _card(both("我今天没更新的", "My tasks without today's entry"), "agent engineer tech_lead", "tasks", view="today", bad=True),
    _card(both("受阻的任务", "Blocked tasks"), "supervisor tech_lead project_manager", "tasks", whose="all", view="blocked", bad=True, lines=True),
    _card(both("今天没更新的任务", "Tasks without today's entry"), "supervisor project_manager", "tasks", whose="all", view="today"),
    _card(both("待回访", "Revisits due"), "agent supervisor", "revisits", view="waiting", lines=True),
    _card(both("回访超期", "Revisits overdue"), "agent supervisor", "revisits", view="overdue", bad=True),
    _card(both("待评估", "Evaluation due"), "operations_manager business_owner", "cases", view="open", status="evaluating"),
    _card(both("全部进行中", "All open"), "director leader business_owner", "cases", view="open"),
    _card(both("已结束", "Closed"), "director leader", "cases", view="archived"),
)  # fmt: skip

ACTS: tuple[tuple[str, Text, str, str], ...] = (
    ("feedback_new", both("记一条反馈", "Record feedback"), "plus", "feedback.record"),
    ("sorting", both("去分类", "Sort"), "tags", "feedback.sort"),
    ("daily_close", both("日清", "Daily close"), "check", "daily.close"),
    ("people", both("人员与角色", "People and roles"), "users", "setup.edit"),
)
"""What a person begins rather than works off: page, title, icon, capability."""


def desk(user: User) -> list[Shown]:
    """The cards of this person's roles, counted; two queries a card at most, whatever the number of rows."""
    return [_shown(card, user) for card in CARDS if card.roles & user.roles]


def acts(user: User) -> list[tuple[str, Text, str]]:
    return [(reverse(name), title, icon) for name, title, icon, need in ACTS if user.can(need)]


def _shown(card: Card, user: User) -> Shown:
    query = {k: str(user.pk) if v == "me" else v for k, v in card.query.items()}
    rows = LISTS[card.place](user, query)
    count = rows.order_by().count()
    href = f"{reverse(card.place)}?{urlencode(query)}"
    return Shown(card.title, card.place, href, count, card.bad, list(rows[:NEWEST]) if card.lines else None)
