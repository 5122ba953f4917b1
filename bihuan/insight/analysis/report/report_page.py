"""report.html: the sections in the order a director reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bihuan.insight.analysis.report import count_sections, quality_section, result_sections
from bihuan.insight.analysis.report.markup import Html, Translate, document, join, tag
from bihuan.insight.analysis.report.page_style import STYLE
from bihuan.insight.analysis.report.row_pages import FOLDER, RowPages
from bihuan.insight.analysis.row_sets import ALL, NOISY, NOT_NOISE, key
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
        tag("div", count_sections.moods(analysis, pages, t), count_sections.urgencies(analysis, pages, t), cls="two"),
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
        (ALL, t("反馈", "Rows of feedback")),
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
    summary = analysis.summary
    lines: list[list[object]] = [[line] for line in result_sections.lead(analysis, pages, t)]
    for column, name in (("problem_type", "top_problem_types"), ("product", "top_products")):
        if summary[name]:
            lines.append([*_most(column, summary[name][0], pages, t), *_since(column, analysis, pages, t), _stop(t)])
    other = next((entry["share"] for entry in summary["problem_types"] if entry["key"] == "other"), 0)
    if other >= MANY:
        lines.append([_untold(other, pages, t)])
    if noisy := analysis.row_sets.size(NOISY):
        zh = " 条没有实际内容，不计入下面的数字。"
        en = (
            " row says nothing and is not counted below."
            if noisy == 1
            else " rows say nothing and are not counted below."
        )
        lines.append([pages.number(NOISY), t(zh, en)])
    if again := summary["repeats"]["rows"]:
        zh = " 条是同一客户再次反馈，计入并单独标出。"
        en = f" row{' repeats' if again == 1 else 's repeat'} what the same customer said before: counted, and marked."
        lines.append([pages.number(key(repeat="yes")), t(zh, en)])
    return tag("section", tag("ul", *[tag("li", *line) for line in lines]), cls="lead") if lines else Html("")


def _stop(t: Translate) -> str:
    return t("。", ".")


def _most(column: str, entry: dict[str, Any], pages: RowPages, t: Translate) -> list[object]:
    name, share = t(display_name(column, entry["key"])), f"{entry['share']:.1%}"
    number = pages.number(((column, entry["key"]),))
    if t.lang == "zh":
        return [f"反馈最多的{'问题' if column == 'problem_type' else '产品'}是“{name}”，", number, f" 条，占 {share}"]
    kind = "problem" if column == "problem_type" else "product"
    return [f"The most frequent {kind} is “{name}”: ", number, f" row{'s' * (entry['rows'] != 1)}, {share}"]


def _since(column: str, analysis: Analysis, pages: RowPages, t: Translate) -> list[object]:
    """How the first of a ranking changed; nothing where two full weeks are not covered."""
    entry = analysis.summary["top_problem_types" if column == "problem_type" else "top_products"][0]
    two, change = analysis.summary["compared_weeks"], entry["change"]
    if not two or not change or not change["last"] + change["before"]:
        return []
    now, before = (pages.number(((column, entry["key"]), ("week", two[which]))) for which in ("last", "before"))
    if t.lang == "zh":
        tail = "超出随机波动，值得查看" if change["beyond_chance"] else "在随机波动范围内"
        return ["；最近一个完整周 ", now, " 条，前一周 ", before, f" 条，{tail}"]
    tail = "more than chance explains, worth a look" if change["beyond_chance"] else "within what chance explains"
    return ["; ", now, " in the last full week, ", before, f" in the one before: {tail}"]


def _untold(share: float, pages: RowPages, t: Translate) -> Html:
    number = pages.number(key(topic="other"))
    zh = [number, f" 条（{share:.0%}）没有指明问题类型的词语，归入“其他”；问题排名只代表其余部分。"]
    en = [
        number,
        f" rows ({share:.0%}) hold no words that tell a problem type and fall under “Other”; the ranking speaks for the rest only.",
    ]
    return join(zh if t.lang == "zh" else en)


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
    return tag("section", tag("h2", t("客户原话", "In the customers' words")), *parts, tag("p", note, cls="note"))
