"""The sections that say what stands out: scenarios, bursts, problems, weekends and the effects of measures."""

from __future__ import annotations

from typing import Any

from bihuan.insight.analysis.measures import said_rows
from bihuan.insight.analysis.report.count_sections import NOTHING, grid, num
from bihuan.insight.analysis.report.markup import Html, Speech, escaped, join, tag
from bihuan.insight.analysis.report.row_pages import Lists
from bihuan.insight.analysis.row_sets import Key, key
from bihuan.insight.analysis.rows import day_of
from bihuan.insight.analysis.scenario_explanations import where
from bihuan.insight.analysis.summary import Findings, said_name
from bihuan.insight.analysis.target_scenarios import Found
from bihuan.insight.classify.scope import NAMES as SCOPES
from bihuan.insight.effect.effect_sentences import VERDICTS
from bihuan.insight.text.masking import mask

PROBLEMS, LEADING = 10, 3
FEWEST = 5  # rows of a scenario from which it is a main point
QUOTED = 240  # characters of a voice


def lead(findings: Findings, lists: Lists, say: Speech) -> list[Html]:
    """The scenarios that stand for themselves, what is hot, the weekend, what measures did: a sentence each, its number linked."""
    told = findings.told
    own = [one for one in told.scenarios if one.explained_by is None and one.scenario.hits >= FEWEST][:LEADING]
    lines = [
        _line(say("场景：", "Where: "), linked(say(one.sentence), one.scenario.hits, lists, one.rows), say)
        for one in own
    ]
    lines += [
        _line(say("热点：", "Hot: "), linked(say(one.sentence), one.observed, lists, one.rows), say)
        for one in told.bursts[:1]
    ]
    lines += [_line(say("周末：", "Weekend: "), Html(escaped(say(one.sentence))), say) for one in told.weekends[:1]]
    lines += [
        _line(say("措施：", "Measure: "), join([say(one.sentence), say("（", " ("), lists.number(one.measure.rows), say(" 条相关反馈）", f" {_rows(findings, one.measure.rows)})")]), say)
        for one in told.effects[:LEADING]
    ]  # fmt: skip
    return lines


def _rows(findings: Findings, name: Key) -> str:
    return "row" if findings.cuts.size(name) == 1 else "rows"


def _head(name: str) -> str:
    """A name that begins a cell."""
    return name[:1].upper() + name[1:]


def _line(head: str, sentence: Html, say: Speech) -> Html:
    return join([tag("b", head), sentence, say("。", ".")])


def linked(sentence: str, number: int, lists: Lists, rows: Key) -> Html:
    """A sentence whose count of rows leads to them."""
    shown = f"{number:,}"
    before, found, after = sentence.partition(f" {shown} ")
    if not found or lists.findings.cuts.size(rows) != number:
        return Html(escaped(sentence))
    return join([before, " ", lists.number(rows), " ", after])


def scenarios(findings: Findings, lists: Lists, say: Speech) -> Html:
    """Each scenario as a sentence with a voice, what only comes along below it, the numbers in a table."""
    found = findings.told.scenarios
    title = tag("h2", say("问题集中在哪里", "Where problems concentrate"))
    looks = _looks(findings, lists, say)
    if not found:
        text = say(
            "没有哪种场景的问题明显比别处多：记录的字段不能解释各类问题的分布。",
            "No scenario has clearly more problems than others: the recorded fields do not explain where they occur.",
        )
        return tag("section", title, tag("p", text), looks)
    sentences = [_scenario(findings, at, lists, say) for at, one in enumerate(found) if one.explained_by is None]
    rows = [_scenario_row(findings, at, one, lists, say) for at, one in enumerate(found)]
    heads = [("", "num"), (say("问题", "Problem"), ""), (say("条件", "Conditions"), ""), (say("条数", "Rows"), "num"),
             (say("应有", "Expected"), "num"), (say("倍数（95 %）", "Times (95 %)"), "num"), (say("客户", "Customers"), "num"),
             (say("说明", "Note"), "")]  # fmt: skip
    note = say(
        "产品、系统、版本、省份、渠道、客户类型、批次和周的组合都试过（最多三个条件），并按试过的次数从严要求：全部场景里误报不超过 5 %。"
        "同一产品、系统或省份只与自己比；同一客户的重复反馈只算一次；去掉前面场景的反馈后就不再突出的，标为“由它解释”。",
        "All combinations of up to three of product, system, version, province, channel, customer type, batch and week were tried and paid for: "
        "at most 5 % of what is told is chance. A product, system or province is compared with itself; repeats of a customer count once; "
        "what no longer stands out without the rows of an earlier scenario is marked as explained by it.",
    )
    table = tag("details", tag("summary", say("数字", "The numbers")), grid(heads, rows, "roomy"), open="open")
    return tag("section", title, tag("ol", *sentences, cls="told"), looks, table, tag("p", note, cls="note"))


