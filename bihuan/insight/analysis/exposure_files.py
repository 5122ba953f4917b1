"""Denominators: how many orders, payments or users there were, by day or week and by whatever columns the file has.

A column that is no date, no field of feedback and no number (a product line, say) is summed over; measures may choose by it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bihuan.core.text import Text
from bihuan.insight.analysis.rows import day_number
from bihuan.insight.columns import Floats, Ints, summed
from bihuan.insight.sheets import Unreadable, guard, inspect_file, match, source, values
from bihuan.insight.text.masking import mask

DATES = ("日期", "周起始", "周开始", "月份", "date", "day", "week", "weekstart")
FIELDS = {
    "system": "system",
    "version": "version",
    "region": "province",
    "product": "product",
    "channel": "channel",
    "batch": "batch",
}
HEADING_FIELDS = {"省份": "province", "省": "province", "province": "province", "系统": "system", "os": "system"}
IN_ENGLISH = {
    "订单数": "orders", "订单量": "orders", "支付笔数": "payments", "活跃用户数": "active users", "用户数": "users",
    "销量": "units sold", "销售量": "units sold", "发货量": "parcels sent", "通话量": "calls", "访问量": "visits", "装机量": "units in use",
}  # fmt: skip
NO_DATE = Text("没有日期列（表头写“日期”或“周起始”）", "There is no date column (name it “date” or “week”)")
NO_NUMBER = Text("没有数字列（订单数、活跃用户数……）", "There is no column of numbers (orders, active users, …)")
WEEK = 7


@dataclass(frozen=True)
class Exposure:
    """One column of numbers. `day` (from 1970-01-01), `amount` and, by name, `dims` (fields of feedback, canonical) and
    `others` (anything else) of each line; `step` days a line stands for."""

    name: Text
    file: str
    day: Ints
    amount: Floats
    dims: dict[str, list[str]]
    others: dict[str, list[str]]
    step: int

    @property
    def first(self) -> int:
        return int(self.day.min())

    def bins(self, days: Ints) -> Ints:
        """The week of each day, counted from the exposure's first day."""
        return np.asarray((days - self.first) // WEEK)


def read_exposures(path: Path) -> list[Exposure]:
    """Every column of numbers of a file, as an exposure. Raises Unreadable."""
    try:
        headings, rows = read_cells(path)
        return _exposures(path, headings, rows)
    except Unreadable as bad:
        raise Unreadable(Text(f"{path.name}：{bad.reason.zh}", f"{path.name}: {bad.reason.en}")) from bad
    except OSError as bad:
        raise Unreadable(Text(f"打不开 {path}：{bad.strerror}", f"Cannot open {path}: {bad.strerror}")) from bad


def read_cells(path: Path) -> tuple[list[str], list[list[str]]]:
    plan = inspect_file(path).plan()
    first = plan.heading_row + plan.heading_rows if plan.heading_row else 1
    with guard.unpacked(path) as plain:
        result = [cells for number, cells in source.run(plain, plan) if number >= first and isinstance(cells, list)]
    width = len(plan.headings)
    return plan.headings, [row + [""] * (width - len(row)) for row in result if any(cell.strip() for cell in row)]


def _exposures(path: Path, headings: list[str], rows: list[list[str]]) -> list[Exposure]:
    plain = [match.plain_heading(heading) for heading in headings]
    when = next((at for at, word in enumerate(plain) if word in DATES), -1)
    if when < 0 or not rows:
        raise Unreadable(NO_DATE)
    days = np.array([parse_day(row[when]) for row in rows], dtype=np.int64)
    dims: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    amounts: dict[str, Floats] = {}
    for at, heading in enumerate(headings):
        if at == when:
            continue
        field = HEADING_FIELDS.get(plain[at]) or FIELDS.get(match.by_heading(heading).field, "")
        cells = [row[at].strip() for row in rows]
        if field:
            dims[field] = [_canonical(field, cell) for cell in cells]
        elif (numbers := _numbers(cells)) is not None:
            amounts[heading] = numbers
        else:
            others[heading] = cells
    if not amounts:
        raise Unreadable(NO_NUMBER)
    gaps = np.diff(np.unique(days))
    step = int(gaps.min()) if len(gaps) else 1
    file = mask(path.name)
    return [
        Exposure(Text(name, IN_ENGLISH.get(name, name)), file, days, number, dims, others, step)
        for name, number in amounts.items()
    ]


def parse_day(cell: str) -> int:
    result = values.canonical("received_at", cell.strip()) if cell.strip() else Text("没有日期", "no date")
    if isinstance(result, Text):
        raise Unreadable(result)
    return day_number(date.fromisoformat(result.text[:10]))


def _canonical(field: str, cell: str) -> str:
    if not cell:
        return ""
    result = values.canonical("region" if field == "province" else field, cell)
    text = cell if isinstance(result, Text) else result.text
    return text.partition("/")[0] if field == "province" else text


def _numbers(cells: list[str]) -> Floats | None:
    try:
        result = np.array([float(cell.replace(",", "") or 0) for cell in cells])
    except ValueError:
        return None
    return result if np.isfinite(result).all() and (result >= 0).all() else None


def weekly(exposure: Exposure, chosen: dict[str, str] | None = None) -> tuple[Floats, int]:
    """(amount by week from the exposure's first day on, that day), of the lines that carry these values."""
    inside = np.ones(len(exposure.day), dtype=bool)
    for column, value in (chosen or {}).items():
        inside &= np.array(exposure.others.get(column) or exposure.dims[column]) == value
    bins = exposure.bins(exposure.day)
    return summed(bins, exposure.amount * inside, int(bins.max()) + 1), exposure.first


def summed_over(exposure: Exposure, names: list[str]) -> dict[str, list[str] | list[float]]:
    """The exposure by these dimensions ("week" among them, its first day in ISO), as columns with its amount as "amount"."""
    bins = exposure.bins(exposure.day)
    total: dict[tuple[str, ...], float] = defaultdict(float)
    columns = [[str(week) for week in bins.tolist()] if name == "week" else exposure.dims[name] for name in names]
    for at, amount in enumerate(exposure.amount.tolist()):
        total[tuple(column[at] for column in columns)] += amount
    keys = sorted(total)
    result: dict[str, list[str] | list[float]] = {name: [one[at] for one in keys] for at, name in enumerate(names)}
    return result | {"amount": [total[one] for one in keys]}
