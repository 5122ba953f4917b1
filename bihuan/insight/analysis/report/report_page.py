"""report.html: the sections in the order a director reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.analysis.report import count_sections, quality_section, result_sections
from bihuan.insight.analysis.report.markup import Html, Translate, document, join, tag
from bihuan.insight.analysis.report.page_style import STYLE
from bihuan.insight.analysis.report.row_pages import FOLDER, RowPages
from bihuan.insight.analysis.row_sets import ALL, NOISY, NOT_NOISE, Key, key
from bihuan.insight.analysis.sentence import Count
from bihuan.insight.analysis.summary import Analysis, display_name

MANY = 0.3  # share of "other" from which the ranking needs a warning


def write_page(analysis: Analysis, out: Path, lang: str) -> None:
    """report.html, and in report_rows/ a page of rows for every number on it."""
    t = Translate(lang)
    pages = RowPages(analysis, t)
    title = t("反馈分析报告", "Feedback analysis")
    parts = [
        _head(analysis, t, title),
        _tiles(analysis, pages, t),
        _lead(analysis, pages, t),
        result_sections.scenarios(analysis, pages, t),
        result_sections.effects(analysis, pages, t),
        result_sections.surges(analysis, pages, t),
        count_sections.types(analysis, pages, t),
        count_sections.top_types(analysis, pages, t),
        count_sections.top_products(analysis, pages, t),
        tag(
            "div",
            count_sections.sentiments(analysis, pages, t),
            count_sections.urgencies(analysis, pages, t),
            cls="two",
        ),
        count_sections.weeks(analysis, pages, t),
        count_sections.channels(analysis, pages, t),
        count_sections.weekdays(analysis, pages, t),
        result_sections.weekends(analysis, t),
        result_sections.problems(analysis, pages, t),
        _quotes(analysis, t),
        quality_section.box(analysis, pages, t),
        quality_section.methods(analysis, t),
    ]
    body = tag("main", *parts)
    (out / "report.html").write_text(document(t, title, STYLE, body), encoding="utf-8", newline="\n")
    pages.write(out / FOLDER)


def _head(analysis: Analysis, t: Translate, title: str) -> Html:
    summary = analysis.summary
    files = t("、", ", ").join(each["name"] for each in summary["files"])
    period = summary["period"]
    when = f"{period['first']} – {period['last']}" if period else t("没有日期", "no dates")
    window = summary["window"]
    chosen = ""
    if window["since"] or window["until"]:
        since, until = window["since"] or "…", window["until"] or "…"
        chosen = t(f"；只看 {since} 至 {until}", f"; only {since} to {until}")
    return join([tag("h1", title), tag("p", f"{files} · {when}{chosen}", cls="muted")])


def _tiles(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    tiles = [
        (ALL, t("反馈", "Feedback")),
        (NOT_NOISE, t("有内容的反馈", "Rows that say something")),
        *[(key(repeat="yes"), t("同一客户的重复反馈", "Repeats of the same customer"))] * analysis.linkable,
        (key(sentiment="dissatisfied"), t("不满", "Dissatisfied")),
        (key(urgency="urgent"), t("紧急", "Urgent")),
    ]
    return tag(
        "div",
        *[
            tag("div", tag("b", pages.number(name)), tag("span", label, cls="muted"), cls="tile")
            for name, label in tiles
        ],
        cls="tiles",
    )


def _lead(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """The main numbers as sentences, every number linked."""
    lines = result_sections.lead(analysis, pages, t)
    lines += [pages.sentence(sentence) for sentence in _main_numbers(analysis)]
    return tag("section", tag("ul", *[tag("li", line) for line in lines]), cls="lead") if lines else Html("")


def _main_numbers(analysis: Analysis) -> Iterator[Text]:
    summary = analysis.summary
    for column, name in (("problem_type", "top_problem_types"), ("product", "top_products")):
        if summary[name]:
            since = _since(column, summary[name][0], summary["compared_weeks"])
            yield Text("{most}{since}。", "{most}{since}.", most=_most(column, summary[name][0]), since=since)
    other = next((entry for entry in summary["problem_types"] if entry["key"] == "other"), None)
    if other and other["share"] >= MANY:
        yield Text(
            "{rows} 条（{share}）没有指明问题类型的词语，归入“其他”；问题排名只代表其余部分。",
            "{rows} rows ({share}) hold no words that tell a problem type and fall under “Other”; "
            "the ranking speaks for the rest only.",
            rows=_count(analysis, key(topic="other")),
            share=f"{other['share']:.0%}",
        )
    if noisy := analysis.row_sets.size(NOISY):
        yield Text(
            "{rows} 条没有实际内容，不计入下面的数字。",
            "{rows} row says nothing and is not counted below."
            if noisy == 1
            else "{rows} rows say nothing and are not counted below.",
            rows=Count(noisy, NOISY),
        )
    if repeats := summary["repeats"]["rows"]:
        yield Text(
            "{rows} 条是同一客户再次反馈，计入并单独标出。",
            "{rows} row{repeat} what the same customer reported before: counted, and marked.",
            rows=_count(analysis, key(repeat="yes")),
            repeat=" repeats" if repeats == 1 else "s repeat",
        )


def _count(analysis: Analysis, name: Key) -> Count:
    return Count(analysis.row_sets.size(name), name)


def _most(column: str, entry: dict[str, Any]) -> Text:
    kind = Text("问题", "problem") if column == "problem_type" else Text("产品", "product")
    return Text(
        "反馈最多的{kind}是“{name}”，{rows} 条，占 {share}",
        "The most frequent {kind} is “{name}”: {rows} {noun}, {share}",
        kind=kind,
        name=display_name(column, entry["key"]),
        rows=Count(entry["rows"], ((column, entry["key"]),)),
        noun="row" if entry["rows"] == 1 else "rows",
        share=f"{entry['share']:.1%}",
    )


def _since(column: str, entry: dict[str, Any], weeks: dict[str, str] | None) -> Text:
    """How the first of a ranking changed; nothing where two full weeks are not covered."""
    change = entry["change"]
    if not weeks or not change or not change["last"] + change["before"]:
        return Text("", "")
    last, before = (
        Count(change[which], ((column, entry["key"]), ("week", weeks[which]))) for which in ("last", "before")
    )
    beyond = Text("超出随机波动，值得查看", "more than chance explains, worth a look")
    within = Text("在随机波动范围内", "within what chance explains")
    return Text(
        "；最近一个完整周 {last} 条，前一周 {before} 条，{verdict}",
        "; {last} in the last full week, {before} in the one before: {verdict}",
        last=last,
        before=before,
        verdict=beyond if change["beyond_chance"] else within,
    )


def _quotes(analysis: Analysis, t: Translate) -> Html:
    parts: list[Html] = []
    for code, quotes in analysis.quotes.items():
        if quotes:
            parts.append(tag("h3", t(display_name("problem_type", code))))
        parts += [result_sections.quote_block(analysis, at, t) for at in quotes]
    if not parts:
        return Html("")
    note = t(
        "每类最多三条，由程序按代表性挑选，文字未改；电话、证件、地址等已遮盖。",
        "Up to three of each type, chosen by how many others they stand for; unedited, contact data masked.",
    )
    return tag("section", tag("h2", t("客户原话", "The customer's words")), *parts, tag("p", note, cls="note"))
