"""The pool of requirements as a list: what it filters, sorts, shows and exports."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from bihuan.core.lists import ALL, ChoiceFilter, Column, LinkFilter, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.requirements import requirement_choices
from bihuan.requirements.flow import FLOW, OPEN
from bihuan.requirements.models import Requirement
from bihuan.requirements.pool import to_review
from bihuan.requirements.requirement_ranking import ORDER

IS_OPEN = Q(status__in=OPEN)
SORTS = {"place": (Text("名次", "Place"), (*ORDER, "id")), "new": (Text("最新", "Newest"), ("-id",))}
SCORES = {str(n): Text(f"{n} 分", str(n)) for n in range(1, 6)}

FILTERS = (
    TextFilter("q", Text("编号、需求、客户", "Number, requirement, customer"), ("number", "title", "customer__name")),
    ChoiceFilter("status", Text("状态", "State"), {s.code: s.name for s in FLOW.states}),
    ChoiceFilter("klass", Text("类型", "Type"), requirement_choices.CLASSES),
    ChoiceFilter("value", Text("价值", "Value"), SCORES),
    ChoiceFilter("urgency", Text("紧急度", "Urgency"), SCORES),
    LinkFilter("iteration", Text("一个迭代", "One iteration"), lambda v: Q(iteration=int(v) if v.isdecimal() else 0)),
    LinkFilter("month", Text("一个月", "One month"), lambda v: Q(pool=v)),
)


def tabs() -> tuple[Tab, ...]:
    """The parts of the pool."""
    return (
        Tab("pool", Text("需求池", "Requirement pool"), IS_OPEN),
        Tab("first", Text("优先安排", "Do first"), IS_OPEN & Q(disposition="first")),
        Tab("iteration", Text("迭代计划", "Iteration plan"), IS_OPEN & Q(disposition="iteration")),
        Tab("relief", Text("临时缓解", "Relief"), IS_OPEN & Q(disposition="relief")),
        Tab("month", Text("月度计划", "Monthly plan"), IS_OPEN & Q(disposition="month_pool")),
        Tab("review", Text("待月初评审", "Monthly review due"), to_review()),
        Tab("unplaced", Text("未安排", "Not placed"), IS_OPEN & Q(disposition="")),
        Tab("pseudo", Text("伪需求", "Not a real need"), Q(status="pseudo")),
        Tab("done", Text("已交付", "Delivered"), Q(status="delivered")),
        ALL,
    )


def class_name(row: Requirement) -> str:
    return str(row.get_klass_display()) if row.klass else ""


def grade(row: Requirement) -> Any:
    """ "高价值-高紧急度": the level by value and urgency."""
    scores = row.scores.filter(code="value_urgency", effective=True).select_related("scheme")
    return next((one.level_name for one in scores), "")


def scored(row: Requirement, what: str) -> str:
    """ "4（提升效率）": the score with its reason, as the sheet writes it (S2-44)."""
    value = getattr(row, what)
    score = row.scores.filter(code="value_urgency", effective=True).first()
    why = score.reasons.get(what, "") if score else ""
    return "" if value is None else f"{value}（{why}）" if why else str(value)


def placed(row: Requirement) -> str:
    where = str(requirement_choices.DISPOSITIONS.get(row.disposition, ""))
    return " ".join(filter(None, (where, row.pool, str(row.iteration or ""), row.verdict)))


# 需求优先级评估表: its seven headings in their order (S2-43).
COLUMNS = (
    Column(Text("需求编号", "Number"), lambda r: r.number),
    Column(Text("需求描述", "Description"), lambda r: r.title if not r.description else f"{r.title}：{r.description}"),
    Column(Text("需求类型", "Class"), class_name),
    Column(Text("价值评分(1-5)", "Value (1-5)"), lambda r: scored(r, "value")),
    Column(Text("紧急度评分(1-5)", "Urgency (1-5)"), lambda r: scored(r, "urgency")),
    Column(Text("优先级分类", "Priority"), grade),
    Column(Text("备注", "Note"), placed),
)


def requirement_list() -> ListSpec:
    """For rows that are ranked by one of the ordering schemes."""
    return ListSpec("requirements", SORTS, tabs=tabs(), filters=FILTERS, columns=COLUMNS)
