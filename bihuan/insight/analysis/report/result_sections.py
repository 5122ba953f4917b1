"""The sections that say what stands out: scenarios, surges, problems, weekends and the effects of measures."""

from __future__ import annotations

from typing import Any

from bihuan.core.text import Text
from bihuan.insight.analysis.confounded_values import ConfoundedValue
from bihuan.insight.analysis.measures import MeasureEffect, describe_rows
from bihuan.insight.analysis.report.count_sections import NOTHING, grid, num
from bihuan.insight.analysis.report.markup import Html, Translate, join, tag
from bihuan.insight.analysis.report.row_pages import RowPages
from bihuan.insight.analysis.row_sets import key
from bihuan.insight.analysis.rows import day_of
from bihuan.insight.analysis.scenario_explanations import describe_conditions
from bihuan.insight.analysis.sentence import Count
from bihuan.insight.analysis.summary import Analysis, display_name
from bihuan.insight.analysis.target_scenarios import TargetScenario
from bihuan.insight.data.label_names import SCOPES
from bihuan.insight.effect_estimation.effect_sentences import VERDICTS
from bihuan.insight.text.masking import mask

PROBLEMS, LEADING = 10, 3
FEWEST = 5  # rows of a scenario from which it is a main point
QUOTED = 240  # characters of a voice


def lead(analysis: Analysis, pages: RowPages, t: Translate) -> list[Html]:
    """The scenarios that stand for themselves, what surges, the weekend, what measures did: a sentence each, its number linked."""
    results = analysis.results
    own = [result for result in results.scenarios if result.explained_by is None and result.scenario.hits >= FEWEST][
        :LEADING
    ]
    lines = [(Text("场景", "Scenario"), result.sentence) for result in own]
    lines += [(Text("突增", "Surge"), result.sentence) for result in results.surges[:1]]
    lines += [(Text("周末", "Weekend"), result.sentence) for result in results.weekends[:1]]
    lines += [(Text("措施", "Measure"), _with_rows(analysis, result)) for result in results.effects[:LEADING]]
    return [_line(head, sentence, pages, t) for head, sentence in lines]


def _with_rows(analysis: Analysis, effect: MeasureEffect) -> Text:
    rows = Count(analysis.row_sets.size(effect.measure.rows), effect.measure.rows)
    noun = "row" if rows.value == 1 else "rows"
    return Text(
        "{effect}（{rows} 条相关反馈）", "{effect} ({rows} {noun})", effect=effect.sentence, rows=rows, noun=noun
    )


def _head(name: str) -> str:
    """A name that begins a cell."""
    return name[:1].upper() + name[1:]


def _line(head: Text, sentence: Text, pages: RowPages, t: Translate) -> Html:
    return join([tag("b", t(head), t("：", ": ")), pages.sentence(sentence), t("。", ".")])


