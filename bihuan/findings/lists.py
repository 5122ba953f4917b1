"""The list of problems: tabs, filters, sort orders and columns of the export."""

from __future__ import annotations

from django.db.models import Q

from bihuan.core.lists import ALL, ChoiceFilter, Column, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.feedback import feedback_choices

SORTS = {
    "size": (Text("反馈最多", "Most feedback"), ("-size", "id")),
    "new": (Text("最近出现", "Last seen"), ("-last_at", "-id")),
    "first": (Text("最新发现", "Found last"), ("-id",)),
}
TABS = (
    Tab("active", Text("现有问题", "Problems"), Q(status__in=("proposed", "confirmed"))),
    Tab("proposed", Text("待确认", "To be confirmed"), Q(status="proposed")),
    Tab("confirmed", Text("已确认", "Confirmed"), Q(status="confirmed")),
    Tab("dismissed", Text("不作为问题", "Set aside"), Q(status="dismissed")),
    ALL,
)
FILTERS = (
    TextFilter("q", Text("编号、名称", "Number, name"), ("number", "title")),
    ChoiceFilter("scope", Text("影响范围", "Scope"), feedback_choices.SCOPES),
)
COLUMNS = (
    Column(Text("编号", "Number"), lambda problem: problem.number),
    Column(Text("问题", "Problem"), lambda problem: problem.title),
    Column(Text("状态", "State"), lambda problem: problem.state.name),
    Column(Text("影响范围", "Scope"), lambda problem: feedback_choices.SCOPES.get(problem.scope, "")),
    Column(Text("反馈数", "Feedback items"), lambda problem: problem.size),
    Column(Text("首次", "First seen"), lambda problem: problem.first_at),
    Column(Text("最近", "Last seen"), lambda problem: problem.last_at),
    Column(Text("关键词", "Keywords"), lambda problem: "、".join(problem.keywords)),
)
PROBLEMS = ListSpec("problems", SORTS, tabs=TABS, filters=FILTERS, columns=COLUMNS)
