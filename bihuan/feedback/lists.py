"""The lists of feedback, imports and value mappings: tabs, filters, sort orders and columns of the export."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db.models import Q

from bihuan.core.lists import ALL, ChoiceFilter, Column, DateFilter, Filter, LinkFilter, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.customers import contact_encryption
from bihuan.feedback import completeness, feedback_choices, personal_data
from bihuan.feedback.column_mapping import FIELD_NAMES
from bihuan.feedback.conditions import COUNTED, SCENARIO_TITLES, of_type, with_values, without_label
from bihuan.feedback.flow import FLOW
from bihuan.feedback.import_preview import masked_cell
from bihuan.feedback.models import Feedback, ImportBatch, ImportRow
from bihuan.feedback.models.import_batch import AT_WORK
from bihuan.feedback.value_mappings import KNOWN_VALUES
from bihuan.people.models import User

FEEDBACK_SORTS = {
    "new": (Text("最新收到", "Newest"), ("-received_at", "-id")),
    "old": (Text("最早收到", "Oldest"), ("received_at", "id")),
    "due": (Text("外部期限最近", "External deadline"), ("external_due", "-id")),
}
FEEDBACK_FILTERS: tuple[Filter, ...] = (
    TextFilter(
        "q",
        Text("编号、外部编号、客户", "Number, external number, customer"),
        ("number", "external_no", "customer__name", "customer__account"),
    ),
    ChoiceFilter("channel", Text("渠道", "Channel"), feedback_choices.CHANNELS),
    ChoiceFilter("nature", Text("性质", "Kind"), feedback_choices.NATURES),
    ChoiceFilter("type", Text("问题类型", "Problem type"), feedback_choices.PROBLEM_TYPES, "problem_type"),
    ChoiceFilter("urgency", Text("紧急程度", "Urgency"), feedback_choices.URGENCIES),
    ChoiceFilter("sentiment", Text("情绪", "Sentiment"), feedback_choices.SENTIMENTS),
    ChoiceFilter("status", Text("状态", "State"), {s.code: s.name for s in FLOW.states}),
    TextFilter("product", Text("产品", "Product"), ("product",)),
    DateFilter("from", Text("自", "From"), "received_at"),
    DateFilter("to", Text("至", "To"), "received_at", until=True),
    ChoiceFilter("scope", Text("影响范围", "Scope"), feedback_choices.SCOPES),
    LinkFilter("counted", Text("周报口径", "As reports count"), lambda value: COUNTED),
    LinkFilter("blank", Text("未标注", "Not labelled"), without_label),
    LinkFilter("product_is", Text("一个产品", "One product"), lambda value: Q(product=value)),
    LinkFilter("team", Text("一个小组", "One team"), lambda value: Q(team=_key(value))),
    LinkFilter("incomplete", Text("信息不全", "Incomplete"), lambda value: completeness.INCOMPLETE),
    LinkFilter("batch", Text("一次导入", "One import"), lambda value: Q(import_batch=_key(value))),
    LinkFilter(
        "unread",
        Text("有看不懂的格子", "Cells not understood"),
        lambda value: Q(extra__has_key="unread"),
    ),
    LinkFilter("kept", Text("撤销后保留", "Kept after undo"), lambda value: ~Q(status="withdrawn")),
    LinkFilter("seems", Text("一类问题(含建议)", "One type (or suggested)"), of_type),
    *(
        LinkFilter(f"{name}_is", title, lambda value, name=name: with_values([(name, value)]))  # type: ignore[misc]
        for name, title in SCENARIO_TITLES.items()
        if name != "product"
    ),
    LinkFilter("problem", Text("一个问题", "One problem"), lambda value: Q(member__problem=_key(value))),
    LinkFilter("finding", Text("一条发现", "One finding"), lambda value: Q(findings=_key(value))),
    LinkFilter("customer", Text("一位客户", "One customer"), lambda value: Q(customer=_key(value))),
)


def _key(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 18 else 0


def _name(value: str, names: Mapping[str, Text]) -> Text | str:
    return names.get(value, value)


def _labels(feedback: Feedback) -> str:
    labels = (
        (feedback.problem_type, feedback_choices.PROBLEM_TYPES),
        (feedback.scope, feedback_choices.SCOPES),
        (feedback.urgency, feedback_choices.URGENCIES),
    )
    return "、".join(str(_name(code, names)) for code, names in labels if code)


FEEDBACK_COLUMNS: tuple[Column, ...] = (
    Column(Text("编号", "Number"), lambda feedback: feedback.number),
    Column(Text("时间", "Time"), lambda feedback: feedback.received_at),
    Column(Text("客户", "Customer"), lambda feedback: feedback.customer),
    Column(
        Text("客户类型", "Customer type"),
        lambda feedback: _name(feedback.customer_type, feedback_choices.CUSTOMER_TYPES),
    ),
    Column(Text("联系方式", "Contact"), lambda feedback: feedback.contact and feedback.contact.masked),
    Column(Text("反馈渠道", "Channel"), lambda feedback: _name(feedback.channel, feedback_choices.CHANNELS)),
    Column(Text("问题描述", "Problem description"), lambda feedback: personal_data.hidden(feedback.text)),
    Column(Text("客户诉求", "Customer's demand"), lambda feedback: personal_data.hidden(feedback.demand)),
    Column(Text("情绪倾向", "Sentiment"), lambda feedback: _name(feedback.sentiment, feedback_choices.SENTIMENTS)),
    Column(
        Text("处理人初步判断", "Handler's first judgement"),
        lambda feedback: personal_data.hidden(feedback.first_judgement),
    ),
    Column(Text("标签", "Labels"), _labels),
    Column(Text("处理人", "Handler"), lambda feedback: feedback.labelled_by or feedback.recorder),
    Column(Text("状态", "State"), lambda feedback: feedback.state.name),
    Column(Text("产品", "Product"), lambda feedback: feedback.product),
    Column(Text("外部编号", "External number"), lambda feedback: feedback.external_no),
    Column(Text("外部期限", "External deadline"), lambda feedback: feedback.external_due),
)


# Columns that a line of the page shows, and columns that not even the export needs: a long list reads no others.
LISTED_COLUMNS = (
    "number", "text", "external_due", "channel", "urgency", "problem_type", "status", "received_at",
    "customer__name", "customer__account", "customer__number", "contact__masked", "merged_into__number",
)  # fmt: skip
UNUSED_COLUMNS = ("suggested", "environment", "tried", "extra")


def feedback_tabs(user: User) -> tuple[Tab, ...]:
    return (
        ALL,
        Tab("untriaged", Text("待分类", "To triage"), Q(status="new")),
        Tab("mine", Text("我记录的", "Mine"), Q(recorder=user.actor_id)),
        Tab("cases", Text("已转事项", "In a case"), Q(status="linked")),
        Tab("merged", Text("已合并", "Merged"), Q(status="merged")),
        Tab("closed", Text("已答复或无效", "Answered or invalid"), Q(status__in=("answered", "void"))),
    )


def feedback_list(user: User) -> ListSpec:
    return ListSpec(
        "feedback", FEEDBACK_SORTS, tabs=feedback_tabs(user), filters=FEEDBACK_FILTERS, columns=FEEDBACK_COLUMNS
    )


IMPORTS = ListSpec(
    "imports",
    {"new": (Text("最新", "Newest"), ("-id",))},
    tabs=(ALL, Tab("work", Text("进行中", "In progress"), Q(status__in=(*AT_WORK, "inspected")))),
    filters=(TextFilter("q", Text("编号、文件名", "Number, file name"), ("number", "file__name")),),
)
VALUE_MAPPINGS = ListSpec(
    "value-mappings",
    {"new": (Text("最新", "Newest"), ("-updated_at", "-id")), "word": (Text("写法", "Value"), ("field", "word"))},
    filters=(
        ChoiceFilter("field", Text("列", "Column"), {field: FIELD_NAMES[field] for field in KNOWN_VALUES}),
        TextFilter("q", Text("写法", "Value"), ("word",)),
    ),
)
OUTCOMES: dict[str, Text] = {
    "failed": Text("未导入", "Failed"),
    "duplicate": Text("重复", "Duplicate"),
    "skipped": Text("跳过", "Skipped"),
}


def import_row_list(batch: ImportBatch) -> ListSpec:
    """Rows of an import that made no feedback item; the export has the columns of the sheet."""
    headings = batch.plan.get("headings", [])
    return ListSpec(
        f"{batch.number}-rows",
        {"row": (Text("行号", "Row"), ("number",))},
        tabs=(ALL, *[Tab(code, name, Q(outcome=code)) for code, name in OUTCOMES.items()]),
        filters=(TextFilter("q", Text("原因", "Reason"), ("reason_zh", "reason_en")),),
        columns=(
            Column(Text("行号", "Row"), lambda row: row.number),
            Column(Text("结果", "Outcome"), lambda row: OUTCOMES[row.outcome]),
            Column(Text("原因", "Reason"), lambda row: row.reason),
            *[_sheet_column(heading, batch.plan["mapping"].get(str(n), "")) for n, heading in enumerate(headings)],
        ),
    )


def _sheet_column(heading: str, field: str) -> Column:
    return Column(Text(heading, heading), lambda row: masked_cell(import_row_cells(row).get(heading, ""), field))


def import_row_cells(row: ImportRow) -> dict[str, str]:
    """Heading → cell of the row as it came, unmasked; decrypted once."""
    if not row.sealed:
        return {}
    if not hasattr(row, "opened"):
        row.opened = json.loads(contact_encryption.decrypt(row.sealed))  # type: ignore[attr-defined]
    return row.opened  # type: ignore[attr-defined]
