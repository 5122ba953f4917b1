"""Pages of the customer's feedback item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from bihuan.audit import attachments, timeline
from bihuan.cases.contact_access import works_for
from bihuan.cases.models import Case
from bihuan.core.compiled_query import CompiledQuery
from bihuan.core.lists import ALL, ChoiceFilter, Column, DateFilter, Filter, LinkFilter, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.feedback import completeness, feedback_choices, personal_data
from bihuan.feedback.column_mapping import FIELD_NAMES
from bihuan.feedback.flow import FLOW
from bihuan.feedback.models import Feedback
from bihuan.findings import feedback_frame
from bihuan.people.models import User
from bihuan.reports.report_queries import COUNTED, blank
from bihuan.web.access import Request, load, needs
from bihuan.web.label_panel import panel
from bihuan.web.tables import Listing

SORTS = {
    "new": (Text("最新收到", "Newest"), ("-received_at", "-id")),
    "old": (Text("最早收到", "Oldest"), ("received_at", "id")),
    "due": (Text("外部期限最近", "External deadline"), ("external_due", "-id")),
}
FILTERS: tuple[Filter, ...] = (
    TextFilter(
        "q",
        Text("编号、外部编号、客户", "Number, external number, customer"),
        ("number", "external_no", "customer__name", "customer__account"),
    ),
    ChoiceFilter("channel", Text("渠道", "Channel"), feedback_choices.CHANNELS),
    ChoiceFilter("nature", Text("性质", "Kind"), feedback_choices.NATURES),
    ChoiceFilter("type", Text("问题类型", "Problem type"), feedback_choices.PROBLEM_TYPES, "problem_type"),
    ChoiceFilter("urgency", Text("紧急程度", "Urgency"), feedback_choices.URGENCIES),
    ChoiceFilter("sentiment", Text("情绪", "Mood"), feedback_choices.SENTIMENTS),
    ChoiceFilter("status", Text("状态", "State"), {s.code: s.name for s in FLOW.states}),
    TextFilter("product", Text("产品", "Product"), ("product",)),
    DateFilter("from", Text("自", "From"), "received_at"),
    DateFilter("to", Text("至", "To"), "received_at", until=True),
    ChoiceFilter("scope", Text("影响范围", "Scope"), feedback_choices.SCOPES),
    LinkFilter("counted", Text("周报口径", "As reports count"), lambda value: COUNTED),
    LinkFilter("blank", Text("未标注", "Not labelled"), blank),
    LinkFilter("product_is", Text("一个产品", "One product"), lambda value: Q(product=value)),
    LinkFilter("team", Text("一个小组", "One team"), lambda value: Q(team=_whole(value))),
    LinkFilter("incomplete", Text("信息不全", "Incomplete"), lambda value: completeness.INCOMPLETE),
    LinkFilter("batch", Text("一次导入", "One import"), lambda value: Q(import_batch=_whole(value))),
    LinkFilter(
        "unread",
        Text("有看不懂的格子", "Cells not understood"),
        lambda value: Q(extra__has_key="unread"),
    ),
    LinkFilter("kept", Text("撤销后保留", "Kept after undo"), lambda value: ~Q(status="withdrawn")),
    LinkFilter("seems", Text("一类问题(含建议)", "One type (or suggested)"), feedback_frame.seems),
    *(
        LinkFilter(f"{name}_is", title, lambda value, name=name: feedback_frame.narrowed([(name, value)]))  # type: ignore[misc]
        for name, title in feedback_frame.TITLES.items()
        if name != "product"
    ),
    LinkFilter("problem", Text("一个问题", "One problem"), lambda value: Q(member__problem=_whole(value))),
    LinkFilter("finding", Text("一条发现", "One finding"), lambda value: Q(findings=_whole(value))),
    LinkFilter("customer", Text("一位客户", "One customer"), lambda value: Q(customer=_whole(value))),
)


def _whole(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 18 else 0


def _name(value: str, names: Mapping[str, Text]) -> Text | str:
    return names.get(value, value)


def _labels(feedback: Feedback) -> str:
    kept = (
        (feedback.problem_type, feedback_choices.PROBLEM_TYPES),
        (feedback.scope, feedback_choices.SCOPES),
        (feedback.urgency, feedback_choices.URGENCIES),
    )
    return "、".join(str(_name(v, names)) for v, names in kept if v)


COLUMNS: tuple[Column, ...] = (
    Column(Text("编号", "Number"), lambda v: v.number),
    Column(Text("时间", "Time"), lambda v: v.received_at),
    Column(Text("客户", "Customer"), lambda v: v.customer),
    Column(Text("客户类型", "Customer type"), lambda v: _name(v.customer_type, feedback_choices.CUSTOMER_TYPES)),
    Column(Text("联系方式", "Contact"), lambda v: v.contact and v.contact.masked),
    Column(Text("反馈渠道", "Channel"), lambda v: _name(v.channel, feedback_choices.CHANNELS)),
    Column(Text("问题描述", "Problem description"), lambda v: personal_data.hidden(v.text)),
    Column(Text("客户诉求", "Customer's demand"), lambda v: personal_data.hidden(v.demand)),
    Column(Text("情绪倾向", "Mood"), lambda v: _name(v.sentiment, feedback_choices.SENTIMENTS)),
    Column(Text("处理人初步判断", "Handler's first judgement"), lambda v: personal_data.hidden(v.first_judgement)),
    Column(Text("标签", "Labels"), _labels),
    Column(Text("处理人", "Handler"), lambda v: v.labelled_by or v.recorder),
    Column(Text("状态", "State"), lambda v: v.state.name),
    Column(Text("产品", "Product"), lambda v: v.product),
    Column(Text("外部编号", "External number"), lambda v: v.external_no),
    Column(Text("外部期限", "External deadline"), lambda v: v.external_due),
)


# What a line of the page shows, and what not even the export does: a long list is not slowed by what nobody sees.
LINE = (
    "number", "text", "external_due", "channel", "urgency", "problem_type", "status", "received_at",
    "customer__name", "customer__account", "customer__number", "contact__masked", "merged_into__number",
)  # fmt: skip
UNSHOWN = ("suggested", "environment", "tried", "extra")


def tabs(user: User) -> tuple[Tab, ...]:
    return (
        ALL,
        Tab("untriaged", Text("待分类", "To triage"), Q(status="new")),
        Tab("mine", Text("我记录的", "Mine"), Q(recorder=user.actor_id)),
        Tab("cases", Text("已转事项", "In a case"), Q(status="linked")),
        Tab("merged", Text("已合并", "Merged"), Q(status="merged")),
        Tab("closed", Text("已答复或无效", "Answered or invalid"), Q(status__in=("answered", "void"))),
    )


@needs("see.business")
def index(request: Request) -> HttpResponseBase:
    rows = Feedback.objects.visible_to(request.user)
    if "export" in request.GET:
        rows = rows.select_related("customer", "contact", "recorder", "labelled_by").defer(*UNSHOWN)
    else:
        rows = rows.select_related("customer", "contact", "merged_into").only(*LINE)
    found = Listing(
        request,
        rows,
        ListSpec(tabs=tabs(request.user), filters=FILTERS, sorts=SORTS, columns=COLUMNS, name="feedback"),
    )
    return found.export() or render(request, "web/feedback/index.html", {"list": found, "words": feedback_choices})


@needs("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, load(request, Feedback, pk=pk))


def page(request: Request, feedback: Feedback, status: int = 200, **forms: Any) -> HttpResponse:
    """The feedback item's page; ``forms`` are those that were refused, shown open with what was typed."""
    return render(
        request,
        "web/feedback/page.html",
        {
            "feedback": feedback,
            "said": feedback.shown_to(request.user),
            "case": next(iter(_cases.fetch(feedback.pk)), None),
            "percent": completeness.percent(feedback),
            "missing": completeness.missing(feedback),
            "files": attachments.of(feedback),
            "personal": feedback.contact_id is None and any(one.contact for one in personal_data.found(feedback.text)),
            "assigned": feedback.contact is not None and works_for(request.user, feedback.contact),
            "moves": {m.name for m in FLOW.open_moves(feedback)},
            "written": _written(feedback),
            "timeline": timeline.entries([feedback.timeline]),
            "words": feedback_choices,
            **panel(request, feedback),
            **forms,
        },
        status=status,
    )


def _written(feedback: Feedback) -> list[tuple[Text, str]]:
    """Cells of the sheet it came by that were not understood, or read by a remembered word, as they stood."""
    kept = feedback.extra.get("unread", {}) | feedback.extra.get("written", {})
    return [(FIELD_NAMES[name], personal_data.hidden(cell)) for name, cell in kept.items() if name in FIELD_NAMES]


@CompiledQuery
def _cases(feedback: int) -> QuerySet[Case]:
    return Case.objects.filter(links__feedback=feedback).only("number", "title", "status")
