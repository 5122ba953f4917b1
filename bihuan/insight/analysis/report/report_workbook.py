"""report.xlsx: the same counts for those who go on in a spreadsheet, and all rows with personal data masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from bihuan.core.text import Text
from bihuan.insight.analysis.display_names import COLUMN, NOISE, WEEKDAYS, name_of
from bihuan.insight.analysis.report.markup import Speech, visible
from bihuan.insight.analysis.row_sets import VOICED
from bihuan.insight.analysis.rows import COLUMNS
from bihuan.insight.analysis.summary import Findings, said_name
from bihuan.insight.text.masking import mask

# A workbook says when it was made; the same input must give the same bytes.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
LONGEST = 32_000  # Excel's own limit is 32,767 characters a cell
SHEET_ROWS = 20_000  # rows listed in the workbook; all of them are in rows.csv and rows.parquet
A4 = 9  # Excel's number of the paper
NAMED = ("channel", "customer_type", "noise", "duplicate_kind", "problem_type", "sentiment", "urgency")
HIDDEN = ("customer_id", "demand", "product", "version", "region")
Cell = str | int | float | None

Table = tuple[Text, Sequence[str], list[list[Cell]]]


def write_book(findings: Findings, path: Path, lang: str) -> None:
    """The workbook. No cell is ever a formula or a link, whatever the customers wrote."""
    say = Speech(lang)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": MADE, "title": say("反馈分析报告", "Feedback analysis")})
    bold = book.add_format({"bold": True, "bg_color": "#E3F0EF", "bottom": 1})
    percent = book.add_format({"num_format": "0.0%"})
    listing = _rows(findings, say)
    tables: list[Table] = [_overview(findings, say), *_findings(findings, say), *_tables(findings, say), listing]
    for name, heads, rows in tables:
        sheet = book.add_worksheet(say(name))
        share = rows is not listing[2]  # elsewhere a fraction is a share, here how sure a label is
        sheet.freeze_panes(1, 0)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, width in enumerate(_widths(heads, rows)):
            sheet.set_column(column, column, width)
        lines: list[list[Cell]] = [list(heads), *rows]
        for number, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(number, column, visible(cell)[:LONGEST], None if number else bold)
                elif cell is not None:
                    sheet.write_number(number, column, cell, percent if share and isinstance(cell, float) else None)
        sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
    book.close()


def _widths(heads: Sequence[str], rows: list[list[Cell]]) -> list[float]:
    """About as wide as the first rows need, Han characters counting double."""

    def width(cell: Cell) -> int:
        return sum(2 if ord(char) > 0x2E7F else 1 for char in str("" if cell is None else cell)[:60])

    columns = [[head, *(row[at] for row in rows[:50] if at < len(row))] for at, head in enumerate(heads)]
    return [min(60, max(8, 2 + max(map(width, cells)))) for cells in columns]


def _overview(findings: Findings, say: Speech) -> Table:
    summary, account = findings.summary, findings.summary["accounting"]
    period = summary["period"]
    lines: list[tuple[str, Cell]] = [
        (say("文件", "Files"), ", ".join(each["name"] for each in summary["files"])),
        (say("日期", "Period"), f"{period['first']} – {period['last']}" if period else ""),
        (say("读取的行", "Rows read"), account["read"]),
        (say("跳过的行", "Rows skipped"), account["skipped"]),
        (say("不在所选日期内", "Outside the chosen days"), account["outside_window"]),
        (say("没有日期而未计入", "Left out for want of a date"), account["undated_left_out"]),
        (say("分析的反馈", "Rows analysed"), account["rows"]),
        (say("有内容的反馈", "Rows that say something"), findings.cuts.size(VOICED)),
        (say("同一客户的重复反馈", "Repeats of the same customer"), summary["repeats"]["rows"]),
        *[(say(NOISE[kind]), count) for kind, count in summary["quality"]["noise"].items()],
        (say("没有时间", "Without a date"), summary["quality"]["undated"]),
        (say("明细页列出的行", "Rows listed in this workbook"), _listed(findings, say)),
        (say("方法版本", "Methods"), ", ".join(dict.fromkeys(summary["methods"].values()))),
    ]
    return Text("概览", "Overview"), (say("项目", "Item"), say("数值", "Value")), [list(line) for line in lines]


def _listed(findings: Findings, say: Speech) -> Cell:
    """How many rows the last sheet lists, and where the rest is."""
    rows = findings.cuts.rows
    if rows <= SHEET_ROWS:
        return rows
    return say(
        f"前 {SHEET_ROWS:,} 条，全部 {rows:,} 条在 rows.csv", f"the first {SHEET_ROWS:,}; all {rows:,} are in rows.csv"
    )


def _findings(findings: Findings, say: Speech) -> list[Table]:
    """What stands out, a sentence a row with the number of rows behind it; no sheet where nothing does."""
    told, size = findings.told, findings.cuts.size
    found: list[tuple[Text, int | None, Text]] = [
        *[
            (Text("场景", "Where"), one.scenario.hits, one.sentence)
            for one in told.scenarios
            if one.explained_by is None
        ],
        *[(Text("不是原因", "No cause"), size(one.rows), one.sentence) for one in told.confounded],
        *[(Text("热点", "Hot"), one.observed, one.sentence) for one in told.bursts],
        *[(Text("周末", "Weekend"), None, one.sentence) for one in told.weekends],
        *[(Text("措施", "Measure"), size(one.measure.rows), one.sentence) for one in told.effects],
    ]
    lines: list[list[Cell]] = [[say(kind), rows, say(sentence)] for kind, rows, sentence in found]
    heads = (say("类别", "Kind"), say("条数", "Rows"), say("发现", "Finding"))
    return [(Text("发现", "Findings"), heads, lines)] if lines else []


def _tables(findings: Findings, say: Speech) -> list[Table]:
    summary = findings.summary
    count, share, repeats = say("条数", "Rows"), say("占比", "Share"), say("其中重复", "Of these repeats")
    tables: list[Table] = []
    for title, column, name in (
        (Text("问题类型", "Problem types"), "topic", "problem_types"),
        (Text("情绪", "Mood"), "sentiment", "sentiments"),
        (Text("紧急程度", "Urgency"), "urgency", "urgencies"),
        (Text("渠道", "Channels"), "channel", "channels"),
    ):
        rows = [[say(said_name(column, e["key"])), e["rows"], e["share"], e["repeats"]] for e in summary[name]]
        tables.append((title, (say(title), count, share, repeats), rows))
    for title, column, name in (
        (Text("问题TOP5", "Top 5 problems"), "problem_type", "top_problem_types"),
        (Text("产品TOP5", "Top 5 products"), "product", "top_products"),
    ):
        heads = (
            say(title),
            count,
            share,
            say("最近一周", "Last full week"),
            say("前一周", "Week before"),
            say("超出随机波动", "Beyond chance"),
        )
        tables.append((title, heads, [_top(say, column, entry) for entry in summary[name]]))
    days = [say(day) for day in WEEKDAYS]
    weekdays = [[say(said_name("channel", e["key"])), *e["rows"], e["undated"]] for e in summary["channel_weekdays"]]
    weeks = [[w["monday"], w["rows"], say("是", "yes") if w["full"] else say("否", "no")] for w in summary["weeks"]]
    fields = [[say(COLUMN[f["field"]]), f["read"], f["unreadable"], f["blank"]] for f in summary["quality"]["fields"]]
    return [
        *tables,
        (Text("渠道与星期", "Channels by weekday"), (say("渠道", "Channel"), *days, say("没有时间", "Undated")), weekdays),
        (Text("每周", "Weeks"), (say("一周从", "Week from"), count, say("完整周", "Full week")), weeks),
        (Text("数据质量", "Data quality"), (say("栏目", "Field"), say("读懂", "Read"), say("读不懂", "Unreadable"), say("空白", "Blank")), fields),
    ]  # fmt: skip


def _top(say: Speech, column: str, entry: dict[str, Any]) -> list[Cell]:
    change = entry["change"]
    row: list[Cell] = [say(said_name(column, entry["key"])), entry["rows"], entry["share"]]
    if not change:
        return row
    sure = say("是", "yes") if change["beyond_chance"] else say("否", "no")
    return [*row, change["last"], change["before"], sure]


def _rows(findings: Findings, say: Speech) -> Table:
    columns = [name for name in COLUMNS if name != "text"]
    names: dict[str, dict[str, str]] = {column: {} for column in NAMED}
    rows: list[list[Cell]] = []
    for voice in findings.cuts.table.slice(0, SHEET_ROWS).to_pylist():
        row: list[Cell] = []
        for column in columns:
            value = voice[column]
            if column in NAMED:
                value = names[column].setdefault(value, say(name_of(column, value)) if value else "")
            elif column in HIDDEN and value:
                value = mask(value)
            elif isinstance(value, datetime):
                value = f"{value:%Y-%m-%d %H:%M}"
            elif isinstance(value, float):
                value = round(value, 2)
            row.append(value)
        rows.append([*row, mask(voice["text"]) if voice["personal"] else voice["text"]])
    return Text("明细", "Rows"), [say(COLUMN[name]) for name in (*columns, "text")], rows
