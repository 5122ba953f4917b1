"""The sections that count: each chart with its table, each number with its rows."""

from __future__ import annotations

from typing import Any

from bihuan.insight.analysis.display_names import WEEKDAYS
from bihuan.insight.analysis.report.charts import Slice, columns, pie, spark
from bihuan.insight.analysis.report.markup import Html, Speech, tag
from bihuan.insight.analysis.report.page_style import COLOURS, GREY, PALE
from bihuan.insight.analysis.report.row_pages import Lists
from bihuan.insight.analysis.row_sets import Key, key
from bihuan.insight.analysis.summary import Findings, said_name

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


def types(findings: Findings, lists: Lists, say: Speech) -> Html:
    """Shares of the problem types."""
    entries = findings.summary["problem_types"]
    slices, rows = [], []
    for at, entry in enumerate(entries):
        name: Key = key(topic=entry["key"])
        shown, colour = (
            say(said_name("topic", entry["key"])),
            GREY if entry["key"] == "other" else COLOURS[at % len(COLOURS)],
        )
        slices.append(
            Slice(entry["rows"], colour, f"{shown} {entry['rows']:,} · {entry['share']:.1%}", lists.href(name))
        )
        dot = tag(
            "svg", tag("rect", width="10", height="10", fill=colour), viewBox="0 0 10 10", cls="key", aria_hidden="true"
        )
        rows.append(
            [
                tag("td", dot, shown),
                num(lists.number(name)),
                num(f"{entry['share']:.1%}"),
                *[num(lists.number(key(topic=entry["key"], repeat="yes")))] * findings.linkable,
            ]
        )
    if not rows:
        return NOTHING
    heads = [(say("问题类型", "Problem type"), ""), (say("条数", "Rows"), "num"), (say("占比", "Share"), "num"),
             *[(say("其中重复", "Of these repeats"), "num")] * findings.linkable]  # fmt: skip
    title = say("问题类型占比", "Shares of problem types")
    return tag("section", tag("h2", title), tag("div", pie(slices, title), grid(heads, rows), cls="beside"))


def top_types(findings: Findings, lists: Lists, say: Speech) -> Html:
    note = say(
        "能细分时按二级类型；“其他”不参与排名。", "By second level where the words tell it; “Other” is not ranked."
    )
    return _top(findings, lists, say, "problem_type", say("问题 TOP 5", "Top 5 problems"), note)


def top_products(findings: Findings, lists: Lists, say: Speech) -> Html:
    return _top(findings, lists, say, "product", say("产品 TOP 5", "Top 5 products"), "")


def _top(findings: Findings, lists: Lists, say: Speech, column: str, title: str, note: str) -> Html:
    entries = findings.summary["top_problem_types" if column == "problem_type" else "top_products"]
    if not entries:
        return NOTHING
    rows = []
    for entry in entries:
        shown = say(said_name(column, entry["key"]))
        share = num(f"{entry['share']:.1%}")
        rows.append([tag("td", shown), num(lists.number(((column, entry["key"]),))), share,
                     *_change(findings, lists, say, column, entry)])  # fmt: skip
    heads = [(title.split(" ")[0] if say.lang == "zh" else title.split(" ")[-1].rstrip("s").capitalize(), ""),
             (say("条数", "Rows"), "num"), (say("占比", "Share"), "num"), *_change_heads(findings, say)]  # fmt: skip
    return tag("section", tag("h2", title), grid(heads, rows), tag("p", _note(findings, say, note), cls="note"))


def _note(findings: Findings, say: Speech, note: str) -> str:
    two = findings.summary["compared_weeks"]
    if not two:
        more = say(
            "数据不足两个完整周，没有与前一周比较。", "The data does not cover two full weeks, so none are compared."
        )
    else:
        more = say(
            f"最近一个完整周从 {two['last']} 起，前一周从 {two['before']} 起；▲▼ 表示变化超出随机波动，值得查看。",
            f"The last full week begins on {two['last']}, the one before on {two['before']}; "
            "▲▼ mark changes that chance does not explain.",
        )
    return f"{note} {more}".strip()


def _change_heads(findings: Findings, say: Speech) -> list[tuple[str, str]]:
    if not findings.summary["compared_weeks"]:
        return []
    return [(say("最近一周", "Last week"), "num"), (say("前一周", "Before"), "num"), (say("变化", "Change"), "num")]


def _change(findings: Findings, lists: Lists, say: Speech, column: str, entry: dict[str, Any]) -> list[Html]:
    """Last week, the week before and the change, both counts linked."""
    two, change = findings.summary["compared_weeks"], entry["change"]
    if not two or not change:
        return []
    cells = [num(lists.number(((column, entry["key"]), ("week", two[which])))) for which in ("last", "before")]
    difference = change["difference"]
    shown = f"{difference:+,}" if difference else "0"
    share = f" {change['ratio']:+.0%}" if change["ratio"] is not None and change["before"] >= ENOUGH else ""
    mark, kind = "", ""
    if change["beyond_chance"]:
        mark, kind = ("▲ ", " up") if difference > 0 else ("▼ ", " down")
    small = tag("small", share.replace("-", "−")) if share and difference else ""
    return [*cells, tag("td", mark + shown.replace("-", "−"), small, cls="num change" + kind)]


