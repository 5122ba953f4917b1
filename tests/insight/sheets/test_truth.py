"""The same exports in four shapes, every canonical value held against the truth written beside them."""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bihuan.insight.sheets import Row, inspect_file, read
from tests.sampling import WHOLE, sample

pytestmark = pytest.mark.data

OPEN, EXPORT = "demo_open", "demo_export"
SHAPES = ("feedback_export.xlsx", "feedback_export_gbk.csv.gz", "feedback_export.jsonl.gz")
# The large export in one shape only, the small one in all.
EXPORTS = [(OPEN, shape) for shape in SHAPES] + [(EXPORT, shape) for shape in (SHAPES if WHOLE else SHAPES[1:2])]
CHANNELS = {
    "App内反馈": "app",
    "电话客服": "phone",
    "微信公众号": "wechat",
    "网页在线客服": "online_chat",
    "应用商店评论": "app_store",
    "邮件": "email",
    "微博": "weibo",
    "线下门店": "store",
    "企微客户经理": "wecom",
    "12315转办": "p12315",
}
CUT = {"day": 10, "minute": 16, "second": 19}
Truth = dict[str, Any]


def lines(path: Path) -> Iterator[Truth]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


@cache
def truth(folder: Path) -> dict[str, Truth]:
    return {each["反馈编号"]: each for each in lines(folder / "truth.jsonl.gz")}


@cache
def texts(folder: Path) -> dict[str, str]:
    return {each["feedback_id"]: each["content"] for each in lines(folder / "feedback_export.jsonl.gz")}


def as_written(text: str, shape: str) -> str:
    """What the export could hold of a text: GBK has no emoji, a cell of spaces alone is an empty cell."""
    if "gbk" in shape:
        return text.encode("gbk", "replace").decode("gbk")
    return text if text.strip() or not shape.endswith("xlsx") else ""


def agrees(field: str, row: Row, true: Truth) -> bool:
    """Whether one value is what the truth says, as far as the cell shows it."""
    value = row.values.get(field, "")
    if field == "received_at":
        cut = CUT[row.precision[field]] if value else 19
        return bool(value) and value[:cut] == true["time"][:cut] and CUT[true["time_shown"]] <= cut
    if field == "channel":
        return value == CHANNELS[true["channel"]]
    if field == "customer_type":
        return value == ("new" if true["customer_type"] == "新客户" else "old")
    if field == "region":
        return value in (true["province"], f"{true['province']}/{true['city']}")
    if field == "score":
        return value == str(true["rating"])
    name = {"customer_no": "customer_id"}.get(field, field)
    return value == true[name]


CHECKED = ["received_at", "channel", "customer_no", "customer_type", "product", "batch", "version", "system"]
CHECKED += ["region", "score"]


def closest(row: Row, candidates: list[Truth]) -> Truth:
    """The sheets carry no numbers: of the rows with this text, the one this row agrees with most."""
    return max(candidates, key=lambda true: sum(agrees(field, row, true) for field in CHECKED))


def tally(rows: Iterator[tuple[Row, Truth]], cells: dict[str, str]) -> tuple[Counter[str], Counter[str]]:
    """(right, all) by field over the non-blank cells; `cells` says which heading holds a field."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row, true in rows:
        for field in CHECKED:
            if field in cells and row.raw[cells[field]].strip():
                every[field] += 1
                right[field] += agrees(field, row, true)
    return right, every


def hold(right: Counter[str], every: Counter[str]) -> None:
    shares = {field: right[field] / every[field] for field in every}
    print({field: f"{right[field]}/{every[field]}" for field in every})
    assert {field: share for field, share in shares.items() if share < 0.999} == {}


@pytest.mark.parametrize(("name", "shape"), EXPORTS)
def test_every_recoverable_value_of_an_export_is_right(shared: Path, name: str, shape: str) -> None:
    folder = shared / name
    found = inspect_file(folder / shape)
    cells = {column.field: column.heading for column in found.columns}
    assert set(cells) >= {*CHECKED, "external_no", "text", "demand", "contact"}
    rows = list(read(folder / shape, found.plan()))
    assert len(rows) == found.total_rows == len(truth(folder))
    assert not any(row.skip or row.errors for row in rows)
    held = {row.values["external_no"]: row.raw[cells["text"]] for row in rows}
    assert held == {number: as_written(text, shape) for number, text in texts(folder).items()}
    right, every = tally(((row, truth(folder)[row.values["external_no"]]) for row in rows), cells)
    assert set(every) == set(CHECKED)
    hold(right, every)


@pytest.mark.parametrize("name", sample([OPEN, EXPORT], 2))
def test_every_sheet_of_the_messy_workbook_is_read_and_accounted_for(shared: Path, name: str) -> None:
    folder = shared / name
    path = folder / "feedback_messy_workbook.xlsx"
    by_text = defaultdict(list)
    for number, text in texts(folder).items():
        by_text[as_written(text, "xlsx")].append(truth(folder)[number])
    seen = Counter[str]()
    for sheet in inspect_file(path).sheets[1:]:
        found = inspect_file(path, sheet=sheet.name)
        assert (found.heading_row, sheet.rows) == (4, found.total_rows + 4)
        rows = list(read(path, found.plan()))
        assert [row.number for row in rows] == list(range(5, sheet.rows + 1))
        assert all(row.skip or not row.errors for row in rows)
        assert rows[-1].skip
        seen.update(row.skip.en if row.skip else "voice" for row in rows)
        cells = {column.field: column.heading for column in found.columns}
        pairs = [(row, by_text[row.raw[cells["text"]]]) for row in rows if not row.skip]
        assert all(candidates for _, candidates in pairs)
        # The sheets carry no numbers: a row is the export's row with its text that it agrees with most.
        right, every = tally(((row, closest(row, candidates)) for row, candidates in pairs), cells)
        assert set(every) >= {"received_at"}
        hold(right, every)
    assert seen["Totals row"] == 5
    assert seen["voice"] == {"demo_export": 2400, "demo_open": 800}[name]
