"""Each role's day: what it is there to do, as numbers that open the very list they count.

A package adds its cards to CARDS, one line each: title, roles, list, query. A number and its list are narrowed by the
same conditions, so they cannot differ. Source: practice notes 13.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.expressions import OrderBy
from django.urls import reverse

from bihuan.audit import lists as audit_lists
from bihuan.audit.models import Event
from bihuan.cases import deadline_lists, open_deadlines
from bihuan.cases import lists as case_lists
from bihuan.cases.models import Case
from bihuan.core.lists import Filter, Tab, condition
from bihuan.core.text import Text
from bihuan.execution import customer_update_lists
from bihuan.execution import lists as task_lists
from bihuan.execution.case_tasks import awaiting_customer_update
from bihuan.feedback.lists import FEEDBACK_FILTERS, FEEDBACK_SORTS, feedback_tabs
from bihuan.feedback.models import Feedback
from bihuan.followup import lists as followup_lists
from bihuan.knowledge import lists as article_lists
from bihuan.knowledge.models import Article
from bihuan.people.lists import PEOPLE
from bihuan.people.models import User
from bihuan.plans import lists as approval_lists
from bihuan.plans.models import Plan
from bihuan.requirements import lists as requirement_lists
from bihuan.requirements.models import Requirement

NEWEST = 5


@dataclass(frozen=True)
class Card:
    """``query`` of the list page ``place``; the value "me" stands for the reader. ``lines``: also show the first rows."""

    title: Text
    roles: frozenset[str]
    place: str
    query: tuple[tuple[str, str], ...]
    bad: bool = False
    lines: bool = False

    @property
    def whose(self) -> str:
        return dict(self.query).get("whose", "")


@dataclass(frozen=True)
class Shown:
    title: Text
    place: str
    href: str
    count: int
    bad: bool
    rows: list[Any] | None


@dataclass(frozen=True)
class List:
    """A list page as a card sees it: the rows behind it, its parts, filters and order, and what a line shows of a row.

    ``rows`` takes the reader and the card's ``whose``, for lists of one's own, one's team's or everybody's.
    """

    rows: Callable[[User, str], QuerySet[Any]]
    tabs: Callable[[User], tuple[Tab, ...]]
    filters: tuple[Filter, ...]
    order: tuple[str | OrderBy, ...]
    line: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


LISTS: dict[str, List] = {
    "approvals:list": List(
        lambda user, whose: Plan.objects.visible_to(user),
        approval_lists.tabs,
        (),
        approval_lists.SORTS["old"][1],
        ("status", "budget", "case__title"),
        ("case",),
    ),
    "articles:list": List(
        lambda user, whose: Article.objects.visible_to(user),
        lambda user: article_lists.tabs(),
        article_lists.FILTERS,
        article_lists.SORTS["new"][1],
        ("title", "status", "updated_at"),
    ),
    "cases:list": List(
        lambda user, whose: Case.objects.visible_to(user),
        case_lists.tabs,
        case_lists.FILTERS,
        case_lists.SORTS["due"][1],
        (
            "title",
            "status",
            "rank",
            "level",
            "level_names",
            "next_due",
            "next_milestone",
            "next_provisional",
            "paused_since",
        ),
    ),
    "deadlines:due": List(
        lambda user, whose: open_deadlines.open_deadlines(user),
        deadline_lists.due_tabs,
        deadline_lists.DUE_FILTERS,
        deadline_lists.DUE_SORTS["due"][1],
    ),
    "feedback:list": List(
        lambda user, whose: Feedback.objects.visible_to(user),
        feedback_tabs,
        FEEDBACK_FILTERS,
        FEEDBACK_SORTS["old"][1],
        ("text", "received_at", "customer__name", "customer__account", "customer__number"),
        ("customer",),
    ),
    "audit:list": List(
        lambda user, whose: Event.objects.visible_to(user).select_related("actor"),
        lambda user: audit_lists.TABS,
        audit_lists.FILTERS,
        audit_lists.SORTS["new"][1],
    ),
    "people:list": List(
        lambda user, whose: User.objects.all(),
        lambda user: PEOPLE.tabs,
        PEOPLE.filters,
        PEOPLE.sorts["name"][1],
    ),
    "customer_updates:results": List(
        lambda user, whose: customer_update_lists.result_rows(user),
        lambda user: customer_update_lists.RESULT_TABS,
        (),
        customer_update_lists.RESULT_SORTS["old"][1],
    ),
    "customer_updates:list": List(
        lambda user, whose: awaiting_customer_update(user),
        lambda user: customer_update_lists.progress_tabs(),
        (),
        customer_update_lists.PROGRESS_SORTS["due"][1],
    ),
    "requirements:list": List(
        lambda user, whose: Requirement.objects.visible_to(user),
        lambda user: requirement_lists.tabs(),
        requirement_lists.FILTERS,
        ("pool", "id"),
    ),
    "followup:list": List(
        lambda user, whose: followup_lists.followup_rows(user),
        lambda user: followup_lists.tabs(),
        (),
        followup_lists.SORTS["due"][1],
    ),
    "tasks:list": List(
        task_lists.task_rows,
        lambda user: task_lists.tabs(),
        (),
        task_lists.SORTS["due"][1],
    ),
}
"""The list pages that cards open. A page's own conditions are used, so a number and its list cannot differ."""