def moods(findings: Findings, lists: Lists, say: Speech) -> Html:
    return _shares(findings, lists, say, "sentiment", "sentiments", say("情绪", "Mood"))


def urgencies(findings: Findings, lists: Lists, say: Speech) -> Html:
    return _shares(findings, lists, say, "urgency", "urgencies", say("紧急程度", "Urgency"))


def _shares(findings: Findings, lists: Lists, say: Speech, column: str, name: str, title: str) -> Html:
    rows = [
        [
            tag("td", say(said_name(column, entry["key"]))),
            num(lists.number(((column, entry["key"]),))),
            num(f"{entry['share']:.1%}"),
            tag("td", _bar(entry["share"])),
        ]
        for entry in findings.summary[name]
    ]
    heads = [(title, ""), (say("条数", "Rows"), "num"), (say("占比", "Share"), "num"), ("", "")]
    return tag("section", tag("h2", title), grid(heads, rows)) if rows else NOTHING


def _bar(share: float) -> Html:
    return tag("div", tag("i", style=f"width:{share:.1%}"), cls="bar")


def weeks(findings: Findings, lists: Lists, say: Speech) -> Html:
    """Rows by week; weeks the data covers only in part are pale."""
    found = findings.summary["weeks"]
    if not found:
        return NOTHING
    slices, rows = [], []
    for week in found:
        name = key(week=week["monday"])
        part = "" if week["full"] else say("（不完整）", " (in part)")
        colour = COLOURS[0] if week["full"] else PALE
        slices.append(Slice(week["rows"], colour, f"{week['monday']}{part} {week['rows']:,}", lists.href(name)))
        rows.append([tag("td", week["monday"] + part), num(lists.number(name))])
    title = say("每周反馈", "Feedback by week")
    top = max(week["rows"] for week in found)
    ends = tag("div", *[tag("span", found[at]["monday"]) for at in dict.fromkeys((0, len(found) - 1))], cls="ends")
    caption = say(
        f"最高的一周 {top:,} 条；浅色的周只有部分日期有数据。",
        f"Highest week {top:,}; pale weeks are covered only in part.",
    )
    heads = [(say("一周从", "Week from"), ""), (say("条数", "Rows"), "num")]
    table = tag("details", tag("summary", say("每周数字", "The numbers")), grid(heads, rows))
    return tag(
        "section", tag("h2", title), tag("figure", columns(slices, title), ends, tag("figcaption", caption)), table
    )


def channels(findings: Findings, lists: Lists, say: Speech) -> Html:
    """Each channel with its share, its line over the weeks and its last change."""
    summary = findings.summary
    if not summary["channels"]:
        return NOTHING
    mondays = [week["monday"] for week in summary["weeks"] if week["full"]]
    rows, drawn = [], len(mondays) > 1
    for entry, changed in zip(summary["channels"], summary["channel_changes"], strict=True):
        shown = say(said_name("channel", entry["key"]))
        line = [findings.cuts.size(key(channel=entry["key"], week=start)) for start in mondays]
        rows.append([
            tag("td", shown),
            num(lists.number(key(channel=entry["key"]))),
            num(f"{entry['share']:.1%}"),
            *[tag("td", spark(line, f"{shown}: {', '.join(map(str, line))}"))] * drawn,
            *_change(findings, lists, say, "channel", changed),
        ])  # fmt: skip
    heads = [(say("渠道", "Channel"), ""), (say("条数", "Rows"), "num"), (say("占比", "Share"), "num"),
             *[(say("完整周走势", "Full weeks"), "")] * drawn, *_change_heads(findings, say)]  # fmt: skip
    note = say("每条走势按自己的最高点绘制。", "Each line is drawn to its own highest point.")
    shown = tag("p", note, cls="note") if drawn else NOTHING
    return tag("section", tag("h2", say("渠道", "Channels")), grid(heads, rows), shown)


def weekdays(findings: Findings, lists: Lists, say: Speech) -> Html:
    """Channel by weekday, darker where more came; every cell leads to its rows."""
    found = [entry for entry in findings.summary["channel_weekdays"] if any(entry["rows"])]
    if not found:
        return NOTHING
    top = max(max(entry["rows"]) for entry in found)
    rows = [
        [tag("td", say(said_name("channel", entry["key"])), cls="nowrap")]
        + [
            tag("td", lists.number(key(channel=entry["key"], weekday=str(day))), cls=f"num h{_shade(size, top)}")
            for day, size in enumerate(entry["rows"])
        ]
        for entry in found
    ]
    heads = [(say("渠道", "Channel"), ""), *[(say(day), "num") for day in WEEKDAYS]]
    return tag("section", tag("h2", say("渠道与星期", "Channels by weekday")), grid(heads, rows, "heat"))


def _shade(size: int, top: int) -> int:
    return -(-SHADES * size // top) if size else 0
