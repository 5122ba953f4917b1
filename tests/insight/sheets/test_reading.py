"""Files made here, looked at and read."""

import json
from pathlib import Path

import openpyxl

from bihuan.insight.sheets import Plan, look, read, replan

HEADINGS = ["反馈编号", "反馈时间", "联系电话", "渠道", "问题描述", "评分"]
ROW = ["F001", "2025-03-01 10:00", "13912345678", "热线", "打印机一直卡纸", "2"]


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_a_plain_sheet_is_understood_whole(tmp_path: Path) -> None:
    found = look(book(tmp_path / "a.xlsx", {"明细": [HEADINGS, ROW]}))
    assert [column.field for column in found.columns] == [
        "external_no",
        "received_at",
        "contact",
        "channel",
        "text",
        "score",
    ]
    (row,) = read(tmp_path / "a.xlsx", found.plan())
    assert row.number == 2
    assert row.raw == dict(zip(HEADINGS, ROW, strict=True))
    assert row.values == {
        "external_no": "F001",
        "received_at": "2025-03-01T10:00:00+08:00",
        "contact": "13912345678",
        "channel": "phone",
        "text": "打印机一直卡纸",
        "score": "2",
    }
    assert row.precision == {"received_at": "minute"}
    assert row.errors == {}


def test_a_plan_survives_json_and_reads_the_same(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"明细": [HEADINGS, ROW, ROW]})
    plan = look(path).plan()
    stored = Plan.from_json(json.loads(json.dumps(plan.to_json())))
    assert stored == plan
    assert list(read(path, stored)) == list(read(path, plan))


def test_titles_repeated_headings_blank_rows_and_totals_are_accounted_for(tmp_path: Path) -> None:
    rows = [
        ["客户反馈汇总表"],
        ["导出人：甲", None, "导出时间：2025-08-31"],
        [],
        HEADINGS,
        ROW,
        [],
        HEADINGS,
        ROW,
        ["合计", 2],
    ]
    path = book(tmp_path / "a.xlsx", {"明细": rows})
    found = look(path)
    assert found.heading_row == 4
    read_rows = list(read(path, found.plan()))
    assert [row.number for row in read_rows] == [5, 6, 7, 8, 9]
    assert [row.skip.en if row.skip else "" for row in read_rows] == [
        "",
        "Blank row",
        "Repeated heading",
        "",
        "Totals row",
    ]
    assert found.total_rows == 5


def test_the_sheet_with_data_is_chosen_and_another_can_be_chosen_instead(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"说明": [["请勿修改表头"]], "明细": [HEADINGS, ROW], "旧": [["日期", "评论"]]})
    assert look(path).sheet == "明细"
    assert replan(str(path), sheet="旧").sheet == "旧"
    assert replan(str(path), sheet="明细", heading_row=2).columns[0].heading == "F001"
