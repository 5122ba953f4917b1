"""A report as one would script it in an afternoon: pandas, jieba, snownlp, six types by keywords, counts by week.

It does less than `bihuan analyze`: no channels or versions in canonical spelling, no repeats but equal words of one
customer number, no grouping, no scenarios, no surges, no masking.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import jieba
import pandas as pd
from snownlp import SnowNLP

TYPES = {
    "物流": ["物流", "快递", "发货", "配送", "送达", "包裹"],
    "质量": ["质量", "坏", "破损", "变质", "掉色", "做工"],
    "支付": ["支付", "付款", "扣款", "到账", "还款"],
    "售后": ["退款", "退货", "换货", "售后", "维修"],
    "服务": ["客服", "态度", "服务员", "不理"],
    "功能": ["闪退", "登录", "验证码", "卡顿", "打不开", "升级"],
}


def kind_of(text: str) -> str:
    return next((name for name, words in TYPES.items() if any(word in text for word in words)), "其他")


def report(source: Path, folder: Path) -> dict[str, object]:
    rows = pd.read_excel(source, dtype=str) if source.suffix == ".xlsx" else pd.read_csv(source, dtype=str)
    read = len(rows)
    rows = rows.drop_duplicates(subset=["客户编号", "问题描述"])
    rows["text"] = rows["问题描述"].fillna("").str.strip()
    rows["time"] = pd.to_datetime(rows["反馈时间"], errors="coerce", format="mixed", utc=True)
    rows["week"] = rows["time"].dt.strftime("%G-%V")
    rows["type"] = rows["text"].map(kind_of)
    rows["glad"] = [SnowNLP(text).sentiments if text else 0.5 for text in rows["text"]]
    words = Counter(word for text in rows["text"] for word in jieba.cut(text) if len(word) > 1)
    with pd.ExcelWriter(folder / "report.xlsx") as book:
        pd.DataFrame(words.most_common(200), columns=["word", "count"]).to_excel(book, sheet_name="words")
        rows["type"].value_counts().to_excel(book, sheet_name="types")
        rows.groupby("type")["glad"].mean().to_excel(book, sheet_name="sentiment")
        rows["渠道"].value_counts().to_excel(book, sheet_name="channels")
        pd.crosstab(rows["week"], rows["type"]).to_excel(book, sheet_name="weeks")
    rows.to_csv(folder / "rows.csv", index=False, encoding="utf-8-sig")
    days = rows["time"].dt.strftime("%Y-%m-%d")
    return {"read": read, "days": dict(zip(rows["反馈编号"], days.fillna(""), strict=True))}


given, target = map(Path, sys.argv[1:])
target.write_text(json.dumps(report(given, target.parent), ensure_ascii=False), encoding="utf-8")