def _scenario(findings: Findings, at: int, lists: Lists, say: Speech) -> Html:
    one = findings.told.scenarios[at]
    parts: list[object] = [linked(say(one.sentence), one.scenario.hits, lists, one.rows), say("。", ".")]
    also = [each for each in findings.told.scenarios if each.explained_by == at]
    if also:
        shown = say("；", "; ").join(
            f"{say(each.target.name)} {say(where(findings.cuts, each))} ({each.scenario.times:.1f}×)" for each in also
        )
        parts.append(tag("div", say("由它解释：", "Explained by it: "), shown, cls="muted"))
    if one.quote is not None:
        parts.append(said_by(findings, one.quote, say))
    return tag("li", *parts, value=str(at + 1))


def said_by(findings: Findings, at: int, say: Speech) -> Html:
    """The words of one row, masked, with where they come from."""
    (voice,) = findings.cuts.shown([at])
    words = mask(voice.text)
    facts = [
        voice.row_id,
        voice.received_at.date().isoformat() if voice.received_at else "",
        say(said_name("channel", voice.channel)) if voice.channel else "",
        mask(voice.product),
    ]
    source = tag("footer", " · ".join(fact for fact in facts if fact))
    more = say("……（下略）", " … (shortened)") if len(words) > QUOTED else ""
    return tag("blockquote", words[:QUOTED] + more, source)


def _looks(findings: Findings, lists: Lists, say: Speech) -> Html:
    """What looks like a cause and is none."""
    found = findings.told.confounded
    if not found:
        return NOTHING
    lines = [
        tag(
            "li",
            say(one.sentence),
            say("（不满 ", " ("),
            lists.number(one.rows),
            say(" 条）。", " dissatisfied rows)."),
        )
        for one in found
    ]
    head = tag("h3", say("看上去相关、其实不是原因", "What looks like a cause and is none"))
    return join([head, tag("ul", *lines, cls="told")])


def _scenario_row(findings: Findings, at: int, found: Found, lists: Lists, say: Speech) -> list[Html]:
    one = found.scenario
    low, high = one.times_interval
    by = found.explained_by
    note = say(found.per) if by is None else say(f"由第 {by + 1} 项解释", f"explained by no. {by + 1}")
    return [
        num(at + 1),
        tag("td", _head(say(found.target.name))),
        tag("td", say(where(findings.cuts, found))),
        num(lists.number(found.rows)),
        num(f"{one.usual:,.1f}"),
        num(f"{one.times:.1f} ({low:.1f}–{high:.1f})"),
        num(f"{one.customers:,}" if findings.linkable else "—"),
        tag("td", note, cls="muted"),
    ]


