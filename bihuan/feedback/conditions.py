"""Which feedback counts, and other conditions that lists, analyses and reports share, so that a number and the list it
leads to cannot differ."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from bihuan.core.text import Text

VALID = ~Q(status__in=("void", "withdrawn"))
ANALYZED = VALID & Q(suggested__noise__isnull=True)
"""Feedback items the engine counts: what is invalid or says nothing is not one; a repeat is (its customer counts once)."""
COUNTED = ~Q(status__in=("void", "merged", "withdrawn"))
"""Feedback items a report counts: not invalid, not a repeat merged into another, not withdrawn with its import."""
SCENARIO_COLUMNS = {
    "channel": "channel",
    "customer_type": "customer_type",
    "product": "product",
    "version": "app_version",
    "system": "system",
    "region": "region",
    "batch": "batch",
}
"""What a scenario consists of: the engine's name → the column of ``Feedback``."""
SCENARIO_TITLES: dict[str, Text] = {
    "channel": Text("渠道", "Channel"),
    "customer_type": Text("客户类型", "Customer type"),
    "product": Text("产品", "Product"),
    "version": Text("版本", "Version"),
    "system": Text("系统", "System"),
    "region": Text("地区", "Region"),
    "batch": Text("批次", "Batch"),
}
LABEL_COLUMNS = ("channel", "problem_type", "product", "scope", "urgency", "sentiment")


def of_type(problem_type: str) -> Q:
    """Analyzed feedback items of this type: a person's label where there is one, else the suggested one."""
    suggested = Q(problem_type="", suggested__problem_type__code=problem_type)
    return ANALYZED & (Q(problem_type=problem_type) | suggested)


def with_values(conditions: Iterable[tuple[str, str]]) -> Q:
    """Feedback items that have these: (name of SCENARIO_COLUMNS, value)."""
    return Q(*[(SCENARIO_COLUMNS[name], value) for name, value in conditions])


def without_label(column: str) -> Q:
    """Feedback items whose ``column`` (one of LABEL_COLUMNS) is blank; none for another column."""
    return Q(**{column: ""}) if column in LABEL_COLUMNS else Q(pk__in=())
