"""report.html: the sections in the order a director reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bihuan.insight.analysis.report import count_sections, quality_section, result_sections
from bihuan.insight.analysis.report.markup import Html, Speech, document, join, tag
from bihuan.insight.analysis.report.page_style import STYLE
from bihuan.insight.analysis.report.row_pages import FOLDER, Lists
from bihuan.insight.analysis.row_sets import ALL, NOISY, VOICED, key
from bihuan.insight.analysis.summary import Findings, said_name

MANY = 0.3  # share of "other" from which the ranking needs a warning


def write_page(findings: Findings, out: Path, lang: str) -> None:
    """report.html, and in report_rows/ a page of rows for every number on it."""
    say = Speech(lang)
    lists = Lists(findings, say)
    title = say("反馈分析报告", "Feedback analysis")
    parts = [
        _head(findings, say, title),
        _tiles(findings, lists, say),
        _lead(findings, lists, say),
        result_sections.scenarios(findings, lists, say),
        result_sections.effects(findings, lists, say),
        result_sections.bursts(findings, lists, say),
        count_sections.types(findings, lists, say),
        count_sections.top_types(findings, lists, say),
        count_sections.top_products(findings, lists, say),
        tag(
            "div", count_sections.moods(findings, lists, say), count_sections.urgencies(findings, lists, say), cls="two"
        ),
        count_sections.weeks(findings, lists, say),
        count_sections.channels(findings, lists, say),
        count_sections.weekdays(findings, lists, say),
        result_sections.weekends(findings, say),
        result_sections.problems(findings, lists, say),
        _quotes(findings, say),
        quality_section.box(findings, lists, say),
        quality_section.methods(findings, say),
    ]
    body = tag("main", *parts)
    (out / "report.html").write_text(document(say, title, STYLE, body), encoding="utf-8", newline="\n")
    lists.write(out / FOLDER)


def _head(findings: Findings, say: Speech, title: str) -> Html:
    summary = findings.summary
    files = say("、", ", ").join(each["name"] for each in summary["files"])
    period = summary["period"]
    when = f"{period['first']} – {period['last']}" if period else say("没有日期", "no dates")
    window = summary["window"]
    chosen = ""
    if window["since"] or window["until"]:
        since, until = window["since"] or "…", window["until"] or "…"
        chosen = say(f"；只看 {since} 至 {until}", f"; only {since} to {until}")
    return join([tag("h1", title), tag("p", f"{files} · {when}{chosen}", cls="muted")])


def _tiles(findings: Findings, lists: Lists, say: Speech) -> Html:
    tiles = [
        (ALL, say("反馈", "Rows of feedback")),
        (VOICED, say("有内容的反馈", "Rows that say something")),
        *[(key(repeat="yes"), say("同一客户的重复反馈", "Repeats of the same customer"))] * findings.linkable,
        (key(sentiment="dissatisfied"), say("不满", "Dissatisfied")),
        (key(urgency="urgent"), say("紧急", "Urgent")),
    ]
    return tag(
        "div",
        *[
            tag("div", tag("b", lists.number(name)), tag("span", label, cls="muted"), cls="tile")
            for name, label in tiles
        ],
        cls="tiles",
    )


def _lead(findings: Findings, lists: Lists, say: Speech) -> Html:
    """The main numbers as sentences, every number linked."""
    summary = findings.summary
    lines: list[list[object]] = [[line] for line in result_sections.lead(findings, lists, say)]
    for column, name in (("problem_type", "top_problem_types"), ("product", "top_products")):
        if summary[name]:
            lines.append(
                [*_most(column, summary[name][0], lists, say), *_since(column, findings, lists, say), _stop(say)]
            )
    other = next((entry["share"] for entry in summary["problem_types"] if entry["key"] == "other"), 0)
    if other >= MANY:
        lines.append([_untold(other, lists, say)])
    if noisy := findings.cuts.size(NOISY):
        zh = " 条没有实际内容，不计入下面的数字。"
        en = (
            " row says nothing and is not counted below."
            if noisy == 1
            else " rows say nothing and are not counted below."
        )
        lines.append([lists.number(NOISY), say(zh, en)])
    if again := summary["repeats"]["rows"]:
        zh = " 条是同一客户再次反馈，计入并单独标出。"
        en = f" row{' repeats' if again == 1 else 's repeat'} what the same customer said before: counted, and marked."
        lines.append([lists.number(key(repeat="yes")), say(zh, en)])
    return tag("section", tag("ul", *[tag("li", *line) for line in lines]), cls="lead") if lines else Html("")


def _stop(say: Speech) -> str:
    return say("。", ".")


def _most(column: str, entry: dict[str, Any], lists: Lists, say: Speech) -> list[object]:
    name, share = say(said_name(column, entry["key"])), f"{entry['share']:.1%}"
    number = lists.number(((column, entry["key"]),))
    if say.lang == "zh":
        return [f"反馈最多的{'问题' if column == 'problem_type' else '产品'}是“{name}”，", number, f" 条，占 {share}"]
    kind = "problem" if column == "problem_type" else "product"
    return [f"The most frequent {kind} is “{name}”: ", number, f" row{'s' * (entry['rows'] != 1)}, {share}"]


def _since(column: str, findings: Findings, lists: Lists, say: Speech) -> list[object]:
    """How the first of a ranking changed; nothing where two full weeks are not covered."""
    entry = findings.summary["top_problem_types" if column == "problem_type" else "top_products"][0]
    two, change = findings.summary["compared_weeks"], entry["change"]
    if not two or not change or not change["last"] + change["before"]:
        return []
    now, before = (lists.number(((column, entry["key"]), ("week", two[which]))) for which in ("last", "before"))
    if say.lang == "zh":
        tail = "超出随机波动，值得查看" if change["beyond_chance"] else "在随机波动范围内"
        return ["；最近一个完整周 ", now, " 条，前一周 ", before, f" 条，{tail}"]
    tail = "more than chance explains, worth a look" if change["beyond_chance"] else "within what chance explains"
    return ["; ", now, " in the last full week, ", before, f" in the one before: {tail}"]


def _untold(share: float, lists: Lists, say: Speech) -> Html:
    number = lists.number(key(topic="other"))
    zh = [number, f" 条（{share:.0%}）没有指明问题类型的词语，归入“其他”；问题排名只代表其余部分。"]
    en = [
        number,
        f" rows ({share:.0%}) hold no words that tell a problem type and fall under “Other”; the ranking speaks for the rest only.",
    ]
    return join(zh if say.lang == "zh" else en)


def _quotes(findings: Findings, say: Speech) -> Html:
    parts: list[Html] = []
    for code, quotes in findings.quotes.items():
        if quotes:
            parts.append(tag("h3", say(said_name("problem_type", code))))
        parts += [result_sections.said_by(findings, at, say) for at in quotes]
    if not parts:
        return Html("")
    note = say(
        "每类最多三条，由程序按代表性挑选，文字未改；电话、证件、地址等已遮盖。",
        "Up to three of each type, chosen by how many others they stand for; unedited, contact data masked.",
    )
    return tag("section", tag("h2", say("客户原话", "In the customers' words")), *parts, tag("p", note, cls="note"))