def bursts(findings: Findings, lists: Lists, say: Speech) -> Html:
    """Alarms: what was expected, what came, since when."""
    found = findings.told.bursts
    if not found and findings.summary["period"]:
        text = say("没有问题在某些日子明显多于往常。", "No problem was clearly above its usual level on any days.")
        return tag("section", tag("h2", say("热点与新问题", "Hot and emerging")), tag("p", text))
    if not found:
        return NOTHING
    state = {True: say("仍在持续", "still open"), False: say("已平息", "over")}
    kinds = {"burst": say("突增", "burst"), "emerging": say("新出现", "new")}
    rows = [
        [
            tag("td", _head(say(one.target.name))),
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
        "往常：负二项基线，按星期和近况估计；最近七天与更早的日子分开，各自的误报率控制在 5 %。",
        "Usual: a negative-binomial baseline by weekday and recent level; false discoveries are held at 5 %, for the last seven days and for the time before.",
    )
    return tag(
        "section",
        tag("h2", say("热点与新问题", "Hot and emerging")),
        grid(heads, rows, "roomy"),
        tag("p", note, cls="note"),
    )


def problems(findings: Findings, lists: Lists, say: Speech) -> Html:
    """The largest problems found by grouping."""
    found = findings.told.problems[:PROBLEMS]
    if not found:
        return NOTHING
    known, dated = findings.linkable, findings.summary["period"] is not None
    rows = [_problem(one, lists, say, known, dated) for one in found]
    heads = [(say("问题", "Problem"), ""), (say("条数", "Rows"), "num")]
    heads += [(say("客户", "Customers"), "num"), (say("范围", "Scope"), "")] * known
    heads += [(say("首次", "First seen"), ""), (say("最近", "Last seen"), "")] * dated
    note = say(
        "按原话归并，宁可分开不可错并；标题取自客户的话。",
        "Grouped by words, rather apart than wrongly together; titles are customers' words.",
    )
    reach = say(
        "范围：3 位客户起为普遍，另有突增、场景或多渠道的为系统性。",
        " General from 3 customers on, systemic with a burst, a scenario or several channels besides.",
    )
    shown = tag("p", note, reach if known else "", cls="note")
    return tag("section", tag("h2", say("归并出的问题", "Problems found")), grid(heads, rows, "roomy"), shown)


def _problem(one: dict[str, Any], lists: Lists, say: Speech, known: bool, dated: bool) -> list[Html]:
    words = say("、", ", ").join(word for word in one["keywords"] if word not in one["title"])
    return [
        tag("td", one["title"], tag("div", words, cls="muted") if words else ""),
        num(lists.number(key(problem_id=one["id"]))),
        *[num(f"{one['customers']:,}"), tag("td", say(SCOPES[one["scope"]]), cls="nowrap")] * known,
        *[tag("td", one[seen] or "", cls="nowrap") for seen in ("first_seen", "last_seen")] * dated,
    ]


def weekends(findings: Findings, say: Speech) -> Html:
    found = findings.told.weekends
    if not found:
        return NOTHING
    lines = [tag("li", say(one.sentence), say("。", ".")) for one in found]
    return tag("section", tag("h2", say("周末与工作日", "Weekends and working days")), tag("ul", *lines, cls="told"))


def effects(findings: Findings, lists: Lists, say: Speech) -> Html:
    """The verdict on every measure, with the rows it was meant for."""
    found = findings.told.effects
    if not found:
        return NOTHING
    parts = []
    for one in found:
        what = join(
            [
                say(said_rows(one.measure)),
                say("，", ", "),
                lists.number(one.measure.rows),
                say(" 条", f" {_rows(findings, one.measure.rows)}"),
            ]
        )
        facts = join(
            [
                tag("span", say(VERDICTS[one.effect.verdict]), cls=f"verdict {one.effect.verdict}"),
                f" {day_of(one.measure.day)} · ",
                what,
                say(f"；分母：{one.denominator.zh}", f"; denominator: {one.denominator.en}")
                if one.denominator.zh
                else "",
            ]
        )
        parts.append(tag("li", say(one.sentence), say("。", "."), tag("div", facts, cls="muted")))
    broad = any(one.effect.verdict == "unchanged" and "words" not in dict(one.measure.rows) for one in found)
    title = tag("h2", say("措施有没有效果", "Did the measures work"))
    return tag("section", title, tag("ul", *parts, cls="told"), _narrow(say) if broad else "")


def _narrow(say: Speech) -> Html:
    text = say(
        "每项措施按它所列的全部反馈判断。如果只针对其中一部分，请在措施表的“关键词”里写出客户会用的词（如“坏、烂”）再判断：改变不了的反馈会冲淡效果。",
        "Each measure is judged over all rows it names. If it was meant for a part of them, name the words customers use for it "
        "(column 关键词: “rotten, mouldy”) and judge again: rows it could not change dilute its effect.",
    )
    return tag("p", text, cls="note")
