"""The list of cases and the overview of one."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.http import HttpResponse
from django.shortcuts import render

from bihuan.audit import attachments, timeline
from bihuan.cases import case_choices
from bihuan.cases.flow import CLOSED, FLOW
from bihuan.cases.forms import CommunicationForm, FileForm
from bihuan.cases.models import Case
from bihuan.cases.open_deadlines import CASE_RUNS
from bihuan.core import clock
from bihuan.core.forms import Form
from bihuan.core.lists import ALL, ChoiceFilter, Column, DateFilter, LinkFilter, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.diagnosis.models import Analysis
from bihuan.people.models import User
from bihuan.reports.report_queries import archived
from bihuan.web import case_queries
from bihuan.web.access import Request, load, requires
from bihuan.web.case_deadlines import deadlines_of, preview, totals
from bihuan.web.case_layout import frame
from bihuan.web.case_sidebar import beside
from bihuan.web.tables import Listing

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
    LinkFilter("archived", Text("这段时间归档", "Archived in a period"), archived),
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


@requires("see.business")
def index(request: Request) -> Any:
    rows = Case.objects.visible_to(request.user)
    if "export" in request.GET:
        rows = rows.select_related("customer", "contact", "owner", "team", "opened_by")
    else:
        rows = rows.select_related("customer", "owner").only(*LINE)
    table = Listing(
        request,
        rows,
        ListSpec(tabs=tabs(request.user), filters=FILTERS, sorts=SORTS, columns=columns(), name="cases"),
    )
    return table.export() or render(request, "web/cases/index.html", {"list": table, "now": clock.now()})


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


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    return overview(request, load(request, Case, pk=pk))


def overview(request: Request, case: Case, tried: dict[str, Form] | None = None) -> HttpResponse:
    """The whole first page of a case; ``tried`` holds a form that was refused, with what was typed."""
    analysis = next(iter(case_queries.analyses.fetch(case.pk, case.round)), None)
    deadlines, earlier = deadlines_of(case)
    wait = next((one for one in case.pauses.all() if one.end is None), None)
    context = frame(case, request.user, "cases:detail") | {
        "essence": essence(case, analysis),
        "reach": reach(case),
        "deadlines": deadlines,
        "earlier_deadlines": earlier,
        "totals": totals(case, [*deadlines, *earlier]),
        "demands": case_queries.demands(case),
        "assessment": case_queries.assessment(case),
        "feedback_items": case_queries.feedback_items.fetch(case.pk),
        "communications": case_queries.communications.fetch(case.pk),
        "collaborators": [*case_queries.collaborators.fetch(case.pk), *case_queries.teams.fetch(case.pk)],
        "files": attachments.list_for(case),
        "timeline": timeline.entries([case.timeline], newest=60),
        "events": events(case),
        "type_name": type_name(case),
        "closed": case.status in CLOSED,
        "communication_form": CommunicationForm(),
        "file_form": FileForm(),
        "wait": wait,
        "if_resumed": preview(deadlines, wait) if wait else [],
        **beside(case, request.user),
    }
    return render(request, "web/cases/page.html", context | (tried or {}), status=422 if tried else 200)


def essence(case: Case, analysis: Analysis | None) -> Text | str:
    """What it really is: the proven root, else the conclusion, else the first judgement."""
    if analysis is not None:
        roots = case_queries.proven_roots.fetch(analysis.pk)
        if roots or analysis.conclusion:
            return roots[0].text if roots else analysis.conclusion
    return case.first_judgement or Text("还没有查清，待诊断", "Not known yet; diagnosis to come")


SHOWN = (
    "channel", "occurred_at", "error_text", "frequency", "product", "app_version", "system", "first_judgement",
    "workaround", "requirement_type", "requirement_class", "technical_type", "problem_type", "expected_effect",
    "expected_by", "disposition", "pool", "planned_for",
)  # fmt: skip


def events(case: Case) -> list[tuple[Any, str, Any]]:
    """Label, field name and shown value of every field that is filled."""
    found = []
    for name in SHOWN:
        value = getattr(case, name)
        if value not in (None, "", []):
            named = getattr(case, f"get_{name}_display", None)
            found.append((LABELS[name], name, named() if named else value))
    return found


LABELS: dict[str, Text] = {
    "channel": Text("问题来源", "Source"),
    "occurred_at": Text("发生时间", "Happened at"),
    "error_text": Text("错误提示", "Error message"),
    "frequency": Text("出现频率", "Frequency"),
    "product": Text("产品", "Product"),
    "app_version": Text("版本", "Version"),
    "system": Text("环境", "Environment"),
    "first_judgement": Text("初步判断", "First judgement"),
    "workaround": Text("临时规避办法", "Workaround"),
    "requirement_type": Text("需求性质", "Kind of requirement"),
    "requirement_class": Text("需求分类", "Requirement class"),
    "technical_type": Text("技术类型", "Technical type"),
    "problem_type": Text("问题类型", "Problem type"),
    "expected_effect": Text("期望效果", "Wished effect"),
    "expected_by": Text("期望完成", "Wished by"),
    "disposition": Text("安排", "Disposition"),
    "pool": Text("计划", "Plan"),
    "planned_for": Text("排期", "Schedule"),
}
