"""Columns by the block are the very values of row by row, on files made to make them differ."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.insight.sheets import blocks as module
from bihuan.insight.sheets import dates, inspect_file, read, values
from bihuan.insight.sheets.blocks import blocks

FIELDS = ("external_no", "received_at", "channel", "customer_no", "customer_type", "contact", "product", "version", "system",
          "region", "text", "demand", "score")  # fmt: skip
HEADS = [
    "编号",
    "反馈时间",
    "渠道",
    "客户编号",
    "客户类型",
    "联系方式",
    "产品",
    "版本",
    "系统",
    "地区",
    "问题描述",
    "客户诉求",
    "评分",
]
TIMES = ("2025-03-01 07:54:57", "2025/3/1 7:38", "2025年3月1日", "Sat, 01 Mar 2025 01:22:51 +0800", "2025-03-01T08:30:36+08:00",
         "45717.33", "1740787200", "2025-03-01T23:59:59Z", "2025-03-01 24:00", "下午3:05", "2025年3月1日 下午3:05", "2025-02-30 10:00",
         "03/04/2026 10:00", "13/04/2026 10:00:05", "1991-06-01 12:00:00", "1989-05-01", "2025-03-01 10:61", "2025-03-01 9:05:61", "去年",
         "2025-03-01 10:00 -0500", "20250301 1530", "2025-03-01 10:00:00.123", "2025-3-1 10：20", "2025-03-01 10:00 PM", " 2025-03-01 10:00 ")  # fmt: skip
CELLS = ("", " ", "-", "无", "N/A", "合计", "电话", "微 信", "FB1", "1.38E+10", "四星", "5", "v3.2", "Android 14", "广东深圳", "一\n二", 'a"b', "a,b", "=1+1",
         "13912345678", "199****1074", "a.b@c.cn", "A.b@C.cn", "1e5", "12E3", "E5", "3e", "x1e5", "--1", "FB-2026_01", "合计(12)", "１２", "老客户", "匿名", "\u200b", "null", "　", "😀", "门坏了", "渠道", "编号", "number" * 300)  # fmt: skip


def same(path: Path) -> int:
    """Hold every value, error and skipped row of one way against the other; returns how many rows carry a voice."""
    plan = inspect_file(path).plan()
    slow = list(read(path, plan))
    kept = [row for row in slow if not row.skip]
    at = read_rows = 0
    skipped: Counter[object] = Counter()
    for block in blocks(path, plan, FIELDS, size=7):
        read_rows += block.read
        skipped.update(block.skipped)
        columns = {field: column.to_pylist() for field, column in block.columns.items()}
        for place, number in enumerate(block.numbers):
            row, at = kept[at], at + 1
            assert row.number == number
            for field, column in columns.items():
                assert column[place] == row.values.get(field), (field, row.raw)
            wrong = {field: error for field, bad in block.errors.items() for spot, error in bad if spot == place}
            assert wrong == {field: error for field, error in row.errors.items() if field in FIELDS}
    assert (at, read_rows) == (len(kept), len(slow))
    assert skipped == Counter(row.skip for row in slow if row.skip)
    return at


def save(path: Path, rows: list[list[str]], encoding: str = "utf-8", newline: str = "\r\n") -> Path:
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        csv.writer(file, lineterminator=newline).writerows([HEADS, *rows])
    return path


ROWS = st.lists(
    st.tuples(st.sampled_from(TIMES), st.lists(st.sampled_from(CELLS), min_size=0, max_size=15)).map(
        lambda pair: [*pair[1][:1], pair[0], *pair[1][1:]]
    ),
    min_size=1,
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(ROWS, st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.sampled_from(["\r\n", "\n"]))
def test_hostile_rows_are_the_same_either_way(tmp_path, rows, encoding, newline):
    known = [
        "FB9",
        "2025-03-01 10:00",
        "电话",
        "C1",
        "老客户",
        "13912345678",
        "净水器",
        "V1.2.0",
        "iOS",
        "广东/深圳",
        "门坏了，请处理",
        "退款",
        "1",
    ]
    same(save(tmp_path / "a.csv", [known, *rows, known], encoding, newline))


def test_every_time_is_the_same_either_way_at_every_clock(tmp_path):
    clocks = [f"{before}{hour}:{minute}{after}" for before in ("2025-03-01 ", "1990-04-15 ", "1991-09-14T", "2025年3月1日 ", "Sat, 01 Mar 2025 ")
              for hour in ("00", "7", "23", "24") for minute in ("00", "59", "60", "30:15", "30:60") for after in ("", " +0800", "Z", " AM")]  # fmt: skip
    rows = [
        [f"F{at}", moment, "电话", "", "", "", "", "", "", "", "门坏了", "", ""]
        for at, moment in enumerate([*clocks, *TIMES])
    ]
    assert same(save(tmp_path / "a.csv", rows)) == len(rows)


def test_a_full_memory_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 3)
    rows = [
        [f"F{at}", TIMES[at % 9], "电话", f"C{at % 5}", "", "", CELLS[at % len(CELLS)], "", "", "", "门坏了", "", "5"]
        for at in range(80)
    ]
    assert same(save(tmp_path / "a.csv", rows)) == 80


def test_a_time_after_a_remembered_midnight_is_the_time_by_the_form_itself():
    clocks = [f"{day}{clock}{zone}" for day in ("2025-03-01 ", "1990-04-15 ", "2025年3月1日 ", "2025/3/1T", "1/3/2025 ", "13/4/2026,", "2100-12-31 ")
              for clock in ("00:00", "07:54", "23:59:59", "09:61", "24:00", "12:30:00") for zone in ("", " +0800", "-05:00", "Z", " PM")]  # fmt: skip
    for day_first in (None, True, False):
        for text in (*TIMES, *clocks):
            by_form = dates.parse_form(text, dates.SHANGHAI, day_first)
            assert dates.parse(text, day_first=day_first) == by_form, text


@given(st.text("0123456789eE+-_*. @abAB１（", max_size=16), st.sampled_from(sorted(values.UNCHANGED)))
def test_what_is_taken_as_it_stands_is_canonical_as_it_stands(cell, field):
    if values.is_unchanged(field, cell):
        assert values.PLAIN[field](cell) == cell


@pytest.mark.data
@pytest.mark.parametrize(
    "file", ["feedback_export_gbk.csv.gz", "feedback_messy_workbook.xlsx", "feedback_export.jsonl.gz"]
)
def test_real_exports_are_the_same_either_way(shared, file):
    assert same(shared / "demo_open" / file) > 300


@pytest.mark.data
def test_odd_tables_are_the_same_either_way(shared):
    looked = 0
    for path in sorted((shared / "tables").rglob("*.csv"))[:30]:
        if path.stat().st_size < 1 << 20:
            try:
                same(path)
            except module.Unreadable:
                continue
            looked += 1
    assert looked