def scenarios(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """Each scenario as a sentence with a voice, what only comes along below it, the numbers in a table."""
    result = analysis.results.scenarios
    title = tag("h2", t("问题集中在哪里", "Where problems concentrate"))
    not_causes = _confounded_values(analysis, pages, t)
    if not result:
        text = t(
            "没有哪种场景的问题明显比别处多：记录的字段不能解释各类问题的分布。",
            "No scenario has clearly more problems than others: the recorded fields do not explain where they occur.",
        )
        return tag("section", title, tag("p", text), not_causes)
    sentences = [
        _scenario(analysis, at, pages, t) for at, scenario in enumerate(result) if scenario.explained_by is None
    ]
    rows = [_scenario_row(analysis, at, scenario, pages, t) for at, scenario in enumerate(result)]
    heads = [("", "num"), (t("问题", "Problem"), ""), (t("条件", "Conditions"), ""), (t("条数", "Count"), "num"),
             (t("应有", "Expected"), "num"), (t("倍数（95 %）", "Times (95 %)"), "num"), (t("客户", "Customers"), "num"),
             (t("说明", "Note"), "")]  # fmt: skip
    note = t(
        "产品、系统、版本、省份、渠道、客户类型、批次和周的组合都试过（最多三个条件），并按试过的次数从严要求：全部场景里误报不超过 5 %。"
        "同一产品、系统或省份只与自己比；同一客户的重复反馈只算一次；去掉前面场景的反馈后就不再突出的，标为“由它解释”。",
        "All combinations of up to three of product, system, version, province, channel, customer type, batch and week were tried and paid for: "
        "at most 5 % of what is reported is chance. A product, system or province is compared with itself; repeats of a customer count once; "
        "what no longer stands out without the rows of an earlier scenario is marked as explained by it.",
    )
    table = tag("details", tag("summary", t("数字", "Figures")), grid(heads, rows, "roomy"), open="open")
    return tag("section", title, tag("ol", *sentences, cls="sentences"), not_causes, table, tag("p", note, cls="note"))


def _scenario(analysis: Analysis, at: int, pages: RowPages, t: Translate) -> Html:
    scenario = analysis.results.scenarios[at]
    parts: list[object] = [pages.sentence(scenario.sentence), t("。", ".")]
    also = [each for each in analysis.results.scenarios if each.explained_by == at]
    if also:
        shown = t("；", "; ").join(
            f"{t(each.target.name)} {t(describe_conditions(analysis.row_sets, each))} ({each.scenario.times:.1f}×)"
            for each in also
        )
        parts.append(tag("div", t("由它解释：", "Explained by it: "), shown, cls="muted"))
    if scenario.quote is not None:
        parts.append(quote_block(analysis, scenario.quote, t))
    return tag("li", *parts, value=str(at + 1))


def quote_block(analysis: Analysis, at: int, t: Translate) -> Html:
    """The words of one row, masked, with where they come from."""
    (row,) = analysis.row_sets.shown([at])
    words = mask(row.text)
    details = [
        row.row_id,
        row.received_at.date().isoformat() if row.received_at else "",
        t(display_name("channel", row.channel)) if row.channel else "",
        mask(row.product),
    ]
    source = tag("footer", " · ".join(detail for detail in details if detail))
    more = t("……（下略）", " … (shortened)") if len(words) > QUOTED else ""
    return tag("blockquote", words[:QUOTED] + more, source)


def _with_dissatisfied(analysis: Analysis, confounded: ConfoundedValue) -> Text:
    rows = Count(analysis.row_sets.size(confounded.rows), confounded.rows)
    return Text("{what}（不满 {rows} 条）。", "{what} ({rows} dissatisfied rows).", what=confounded.sentence, rows=rows)


def _confounded_values(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """What looks like a cause and is none."""
    result = analysis.results.confounded
    if not result:
        return NOTHING
    lines = [tag("li", pages.sentence(_with_dissatisfied(analysis, confounded))) for confounded in result]
    head = tag("h3", t("看上去相关、其实不是原因", "What looks like a cause and is none"))
    return join([head, tag("ul", *lines, cls="sentences")])


def _scenario_row(analysis: Analysis, at: int, result: TargetScenario, pages: RowPages, t: Translate) -> list[Html]:
    scenario = result.scenario
    low, high = scenario.times_interval
    by = result.explained_by
    note = t(result.per) if by is None else t(f"由第 {by + 1} 项解释", f"explained by no. {by + 1}")
    return [
        num(at + 1),
        tag("td", _head(t(result.target.name))),
        tag("td", t(describe_conditions(analysis.row_sets, result))),
        num(pages.number(result.rows)),
        num(f"{scenario.usual:,.1f}"),
        num(f"{scenario.times:.1f} ({low:.1f}–{high:.1f})"),
        num(f"{scenario.customers:,}" if analysis.linkable else "—"),
        tag("td", note, cls="muted"),
    ]


def surges(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """Alarms: what was expected, what came, since when."""
    result = analysis.results.surges
    if not result and analysis.summary["period"]:
        text = t("没有问题在某些日子明显多于往常。", "No problem was clearly above its usual level on any days.")
        return tag("section", tag("h2", t("突增与新问题", "Surges and new problems")), tag("p", text))
    if not result:
        return NOTHING
    state = {True: t("仍在持续", "still open"), False: t("已平息", "over")}
    kinds = {"surge": t("突增", "surge"), "emerging": t("新出现", "new")}
    rows = [
        [
            tag("td", _head(t(surge.target.name))),
            tag("td", f"{kinds[surge.kind]} · {state[surge.open]}", cls="nowrap"),
            tag("td", surge.first, cls="nowrap"),
            tag("td", surge.last, cls="nowrap"),
            num(f"{surge.expected:,.1f}"),
            num(pages.number(surge.rows)),
        ]
        for surge in result
    ]
    heads = [(t("问题", "Problem"), ""), ("", ""), (t("第一天", "First day"), ""), (t("最后一天", "Last day"), ""),
             (t("往常", "Usual"), "num"), (t("实际", "Observed"), "num")]  # fmt: skip
    note = t(
        "往常：负二项基线，按星期和近况估计；最近七天与更早的日子分开，各自的误报率控制在 5 %。",
        "Usual: a negative-binomial baseline by weekday and recent level; false discoveries are held at 5 %, for the last seven days and for the time before.",
    )
    return tag(
        "section",
        tag("h2", t("突增与新问题", "Surges and new problems")),
        grid(heads, rows, "roomy"),
        tag("p", note, cls="note"),
    )


def problems(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """The largest problems found by grouping."""
    result = analysis.results.problems[:PROBLEMS]
    if not result:
        return NOTHING
    known, dated = analysis.linkable, analysis.summary["period"] is not None
    rows = [_problem(problem, pages, t, known, dated) for problem in result]
    heads = [(t("问题", "Problem"), ""), (t("条数", "Count"), "num")]
    heads += [(t("客户", "Customers"), "num"), (t("范围", "Scope"), "")] * known
    heads += [(t("首次", "First seen"), ""), (t("最近", "Last seen"), "")] * dated
    note = t(
        "按原话归并，宁可分开不可错并；标题取自客户的话。",
        "Grouped by words, rather apart than wrongly together; titles are customers' words.",
    )
    reach = t(
        "范围：3 位客户起为普遍，另有突增、场景或多渠道的为系统性。",
        " General from 3 customers on, systemic with a surge, a scenario or several channels besides.",
    )
    shown = tag("p", note, reach if known else "", cls="note")
    return tag("section", tag("h2", t("归并出的问题", "Problems found")), grid(heads, rows, "roomy"), shown)


def _problem(problem: dict[str, Any], pages: RowPages, t: Translate, known: bool, dated: bool) -> list[Html]:
    words = t("、", ", ").join(word for word in problem["keywords"] if word not in problem["title"])
    return [
        tag("td", problem["title"], tag("div", words, cls="muted") if words else ""),
        num(pages.number(key(problem_id=problem["id"]))),
        *[num(f"{problem['customers']:,}"), tag("td", t(SCOPES[problem["scope"]]), cls="nowrap")] * known,
        *[tag("td", problem[seen] or "", cls="nowrap") for seen in ("first_seen", "last_seen")] * dated,
    ]


def weekends(analysis: Analysis, t: Translate) -> Html:
    result = analysis.results.weekends
    if not result:
        return NOTHING
    lines = [tag("li", t(weekend.sentence), t("。", ".")) for weekend in result]
    return tag("section", tag("h2", t("周末与工作日", "Weekends and working days")), tag("ul", *lines, cls="sentences"))


def _target_rows(analysis: Analysis, effect: MeasureEffect) -> Text:
    rows = Count(analysis.row_sets.size(effect.measure.rows), effect.measure.rows)
    noun = "row" if rows.value == 1 else "rows"
    return Text("{name}，{rows} 条", "{name}, {rows} {noun}", name=describe_rows(effect.measure), rows=rows, noun=noun)


def effects(analysis: Analysis, pages: RowPages, t: Translate) -> Html:
    """The verdict on every measure, with the rows it was meant for."""
    result = analysis.results.effects
    if not result:
        return NOTHING
    parts = []
    for effect in result:
        details = join(
            [
                tag("span", t(VERDICTS[effect.effect.verdict]), cls=f"verdict {effect.effect.verdict}"),
                f" {day_of(effect.measure.day)} · ",
                pages.sentence(_target_rows(analysis, effect)),
                t(f"；分母：{effect.denominator.zh}", f"; denominator: {effect.denominator.en}")
                if effect.denominator.zh
                else "",
            ]
        )
        parts.append(tag("li", t(effect.sentence), t("。", "."), tag("div", details, cls="muted")))
    broad = any(effect.effect.verdict == "unchanged" and "words" not in dict(effect.measure.rows) for effect in result)
    title = tag("h2", t("措施有没有效果", "Did the measures work"))
    return tag("section", title, tag("ul", *parts, cls="sentences"), _narrow(t) if broad else "")


def _narrow(t: Translate) -> Html:
    text = t(
        "每项措施按它所列的全部反馈判断。如果只针对其中一部分，请在措施表的“关键词”里写出客户会用的词（如“坏、烂”）再判断：改变不了的反馈会冲淡效果。",
        "Each measure is evaluated over all rows it names. If it was meant for a part of them, name the words customers use for it "
        "(column 关键词: “rotten, mouldy”) and analyse again: rows it could not change dilute its effect.",
    )
    return tag("p", text, cls="note")
