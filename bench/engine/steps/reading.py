"""Reading an export in its four shapes without hand mapping, every canonical value held against the truth."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.engine.figures import Figure, shared
from bench.engine.meter import Meter
from bihuan.insight.sheets import Row, inspect_file, read

ROW = 1
TITLE = "读取与规范化 / reading and standardising"
SHAPES = {
    "xlsx": "feedback_export.xlsx",
    "GBK CSV": "feedback_export_gbk.csv.gz",
    "JSON lines": "feedback_export.jsonl.gz",
    "messy workbook": "feedback_messy_workbook.xlsx",
}
FIELDS = ("received_at", "channel", "customer_no", "customer_type", "product", "batch", "version", "system", "region", "score")  # fmt: skip
CHANNELS = {
    "App内反馈": "app", "电话客服": "phone", "微信公众号": "wechat", "网页在线客服": "online_chat", "应用商店评论": "app_store",
    "邮件": "email", "微博": "weibo", "线下门店": "store", "企微客户经理": "wecom", "12315转办": "p12315",
}  # fmt: skip
CUT = {"day": 10, "minute": 16, "second": 19}
Truth = dict[str, Any]


def figures() -> Iterator[Figure]:
    folder = shared("demo_export")
    truth = {true["反馈编号"]: true for true in _lines(folder / "truth.jsonl.gz")}
    texts = {row["feedback_id"]: row["content"] or "" for row in _lines(folder / "feedback_export.jsonl.gz")}
    for shape, file in SHAPES.items():
        with Meter() as spent:
            found = _read(folder / file)
        right, every = _tally(found, truth, texts)
        yield Figure("reading", f"{shape}: share of values right", right / every, 0.99, 0.999, note=f"{every:,} cells")
        yield Figure("reading", f"{shape}: speed", spent.rate(sum(len(rows) for rows, _ in found)), unit="rows/s")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _read(path: Path) -> list[tuple[list[Row], dict[str, str]]]:
    """Rows and {field: heading} of every sheet with feedback."""
    first = inspect_file(path)
    chosen = [inspect_file(path, sheet=sheet.name) for sheet in first.sheets[1:]] or [first]
    return [(list(read(path, one.plan())), {c.field: c.heading for c in one.columns if c.field}) for one in chosen]


def _tally(
    found: list[tuple[list[Row], dict[str, str]]], truth: dict[str, Truth], texts: dict[str, str]
) -> tuple[int, int]:
    """(cells right, cells filled)."""
    by_text: dict[str, list[Truth]] = defaultdict(list)
    for number, text in texts.items():
        by_text[text if text.strip() else ""].append(truth[number])
    counted: Counter[bool] = Counter()
    for rows, heading in found:
        for row in rows:
            if row.skip:
                continue
            number = row.values.get("external_no", "")
            true = truth[number] if number in truth else _closest(row, by_text[row.raw[heading["text"]]])
            filled = [field for field in FIELDS if field in heading and row.raw[heading[field]].strip()]
            counted.update(_agrees(field, row, true) for field in filled)
    return counted[True], counted.total()


def _closest(row: Row, candidates: Iterable[Truth]) -> Truth:
    """The sheets carry no numbers: of the rows with this text, the one this row agrees with most."""
    return max(candidates, key=lambda true: sum(_agrees(field, row, true) for field in FIELDS))


def _agrees(field: str, row: Row, true: Truth) -> bool:
    """Whether one value equals the truth, as far as the cell shows it."""
    value = row.values.get(field, "")
    if field == "received_at":
        cut = CUT[row.precision[field]] if value else 19
        return bool(value) and value[:cut] == true["time"][:cut] and CUT[true["time_shown"]] <= cut
    meant = {
        "channel": CHANNELS[true["channel"]],
        "customer_no": true["customer_id"],
        "customer_type": "new" if true["customer_type"] == "新客户" else "old",
        "score": str(true["rating"]),
    }
    if field == "region":
        return value in (true["province"], f"{true['province']}/{true['city']}")
    return bool(value == (meant[field] if field in meant else true[field]))