def _card(title: Text, roles: str, place: str, bad: bool = False, lines: bool = False, **query: str) -> Card:
    return Card(title, frozenset(roles.split()), place, tuple(query.items()), bad, lines)


CARDS: tuple[Card, ...] = (
    _card(Text("待我审批", "Waiting for my approval"), "director leader", "approvals:list", view="waiting", lines=True),
    _card(Text("我的超时", "My overdue"), "agent engineer", "cases:list", view="overdue", owner="me", bad=True, lines=True),
    _card(Text("我的今明到期", "Mine due in 24 h"), "agent engineer", "cases:list", view="soon", owner="me", lines=True),
    _card(Text("我负责的", "Mine"), "agent engineer project_manager business_owner", "cases:list", view="mine", lines=True),
    _card(Text("待分类反馈", "Feedback to triage"), "agent supervisor operations_manager", "feedback:list", view="untriaged", lines=True),
    _card(Text("我记录的反馈", "Feedback I recorded"), "agent", "feedback:list", view="mine"),
    _card(Text("待认领", "No owner yet"), "supervisor tech_lead project_manager", "cases:list", view="unassigned", lines=True),
    _card(Text("已超时", "Overdue"), "supervisor tech_lead project_manager director business_owner product_manager operations_manager", "cases:list", view="overdue", bad=True, lines=True),
    _card(Text("时限：接下来", "Deadlines to come"), "supervisor director", "deadlines:due", view="next"),
    _card(Text("时限：已超时", "Deadlines overdue"), "supervisor director", "deadlines:due", view="overdue", bad=True),
    _card(Text("24 小时内到期", "Due in 24 h"), "supervisor tech_lead project_manager director", "cases:list", view="soon", lines=True),
    _card(Text("本组进行中", "My team's open cases"), "supervisor", "cases:list", view="team"),
    _card(Text("挂起中", "Paused"), "supervisor agent project_manager", "cases:list", view="paused"),
    _card(Text("最高级事项", "Highest level"), "tech_lead director leader supervisor", "cases:list", view="open", rank="1", bad=True, lines=True),
    _card(Text("P1 与同级", "Second level"), "tech_lead", "cases:list", view="open", rank="2", lines=True),
    _card(Text("需求池", "Requirement pool"), "product_manager business_owner", "cases:list", view="open", kind="requirement", sort="rank", lines=True),
    _card(Text("进入迭代", "Into the iteration"), "product_manager", "cases:list", view="open", disposition="iteration", lines=True),
    _card(Text("按排期处理", "By schedule"), "product_manager", "cases:list", view="open", disposition="scheduled"),
    _card(Text("月度优化计划", "Monthly plan"), "operations_manager", "cases:list", view="open", disposition="month_pool", lines=True),
    _card(Text("待月初评审的需求", "Requirements for the monthly review"), "product_manager operations_manager business_owner", "requirements:list", view="review", bad=True),
    _card(Text("流程优化", "Improvements"), "operations_manager", "cases:list", view="open", kind="improvement"),
    _card(Text("投诉", "Complaints"), "operations_manager director leader", "cases:list", view="open", kind="complaint", lines=True),
    _card(Text("诊断中", "In diagnosis"), "engineer tech_lead", "cases:list", view="open", status="diagnosing"),
    _card(Text("方案中", "Planning"), "product_manager project_manager director", "cases:list", view="open", status="planning"),
    _card(Text("执行中", "In progress"), "project_manager tech_lead operations_manager leader", "cases:list", view="open", status="executing"),
    _card(Text("我的任务", "My tasks"), "agent engineer tech_lead project_manager product_manager operations_manager", "tasks:list", view="open", lines=True),
    _card(Text("我今天没更新的", "My tasks without today's entry"), "agent engineer tech_lead", "tasks:list", view="today", bad=True),
    _card(Text("受阻的任务", "Blocked tasks"), "supervisor tech_lead project_manager product_manager operations_manager business_owner", "tasks:list", whose="all", view="blocked", bad=True, lines=True),
    _card(Text("今天没更新的任务", "Tasks without today's entry"), "supervisor project_manager", "tasks:list", whose="all", view="today"),
    _card(Text("待回访", "Follow-up call due"), "agent supervisor", "followup:list", view="waiting", lines=True),
    _card(Text("回访超期", "Follow-up calls overdue"), "agent supervisor", "followup:list", view="overdue", bad=True),
    _card(Text("本周该告知进展", "Progress updates this week"), "agent supervisor", "customer_updates:list", view="week", lines=True),
    _card(Text("待告知结果", "Results to report"), "agent supervisor", "customer_updates:results", view="waiting"),
    _card(Text("待评估", "Evaluation due"), "operations_manager business_owner", "cases:list", view="open", status="evaluating"),
    _card(Text("待审知识", "Articles to review"), "supervisor tech_lead product_manager", "articles:list", view="review", lines=True),
    _card(Text("知识复核到期", "Articles due for a look"), "supervisor tech_lead product_manager", "articles:list", view="overdue"),
    _card(Text("知识草稿", "Article drafts"), "engineer operations_manager", "articles:list", view="drafts"),
    _card(Text("在用账号", "Active accounts"), "admin", "people:list", view="active"),
    _card(Text("停用账号", "Disabled accounts"), "admin", "people:list", view="disabled"),
    _card(Text("近 7 天查看联系方式", "Contacts seen in 7 days"), "auditor", "audit:list", view="reveals", days="7", lines=True),
    _card(Text("近 7 天导出", "Exports in 7 days"), "auditor", "audit:list", view="exports", days="7", lines=True),
    _card(Text("近 7 天账号与权限", "Accounts and roles in 7 days"), "auditor", "audit:list", view="people", days="7", lines=True),
    _card(Text("近 7 天改规则", "Rules changed in 7 days"), "auditor", "audit:list", view="rules", days="7", lines=True),
    _card(Text("今天的操作", "What was done today"), "auditor", "audit:list", days="1"),
    _card(Text("全部进行中", "All open"), "director leader business_owner", "cases:list", view="open"),
    _card(Text("已结束", "Closed"), "director leader", "cases:list", view="archived"),
)  # fmt: skip

