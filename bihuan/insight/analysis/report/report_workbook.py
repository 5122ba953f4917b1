"""report.xlsx: the same counts for those who go on in a spreadsheet, and all rows with personal data masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from bihuan.core.text import Text
from bihuan.insight.analysis.display_names import COLUMN, NOISE, WEEKDAYS, name_of
from bihuan.insight.analysis.report.markup import Translate, visible
from bihuan.insight.analysis.row_sets import NOT_NOISE
from bihuan.insight.analysis.rows import COLUMNS
from bihuan.insight.analysis.summary import Analysis, display_name
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


def write_workbook(analysis: Analysis, path: Path, lang: str) -> None:
    """The workbook. No cell is ever a formula or a link, whatever the customers wrote."""
    t = Translate(lang)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": MADE, "title": t("反馈分析报告", "Feedback analysis")})
    bold = book.add_format({"bold": True, "bg_color": "#E3F0EF", "bottom": 1})
    percent = book.add_format({"num_format": "0.0%"})
    listing = _rows(analysis, t)
    tables: list[Table] = [_overview(analysis, t), *_findings(analysis, t), *_tables(analysis, t), listing]
    for name, heads, rows in tables:
        sheet = book.add_worksheet(t(name))
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


def _overview(analysis: Analysis, t: Translate) -> Table:
    summary, account = analysis.summary, analysis.summary["accounting"]
    period = summary["period"]
    lines: list[tuple[str, Cell]] = [
        (t("文件", "Files"), ", ".join(each["name"] for each in summary["files"])),
        (t("日期", "Dates"), f"{period['first']} – {period['last']}" if period else ""),
        (t("读取的行", "Rows read"), account["read"]),
        (t("跳过的行", "Rows skipped"), account["skipped"]),
        (t("不在所选日期内", "Outside the chosen days"), account["outside_window"]),
        (t("没有日期而未计入", "Left out for want of a date"), account["undated_left_out"]),
        (t("分析的反馈", "Rows analysed"), account["rows"]),
        (t("有内容的反馈", "Rows that say something"), analysis.row_sets.size(NOT_NOISE)),
        (t("同一客户的重复反馈", "Repeats of the same customer"), summary["repeats"]["rows"]),
        *[(t(NOISE[kind]), count) for kind, count in summary["quality"]["noise"].items()],
        (t("没有时间", "Without a date"), summary["quality"]["undated"]),
        (t("明细页列出的行", "Rows listed in this workbook"), _listed(analysis, t)),
        (t("方法版本", "Methods"), ", ".join(dict.fromkeys(summary["methods"].values()))),
    ]
    return Text("概览", "Overview"), (t("项目", "Item"), t("数值", "Value")), [list(line) for line in lines]


def _listed(analysis: Analysis, t: Translate) -> Cell:
    """How many rows the last sheet lists, and where the rest is."""
    rows = analysis.row_sets.rows
    if rows <= SHEET_ROWS:
        return rows
    return t(
        f"前 {SHEET_ROWS:,} 条，全部 {rows:,} 条在 rows.csv", f"the first {SHEET_ROWS:,}; all {rows:,} are in rows.csv"
    )


def _findings(analysis: Analysis, t: Translate) -> list[Table]:
    """What stands out, a sentence a row with the number of rows behind it; no sheet where nothing does."""
    results, size = analysis.results, analysis.row_sets.size
    result: list[tuple[Text, int | None, Text]] = [
        *[
            (Text("场景", "Scenario"), finding.scenario.hits, finding.sentence)
            for finding in results.scenarios
            if finding.explained_by is None
        ],
        *[(Text("不是原因", "No cause"), size(finding.rows), finding.sentence) for finding in results.confounded],
        *[(Text("突增", "Surge"), finding.observed, finding.sentence) for finding in results.surges],
        *[(Text("周末", "Weekend"), None, finding.sentence) for finding in results.weekends],
        *[(Text("措施", "Measure"), size(finding.measure.rows), finding.sentence) for finding in results.effects],
    ]
    lines: list[list[Cell]] = [[t(kind), rows, t(sentence)] for kind, rows, sentence in result]
    heads = (t("类别", "Category"), t("条数", "Count"), t("发现", "Finding"))
    return [(Text("发现", "Findings"), heads, lines)] if lines else []


def _tables(analysis: Analysis, t: Translate) -> list[Table]:
    summary = analysis.summary
    count, share, repeats = t("条数", "Count"), t("占比", "Share"), t("其中重复", "Of these repeats")
    tables: list[Table] = []
    for title, column, name in (
        (Text("问题类型", "Problem types"), "topic", "problem_types"),
        (Text("情绪", "Sentiment"), "sentiment", "sentiments"),
        (Text("紧急程度", "Urgency"), "urgency", "urgencies"),
        (Text("渠道", "Channels"), "channel", "channels"),
    ):
        rows = [[t(display_name(column, e["key"])), e["rows"], e["share"], e["repeats"]] for e in summary[name]]
        tables.append((title, (t(title), count, share, repeats), rows))
    for title, column, name in (
        (Text("问题TOP5", "Top 5 problems"), "problem_type", "top_problem_types"),
        (Text("产品TOP5", "Top 5 products"), "product", "top_products"),
    ):
        heads = (
            t(title),
            count,
            share,
            t("最近一周", "Last full week"),
            t("前一周", "Week before"),
            t("超出随机波动", "Beyond chance"),
        )
        tables.append((title, heads, [_top(t, column, entry) for entry in summary[name]]))
    days = [t(day) for day in WEEKDAYS]
    weekdays = [[t(display_name("channel", e["key"])), *e["rows"], e["undated"]] for e in summary["channel_weekdays"]]
    weeks = [[w["monday"], w["rows"], t("是", "yes") if w["full"] else t("否", "no")] for w in summary["weeks"]]
    fields = [[t(COLUMN[f["field"]]), f["read"], f["unreadable"], f["blank"]] for f in summary["quality"]["fields"]]
    return [
        *tables,
        (Text("渠道与星期", "Channels by weekday"), (t("渠道", "Channel"), *days, t("没有时间", "Without a date")), weekdays),
        (Text("每周", "By week"), (t("一周从", "Week from"), count, t("完整周", "Full week")), weeks),
        (Text("数据质量", "Data quality"), (t("栏目", "Field"), t("读懂", "Read"), t("读不懂", "Unreadable"), t("空白", "Blank")), fields),
    ]  # fmt: skip


def _top(t: Translate, column: str, entry: dict[str, Any]) -> list[Cell]:
    change = entry["change"]
    row: list[Cell] = [t(display_name(column, entry["key"])), entry["rows"], entry["share"]]
    if not change:
        return row
    sure = t("是", "yes") if change["beyond_chance"] else t("否", "no")
    return [*row, change["last"], change["before"], sure]


def _rows(analysis: Analysis, t: Translate) -> Table:
    columns = [name for name in COLUMNS if name != "text"]
    names: dict[str, dict[str, str]] = {column: {} for column in NAMED}
    rows: list[list[Cell]] = []
    for row in analysis.row_sets.table.slice(0, SHEET_ROWS).to_pylist():
        cells: list[Cell] = []
        for column in columns:
            value = row[column]
            if column in NAMED:
                value = names[column].setdefault(value, t(name_of(column, value)) if value else "")
            elif column in HIDDEN and value:
                value = mask(value)
            elif isinstance(value, datetime):
                value = f"{value:%Y-%m-%d %H:%M}"
            elif isinstance(value, float):
                value = round(value, 2)
            cells.append(value)
        rows.append([*cells, mask(row["text"]) if row["personal"] else row["text"]])
    return Text("明细", "Rows"), [t(COLUMN[name]) for name in (*columns, "text")], rows
