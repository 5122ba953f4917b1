"""The sections that say what stands out: scenarios, bursts, problems, weekends and the effects of measures."""

from __future__ import annotations

from typing import Any

from bihuan.insight.analysis.cuts import key
from bihuan.insight.analysis.measures import said_rows
from bihuan.insight.analysis.report.counts import NOTHING, grid, num
from bihuan.insight.analysis.report.lists import Lists
from bihuan.insight.analysis.report.markup import Html, Speech, join, tag
from bihuan.insight.analysis.rows import day_of
from bihuan.insight.analysis.scenarios import Found
from bihuan.insight.analysis.summary import Findings
from bihuan.insight.effect.told import VERDICTS
from bihuan.insight.scope import NAMES as SCOPES

PROBLEMS = 10


def lead(findings: Findings, say: Speech) -> list[Html]:
    """At most three sentences: the strongest scenario, what is hot, what measures did."""
    told = findings.told
    lines = [Html(tag("b", say("场景：", "Scenario: "))) + tag("span", say(one.sentence)) for one in told.scenarios[:1]]
    lines += [tag("b", say("热点：", "Hot: ")) + tag("span", say(one.sentence)) for one in told.bursts[:1]]
    lines += [tag("b", say("措施：", "Measure: ")) + tag("span", say(one.sentence)) for one in told.effects[:1]]
    return [Html(f"{line}{say('。', '.')}") for line in lines]


def scenarios(findings: Findings, lists: Lists, say: Speech) -> Html:
    """Each scenario as a sentence, the numbers it stands on in a table below."""
    found = findings.told.scenarios
    if not found:
        text = say(
            "没有哪种场景的问题明显比别处多：记录的字段不能解释各类问题的分布。",
            "No scenario has clearly more problems than others: the recorded fields do not explain where they occur.",
        )
        return tag("section", tag("h2", say("问题集中在哪里", "Where problems concentrate")), tag("p", text))
    sentences = [tag("li", say(one.sentence), say("。", ".")) for one in found]
    rows = [_scenario_row(one, lists, say) for one in found]
    heads = [(say("问题", "Problem"), ""), (say("条件", "Conditions"), ""), (say("条数", "Rows"), "num"),
             (say("应有", "Expected"), "num"), (say("倍数（95 %）", "Times (95 %)"), "num"), (say("客户", "Customers"), "num"),
             (say("相对于", "Against"), "")]  # fmt: skip
    note = say(
        "扫描所有产品、系统、版本、省份、渠道、客户类型和周的组合（最多三个条件），已按试过的组合数从严要求；同一产品、系统或省份只与自己比。",
        "All combinations of up to three conditions were tried and paid for; a product, system or province is compared with itself only.",
    )
    table = tag("details", tag("summary", say("数字", "The numbers")), grid(heads, rows), open="open")
    return tag(
        "section",
        tag("h2", say("问题集中在哪里", "Where problems concentrate")),
        tag("ul", *sentences, cls="told"),
        table,
        tag("p", note, cls="note"),
    )


def _scenario_row(found: Found, lists: Lists, say: Speech) -> list[Html]:
    one = found.scenario
    low, high = one.ratio_interval
    where = say(found.sentence).partition("：" if say.lang == "zh" else ": ")[0]
    return [
        tag("td", say(found.target.name)),
        tag("td", where),
        num(lists.number(found.rows)),
        num(f"{one.expected:,.1f}"),
        num(f"{one.ratio:.1f} ({low:.1f}–{high:.1f})"),
        num(f"{one.customers:,}"),
        tag("td", say(one.denominator), cls="muted"),
    ]


def bursts(findings: Findings, lists: Lists, say: Speech) -> Html:
    """Alarms: what was expected, what came, since when."""
    found = findings.told.bursts
    if not found:
        return NOTHING
    state = {True: say("仍在持续", "still open"), False: say("已平息", "over")}
    kinds = {"burst": say("突增", "burst"), "emerging": say("新出现", "new")}
    rows = [
        [
            tag("td", say(one.target.name)),
            tag("td", f"{kinds[one.kind]} · {state[one.open]}", cls="nowrap"),
            tag("td", one.first, cls="nowrap"),
            tag("td", one.last, cls="nowrap"),
            num(f"{one.expected:,.1f}"),
            num(lists.number(one.rows)),
        ]
        for one in found
    ]
    heads = [(say("问题", "Problem"), ""), ("", ""), (say("第一天", "First day"), ""), (say("最后一天", "Last day"), ""),
             (say("往常", "Usual"), "num"), (say("实际", "Observed"), "num")]  # fmt: skip
    note = say(
        "往常：负二项基线，按星期和近况估计；同一天看所有问题，误报率控制在 5 %。",
        "Usual: a negative-binomial baseline by weekday and recent level; false discoveries of a day are held at 5 %.",
    )
    return tag(
        "section", tag("h2", say("热点与新问题", "Hot and emerging")), grid(heads, rows), tag("p", note, cls="note")
    )


def problems(findings: Findings, lists: Lists, say: Speech) -> Html:
    """The largest problems found by grouping."""
    found = findings.told.problems[:PROBLEMS]
    if not found:
        return NOTHING
    rows = [_problem(one, lists, say) for one in found]
    heads = [(say("问题", "Problem"), ""), (say("条数", "Rows"), "num"), (say("客户", "Customers"), "num"), (say("范围", "Scope"), ""),
             (say("首次", "First seen"), ""), (say("最近", "Last seen"), "")]  # fmt: skip
    note = say(
        "按原话归并，宁可分开不可错并；标题取自客户的话。范围：3 位客户起为普遍，另有突增、场景或多渠道的为系统性。",
        "Grouped by words, rather apart than wrongly together; titles are customers' words. General from 3 customers on, "
        "systemic with a burst, a scenario or several channels besides.",
    )
    return tag(
        "section", tag("h2", say("归并出的问题", "Problems found")), grid(heads, rows), tag("p", note, cls="note")
    )


def _problem(one: dict[str, Any], lists: Lists, say: Speech) -> list[Html]:
    words = say("、", ", ").join(one["keywords"])
    return [
        tag("td", one["title"], tag("div", words, cls="muted") if words else ""),
        num(lists.number(key(problem_id=one["id"]))),
        num(f"{one['customers']:,}"),
        tag("td", say(SCOPES[one["scope"]]), cls="nowrap"),
        tag("td", one["first_seen"] or "", cls="nowrap"),
        tag("td", one["last_seen"] or "", cls="nowrap"),
    ]


def weekends(findings: Findings, say: Speech) -> Html:
    found = findings.told.weekends
    if not found:
        return NOTHING
    return tag("ul", *[tag("li", say(one.sentence), say("。", ".")) for one in found], cls="told")


def effects(findings: Findings, lists: Lists, say: Speech) -> Html:
    """The verdict on every measure, with the rows it was meant for."""
    found = findings.told.effects
    if not found:
        return NOTHING
    parts = []
    for one in found:
        what = join([say(said_rows(one.measure)), say("，", ", "), lists.number(one.measure.rows), say(" 条", " rows")])
        facts = join(
            [
                tag("span", say(VERDICTS[one.effect.verdict]), cls=f"verdict {one.effect.verdict}"),
                f" {day_of(one.measure.day)} · ",
                what,
                say(f"；分母：{one.denominator}", f"; per {one.denominator}") if one.denominator else "",
            ]
        )
        parts.append(tag("li", say(one.sentence), say("。", "."), tag("div", facts, cls="muted")))
    return tag("section", tag("h2", say("措施有没有效果", "Did the measures work")), tag("ul", *parts, cls="told"))