ACTS: tuple[tuple[str, Text, str, str], ...] = (
    ("feedback:new", Text("记一条反馈", "Record feedback"), "plus", "feedback.record"),
    ("triage:queue", Text("去分类", "Triage"), "tags", "feedback.triage"),
    ("daily_close:today", Text("日清", "Daily close"), "check", "daily.close"),
    ("reports:list", Text("周报", "Weekly report"), "chart", "report.see"),
    ("people:list", Text("人员与角色", "People and roles"), "users", "setup.edit"),
    ("audit:list", Text("查操作日志", "Read the audit log"), "shield", "audit.read"),
)
"""What a person begins rather than works off: page, title, icon, capability."""


def dashboard_cards(user: User) -> list[Shown]:
    """The cards of this person's roles: one query counts those of a list, and one reads each card that shows lines."""
    mine = [card for card in CARDS if card.roles & user.roles]
    found: dict[Card, Shown] = {}
    for place, whose in {(card.place, card.whose) for card in mine}:
        rows = LISTS[place].rows(user, whose)
        found |= _shown(user, rows, [card for card in mine if (card.place, card.whose) == (place, whose)])
    return [found[card] for card in mine]


def acts(user: User) -> list[tuple[str, Text, str]]:
    return [(reverse(name), title, icon) for name, title, icon, need in ACTS if user.can(need)]


def _shown(user: User, rows: QuerySet[Any], cards: list[Card]) -> dict[Card, Shown]:
    """Cards of one list with their counts and lines."""
    place = LISTS[cards[0].place]
    queries = [_query(card, user) for card in cards]
    tabs = place.tabs(user)
    wheres = [condition(query, tabs, place.filters) for query in queries]
    counted = rows.order_by().aggregate(**{f"n{i}": Count("pk", filter=where) for i, where in enumerate(wheres)})
    return {
        card: Shown(
            card.title,
            card.place,
            f"{reverse(card.place)}?{urlencode(query)}",
            counted[f"n{i}"],
            card.bad,
            _lines(rows.filter(where), place) if card.lines else None,
        )
        for i, (card, query, where) in enumerate(zip(cards, queries, wheres, strict=True))
    }


def _lines(rows: QuerySet[Any], place: List) -> list[Any]:
    rows = rows.order_by(*place.order)
    rows = rows.select_related(*place.also) if place.also else rows
    return list((rows.only(*place.line) if place.line else rows)[:NEWEST])


def _query(card: Card, user: User) -> dict[str, str]:
    return {k: str(user.pk) if v == "me" else v for k, v in card.query}
