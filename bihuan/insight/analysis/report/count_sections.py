"""The sections that count: each chart with its table, each number with its rows."""

from __future__ import annotations

from typing import Any

from bihuan.insight.analysis.display_names import WEEKDAYS
from bihuan.insight.analysis.report.charts import Slice, columns, pie, spark
from bihuan.insight.analysis.report.markup import Html, Translate, tag
from bihuan.insight.analysis.report.page_style import COLOURS, GREY, PALE
from bihuan.insight.analysis.report.row_pages import RowPages
from bihuan.insight.analysis.row_sets import Key, key
from bihuan.insight.analysis.summary import Analysis, display_name

NOTHING = Html("")
SHADES = 4
ENOUGH = 10  # a percentage of fewer rows than this says nothing


def grid(heads: list[tuple[str, str]], rows: list[list[Html]], cls: str = "") -> Html:
    """A table that scrolls sideways by itself; heads are (text, class)."""
    head = tag("tr", *[tag("th", text, cls=kind or None) for text, kind in heads])
    table = tag("table", tag("thead", head), tag("tbody", *[tag("tr", *cells) for cells in rows]), cls=cls or None)
    return tag("div", table, cls="wide")


def num(content: object) -> Html:
    return tag("td", content, cls="num")


def types(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """Shares of the problem types."""
    entries = analysis.summary["problem_types"]
    slices, rows = [], []
    for at, entry in enumerate(entries):
        name: Key = key(topic=entry["key"])
        shown, colour = (
            t(display_name("topic", entry["key"])),
            GREY if entry["key"] == "other" else COLOURS[at % len(COLOURS)],
        )
        slices.append(
            Slice(entry["rows"], colour, f"{shown} {entry['rows']:,} · {entry['share']:.1%}", pages.href(name))
        )
        dot = tag(
            "svg", tag("rect", width="10", height="10", fill=colour), viewBox="0 0 10 10", cls="key", aria_hidden="true"
        )
        rows.append(
            [
                tag("td", dot, shown),
                num(pages.number(name)),
                num(f"{entry['share']:.1%}"),
                *[num(pages.number(key(topic=entry["key"], repeat="yes")))] * analysis.linkable,
            ]
        )
    if not rows:
        return NOTHING
    heads = [(t("问题类型", "Problem type"), ""), (t("条数", "Count"), "num"), (t("占比", "Share"), "num"),
             *[(t("其中重复", "Of these repeats"), "num")] * analysis.linkable]  # fmt: skip
    title = t("问题类型占比", "Shares of problem types")
    return tag("section", tag("h2", title), tag("div", pie(slices, title), grid(heads, rows), cls="beside"))


def top_types(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    note = t(
        "能细分时按二级类型；“其他”不参与排名。", "By second level where the words tell it; “Other” is not ranked."
    )
    return _top(analysis, pages, t, "problem_type", t("问题 TOP 5", "Top 5 problems"), note)


def top_products(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    return _top(analysis, pages, t, "product", t("产品 TOP 5", "Top 5 products"), "")


def _top(analysis: Analysis, pages: RowPages, t: Translate, column: str, title: str, note: str) -> Html:
    entries = analysis.summary["top_problem_types" if column == "problem_type" else "top_products"]
    if not entries:
        return NOTHING
    rows = []
    for entry in entries:
        shown = t(display_name(column, entry["key"]))
        share = num(f"{entry['share']:.1%}")
        rows.append([tag("td", shown), num(pages.number(((column, entry["key"]),))), share,
                     *_change(analysis, pages, t, column, entry)])  # fmt: skip
    heads = [(title.split(" ")[0] if t.lang == "zh" else title.split(" ")[-1].rstrip("s").capitalize(), ""),
             (t("条数", "Count"), "num"), (t("占比", "Share"), "num"), *_change_heads(analysis, t)]  # fmt: skip
    return tag("section", tag("h2", title), grid(heads, rows), tag("p", _note(analysis, t, note), cls="note"))


def _note(analysis: Analysis, t: Translate, note: str) -> str:
    two = analysis.summary["compared_weeks"]
    if not two:
        more = t(
            "数据不足两个完整周，没有与前一周比较。", "The data does not cover two full weeks, so none are compared."
        )
    else:
        more = t(
            f"最近一个完整周从 {two['last']} 起，前一周从 {two['before']} 起；▲▼ 表示变化超出随机波动，值得查看。",
            f"The last full week begins on {two['last']}, the one before on {two['before']}; "
            "▲▼ mark changes that chance does not explain.",
        )
    return f"{note} {more}".strip()


def _change_heads(analysis: Analysis, t: Translate) -> list[tuple[str, str]]:
    if not analysis.summary["compared_weeks"]:
        return []
    return [(t("最近一周", "Last full week"), "num"), (t("前一周", "Week before"), "num"), (t("变化", "Change"), "num")]


def _change(analysis: Analysis, pages: RowPages, t: Translate, column: str, entry: dict[str, Any]) -> list[Html]:
    """Last week, the week before and the change, both counts linked."""
    two, change = analysis.summary["compared_weeks"], entry["change"]
    if not two or not change:
        return []
    cells = [num(pages.number(((column, entry["key"]), ("week", two[which])))) for which in ("last", "before")]
    difference = change["difference"]
    shown = f"{difference:+,}" if difference else "0"
    share = f" {change['ratio']:+.0%}" if change["ratio"] is not None and change["before"] >= ENOUGH else ""
    mark, kind = "", ""
    if change["beyond_chance"]:
        mark, kind = ("▲ ", " up") if difference > 0 else ("▼ ", " down")
    small = tag("small", share.replace("-", "−")) if share and difference else ""
    return [*cells, tag("td", mark + shown.replace("-", "−"), small, cls="num change" + kind)]


def sentiments(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    return _shares(analysis, pages, t, "sentiment", "sentiments", t("情绪", "Sentiment"))


def urgencies(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    return _shares(analysis, pages, t, "urgency", "urgencies", t("紧急程度", "Urgency"))


def _shares(analysis: Analysis, pages: RowPages, t: Translate, column: str, name: str, title: str) -> Html:
    rows = [
        [
            tag("td", t(display_name(column, entry["key"]))),
            num(pages.number(((column, entry["key"]),))),
            num(f"{entry['share']:.1%}"),
            tag("td", _bar(entry["share"])),
        ]
        for entry in analysis.summary[name]
    ]
    heads = [(title, ""), (t("条数", "Count"), "num"), (t("占比", "Share"), "num"), ("", "")]
    return tag("section", tag("h2", title), grid(heads, rows)) if rows else NOTHING


def _bar(share: float) -> Html:
    return tag("div", tag("i", style=f"width:{share:.1%}"), cls="bar")


def weeks(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """Rows by week; weeks the data covers only in part are pale."""
    result = analysis.summary["weeks"]
    if not result:
        return NOTHING
    slices, rows = [], []
    for week in result:
        name = key(week=week["monday"])
        part = "" if week["full"] else t("（不完整）", " (in part)")
        colour = COLOURS[0] if week["full"] else PALE
        slices.append(Slice(week["rows"], colour, f"{week['monday']}{part} {week['rows']:,}", pages.href(name)))
        rows.append([tag("td", week["monday"] + part), num(pages.number(name))])
    title = t("每周反馈", "Feedback by week")
    top = max(week["rows"] for week in result)
    ends = tag("div", *[tag("span", result[at]["monday"]) for at in dict.fromkeys((0, len(result) - 1))], cls="ends")
    caption = t(
        f"最高的一周 {top:,} 条；浅色的周只有部分日期有数据。",
        f"Highest week {top:,}; pale weeks are covered only in part.",
    )
    heads = [(t("一周从", "Week from"), ""), (t("条数", "Count"), "num")]
    table = tag("details", tag("summary", t("每周数字", "The numbers")), grid(heads, rows))
    return tag(
        "section", tag("h2", title), tag("figure", columns(slices, title), ends, tag("figcaption", caption)), table
    )


def channels(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """Each channel with its share, its line over the weeks and its last change."""
    summary = analysis.summary
    if not summary["channels"]:
        return NOTHING
    mondays = [week["monday"] for week in summary["weeks"] if week["full"]]
    rows, drawn = [], len(mondays) > 1
    for entry, changed in zip(summary["channels"], summary["channel_changes"], strict=True):
        shown = t(display_name("channel", entry["key"]))
        line = [analysis.row_sets.size(key(channel=entry["key"], week=start)) for start in mondays]
        rows.append([
            tag("td", shown),
            num(pages.number(key(channel=entry["key"]))),
            num(f"{entry['share']:.1%}"),
            *[tag("td", spark(line, f"{shown}: {', '.join(map(str, line))}"))] * drawn,
            *_change(analysis, pages, t, "channel", changed),
        ])  # fmt: skip
    heads = [(t("渠道", "Channel"), ""), (t("条数", "Count"), "num"), (t("占比", "Share"), "num"),
             *[(t("完整周走势", "Full weeks"), "")] * drawn, *_change_heads(analysis, t)]  # fmt: skip
    note = t("每条走势按自己的最高点绘制。", "Each line is drawn to its own highest point.")
    shown = tag("p", note, cls="note") if drawn else NOTHING
    return tag("section", tag("h2", t("渠道", "Channels")), grid(heads, rows), shown)


def weekdays(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """Channel by weekday, darker where more came; every cell leads to its rows."""
    result = [entry for entry in analysis.summary["channel_weekdays"] if any(entry["rows"])]
    if not result:
        return NOTHING
    top = max(max(entry["rows"]) for entry in result)
    rows = [
        [tag("td", t(display_name("channel", entry["key"])), cls="nowrap")]
        + [
            tag("td", pages.number(key(channel=entry["key"], weekday=str(day))), cls=f"num h{_shade(size, top)}")
            for day, size in enumerate(entry["rows"])
        ]
        for entry in result
    ]
    heads = [(t("渠道", "Channel"), ""), *[(t(day), "num") for day in WEEKDAYS]]
    return tag("section", tag("h2", t("渠道与星期", "Channels by weekday")), grid(heads, rows, "heat"))


def _shade(size: int, top: int) -> int:
    return -(-SHADES * size // top) if size else 0
