"""Small made-up sheets of feedback, and the run of the command over them."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bihuan.insight.cli import main

HEADS = ["编号", "反馈时间", "渠道", "客户编号", "联系方式", "产品", "版本", "地区", "问题描述", "客户诉求", "评分"]
ENGLISH = [
    "Ticket ID",
    "Created at",
    "Channel",
    "Customer ID",
    "Contact",
    "Product",
    "Version",
    "Region",
    "Description",
    "Demand",
    "Rating",
]
TEXTS = (
    "净水器用了两天就不出水了，客服一直推脱，太差了",
    "快递送了八天还没到，催了也没人理",
    "价格比上周贵了一百块，要求补差价",
    "安装师傅很专业，非常满意",
    "登录一直提示密码错误，App 闪退",
    "退款申请半个月了还没有到账",
)
ENGLISH_TEXTS = (
    "The kettle stopped working after two days and support keeps refusing to help",
    "The parcel is a week late and nobody answers",
    "You raised the price, I want the difference back",
    "The fitter was very friendly, I am happy",
    "The app crashes when I log in",
    "I asked for a refund two weeks ago and still no refund",
)
CHANNELS = ("电话", "微信", "App", "邮件")


def day(number: int) -> str:
    """Days from Monday 2026-03-02 on."""
    return (date(2026, 3, 2) + timedelta(days=number)).isoformat()


def lines(count: int = 56, texts: tuple[str, ...] = TEXTS) -> list[list[str]]:
    """Rows over four weeks, each from a customer of its own, two rows a day."""
    return [
        [
            f"FK{at:04d}", f"{day(at // 2)} 10:{at % 60:02d}", CHANNELS[at % 4], f"C{at:03d}", "", ("净水器", "电水壶")[at % 2],
            "V1.2.0", "广东深圳", texts[at % len(texts)], "", str(1 + at % 5),
        ]
        for at in range(count)
    ]  # fmt: skip


def save(path: Path, rows: list[list[str]], heads: list[str] = HEADS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    return path


def analyze(out: Path, *arguments: object) -> tuple[list[dict[str, str]], dict[str, Any], str]:
    """Rows, summary and report page of a run that ends well."""
    assert main([*map(str, arguments), "--out", str(out)]) == 0
    return read_report(out)


def read_report(out: Path) -> tuple[list[dict[str, str]], dict[str, Any], str]:
    """Rows, summary and report page in a folder that a run has written."""
    with (out / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, json.loads((out / "summary.json").read_text("utf-8")), (out / "report.html").read_text("utf-8")
