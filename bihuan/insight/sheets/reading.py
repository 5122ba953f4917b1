"""The run through a file by a plan: every physical row below the heading comes out exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bihuan.core.text import Text
from bihuan.insight.sheets import guard, layout, source, values
from bihuan.insight.sheets.sheet_types import Plan, Row, Unreadable

NOT_A_RECORD = Text("这一行不是 JSON 对象", "This line is not a JSON object")
CHANGED = Text("文件与设置不符，请重新上传", "The file does not fit its settings; upload it again")
# What exports write into cells that hold nothing.
NOTHING = frozenset(("-", "--", "—", "——", "/", "\\", "null", "none", "n/a", "#n/a", "nan", "nil", "(空)", "(null)"))
NOT_GIVEN = frozenset(("无", "没有", "暂无", "未提供", "未知", "不详", "匿名"))
PERSONAL = (
    "contact",
    "contact_name",
    "customer_name",
    "customer_no",
    "version",
    "system",
    "batch",
    "region",
    "product",
)

_canonical = lru_cache(maxsize=8192)(values.canonical)


def read(path: str | Path, plan: Plan, *, start: int = 0) -> Iterator[Row]:
    """Rows in the file's order, each once; rows up to number `start` are left out, so a stopped import goes on.

    Blank rows, repeated headings and totals come with `skip`. Raises Unreadable, also midway (an unclosed quote).
    """
    first = plan.heading_row + plan.heading_rows if plan.heading_row else 1
    text = next((index for index, field in plan.mapping.items() if field == "text"), None)
    with guard.unpacked(Path(path)) as plain:
        if (guard.kind_of(plain) == "text") is (plan.kind in source.BOOKS):
            raise Unreadable(CHANGED)
        for number, cells in source.run(plain, plan):
            if number >= first and number > start:
                yield _row(number, cells, plan, text)


def _row(number: int, cells: list[str] | str, plan: Plan, text: int | None) -> Row:
    if isinstance(cells, str):
        return Row(number, {"": cells}, skip=NOT_A_RECORD)
    raw = dict(zip(plan.headings, cells, strict=False))
    for index in range(len(plan.headings), len(cells)):
        raw[guard.column_letters(index)] = cells[index]
    reason = layout.skip_reason(cells, plan.headings, text)
    if reason:
        return Row(number, raw, skip=reason)
    row = Row(number, raw)
    for index, field in plan.mapping.items():
        if index < len(cells) and (cell := cells[index]).strip():
            _put(row, field, cell, plan)
    return row


def _put(row: Row, field: str, cell: str, plan: Plan) -> None:
    """Set the value or the error of one non-blank cell."""
    found = value_of(field, cell, plan)
    if cell.strip() in plan.aliases.get(field, ()):
        alone = _canonical(field, cell.strip(), zone=plan.zone, day_first=plan.day_first)
        row.by_alias[field] = "" if isinstance(alone, Text) else alone.text
    if isinstance(found, Text):
        row.errors[field] = found
    elif found:
        row.values[field] = found.text
        if found.precision:
            row.precision[field] = found.precision
        if field == "customer_type" and cell.strip() not in plan.aliases.get(field, ()):
            row.values["customer_level"] = cell.strip()


def value_of(field: str, cell: str, plan: Plan) -> values.Value | Text | None:
    """The value of one cell for a field, why there is none, or None where the cell says nothing."""
    bare = cell.strip()
    if not bare:
        return None
    if field in plan.aliases and bare in plan.aliases[field]:
        meant = plan.aliases[field][bare]
        return values.Value(meant) if meant else None
    if field in values.VERBATIM:
        return values.Value(cell)
    if bare.lower() in NOTHING or (field in PERSONAL and bare in NOT_GIVEN):
        return None
    return _canonical(field, bare, zone=plan.zone, day_first=plan.day_first)
