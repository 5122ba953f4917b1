"""A row of a sheet on its way in: what the front door will be asked to take, or why the row is refused.

Only a missing text, an unreadable time of receipt or an unfit number refuses a row. Any other cell that cannot be read
is kept beside the feedback item as it stood (``extra["unread"]``), so that no feedback item is lost over a phone number; so is a word
that the organisation said the meaning of (``extra["written"]``).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import datetime
from typing import Any

from bihuan.core.text import Text
from bihuan.customers.models import CustomerDetails
from bihuan.feedback.intake import FeedbackDraft
from bihuan.feedback.labels import SHEET_AXES, code_of_sheet_value
from bihuan.feedback.models.feedback import Feedback
from bihuan.insight.sheets import FIELDS, Plan, Row
from bihuan.insight.text.masking import mask_contact

NO_TEXT = Text("没有客户原话", "There are no customer's words")
TOO_LONG = Text("内容过长", "Too long")
REQUIRED = ("text", "received_at", "external_no")
COLUMNS = {
    "channel": "channel",
    "customer_type": "customer_type",
    "product": "product",
    "batch": "batch",
    "version": "app_version",
    "system": "system",
    "region": "region",
    "title": "title",
    "demand": "demand",
    "error_text": "error_text",
    "first_judgement": "first_judgement",
    "external_no": "external_no",
    "nature": "nature",
    "frequency": "frequency",
    "sentiment": "sentiment",
    "customer_no": "account",
    "customer_name": "name",
    "contact": "contact",
    "contact_name": "contact_name",
}
MAX_LENGTHS = {f.name: f.max_length for f in Feedback._meta.concrete_fields if f.max_length} | {
    "account": 80,
    "name": 120,
    "contact": 200,
    "contact_name": 60,
}
EXTRA_FIELDS = ("recorder", "reply", "replied_at", "remark", "problem_type", "urgency", "scope")
GIVEN_IN_SHEET = ["表格里已填写", "Filled in already in the sheet"]


class SheetDrafts:
    """Drafts from the rows of one file read by ``plan``. ``defaults``: channel, product and moment (ISO) for what a row
    does not say; strict: any unread cell refuses its row."""

    def __init__(self, plan: Plan, defaults: dict[str, Any]) -> None:
        self.defaults = defaults
        self.headings = {name: plan.headings[index] for index, name in plan.mapping.items()}
        self.seen: Counter[str] = Counter()

    def key(self, row: Row) -> str:
        """The row's identity: its outside number, else its content and which occurrence in the file it is."""
        if number := row.values.get("external_no"):
            return f"no:{number}"
        # By what the sheet says, not by what was said about its words: the same sheet stays the same when they are.
        content = content_key(row.values | row.by_alias)
        self.seen[content] += 1
        return f"row:{content}:{self.seen[content]}"

    def draft(self, row: Row) -> FeedbackDraft | Text:
        """The draft of a row, or all reasons why it is refused. Pure but for the count of equal rows."""
        key = self.key(row)
        faults = dict(row.errors)
        fields = _columns(row.values, faults)
        if not row.values.get("text", "").strip() and "text" not in faults:
            return NO_TEXT
        refused = faults if self.defaults.get("strict") else {k: v for k, v in faults.items() if k in REQUIRED}
        if refused:
            return _joined(refused)
        return self._prepared(row, key, fields, faults)

    def _prepared(self, row: Row, key: str, fields: dict[str, Any], faults: dict[str, Text]) -> FeedbackDraft:
        values, text = row.values, row.values["text"]
        score = int(values["score"]) if "score" in values else None
        fields["received_at"] = _moment(values.get("received_at")) or _moment(self.defaults["moment"])
        fields["occurred_at"] = _moment(values.get("occurred_at"))
        fields["external_due"] = _moment(values.get("external_due"))
        fields["product"] = fields.get("product") or self.defaults.get("product", "")
        extra: dict[str, Any] = {name: values[name] for name in EXTRA_FIELDS if values.get(name)}
        if faults:
            extra["unread"] = {name: self._written(name, row) for name in faults}
        if row.by_alias:
            extra["written"] = {name: self._written(name, row) for name in row.by_alias}
        fields["channel"] = fields.get("channel") or self.defaults["channel"]
        level = values.get("customer_level", "")[:40]
        return FeedbackDraft.prepare(
            key=key,
            text=text,
            customer=CustomerDetails(fields.pop("account", ""), fields.pop("name", ""), {"level": level}),
            score=score,
            suggested=_given_labels(values),
            extra=extra,
            import_row=row.number,
            **fields,
        )

    def _written(self, name: str, row: Row) -> str:
        """A cell as it stood; contact data masked, as everywhere it is not encrypted."""
        cell = row.raw.get(self.headings.get(name, ""), "")
        return mask_contact(cell) if name in ("contact", "contact_name") else cell


def content_key(values: dict[str, str]) -> str:
    """The same row whatever the file's format: canonical values, spaces apart, times to the minute."""
    canonical = {k: v[:16] if k.endswith("_at") else _without_spaces(v) for k, v in sorted(values.items()) if v}
    canonical.pop("customer_level", None)
    return hashlib.sha256(json.dumps(canonical, ensure_ascii=False).encode()).hexdigest()[:32]


def same_text(a: str, b: str) -> bool:
    """Whether two files tell the same text: formats differ in line ends, spaces, and signs GBK does not have."""
    return a == b or _without_spaces(a) == _without_spaces(b)


def _without_spaces(text: str) -> str:
    return "".join(text.split()).encode("gbk", "replace").decode("gbk")


def _columns(values: dict[str, str], faults: dict[str, Text]) -> dict[str, Any]:
    """Values by column; one that would not fit whole becomes a fault rather than be cut."""
    columns: dict[str, Any] = {}
    for name, column in COLUMNS.items():
        if value := values.get(name, ""):
            if len(value) > MAX_LENGTHS.get(column, len(value)):
                faults[name] = TOO_LONG
            else:
                columns[column] = value
    return columns


def _given_labels(values: dict[str, str]) -> dict[str, Any]:
    """Labels somebody gave before: suggested with certainty, still confirmed by a person here."""
    canonical: dict[str, Any] = {}
    for axis in SHEET_AXES:
        if code := code_of_sheet_value(axis, values.get(axis, "")):
            canonical[axis] = {"code": code, "confidence": 1.0, "reasons": [GIVEN_IN_SHEET]}
    return canonical


def _joined(faults: dict[str, Text]) -> Text:
    return Text(
        "；".join(f"{FIELDS[name].zh}：{fault.to('zh')}" for name, fault in faults.items()),
        "; ".join(f"{FIELDS[name].en}: {fault.to('en')}" for name, fault in faults.items()),
    )


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None
