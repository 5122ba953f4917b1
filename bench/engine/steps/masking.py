"""Personal data in the free text of both exports: every marked span, and rows where nothing is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.engine.figures import Figure
from bench.engine.meter import Meter
from bench.engine.texts import export, table
from bihuan.insight.text.masking import find

ROW = 12
TITLE = "个人信息遮盖 / masking of personal data"
NUMBERS = ("手机号", "证件号", "邮箱")


def figures() -> Iterator[Figure]:
    hit = {"numbers": 0, "addresses": 0}
    every = {"numbers": 0, "addresses": 0}
    alarms = clean = orders = touched = 0
    with Meter() as spent:
        for row in (*export(), *export("demo_open")):
            spans, marked = find(row["text"]), row["truth"]["pii"]
            clean += not marked
            alarms += not marked and bool(spans)
            for one in marked:
                inside = any(span.start <= one["start"] and one["end"] <= span.end for span in spans)
                if one["type"] == "订单号":
                    orders += 1
                    touched += any(span.start < one["end"] and one["start"] < span.end for span in spans)
                    continue
                kind = "numbers" if one["type"] in NUMBERS else "addresses"
                every[kind] += 1
                hit[kind] += inside
    yield Figure("masking", "numbers found", hit["numbers"] / every["numbers"], 0.97, note=f"{every['numbers']} spans")
    yield Figure("masking", "addresses found", hit["addresses"] / every["addresses"], note=f"{every['addresses']} spans")  # fmt: skip
    yield Figure("masking", "false alarms per 1,000 clean rows", alarms / clean * 1000, 5, better="lower", note=f"{clean:,} rows")  # fmt: skip
    yield Figure("masking", "order numbers touched", touched / max(1, orders), 0, better="lower", note=f"{orders} numbers")  # fmt: skip
    reviews = [row["text"] for row in table("zh/reviews_category_sentiment.csv.gz")]
    false = sum(bool(find(text)) for text in reviews if not re.search(r"\d{7}", text))
    yield Figure("masking", "false alarms per 1,000 public reviews", false / len(reviews) * 1000, 5, better="lower")
    yield Figure("masking", "speed", spent.rate(len(export()) + len(export("demo_open"))), unit="rows/CPU s")
