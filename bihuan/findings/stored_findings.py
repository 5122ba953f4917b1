"""What stands out, written down: each finding with the voices it speaks of, below the stronger one that explains it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from bihuan.core.text import Text
from bihuan.findings.models import Member, Run, Signal, Topic
from bihuan.findings.scenario_scan import Seen, as_table, figures
from bihuan.insight.analysis.detection import METHODS
from bihuan.insight.analysis.row_sets import Key
from bihuan.insight.analysis.target_surges import Burst
from bihuan.insight.surges import Hot


def own(seen: Seen) -> Counter[str]:
    """Problem → how many scenarios of its own it has."""
    return Counter(
        one.target.code for one in seen.found.scenarios if one.target.kind == "problem" and one.explained_by is None
    )


def keep(run: Run, seen: Seen, topics: Mapping[str, Topic]) -> None:
    """Scenarios, then what only looks like a cause. Inside the run's last transaction. A problem that a person set aside
    meanwhile is told of no more; what it explained then stands for itself."""
    made: dict[int, Signal] = {}
    for at, one in enumerate(seen.found.scenarios):
        problem = one.target.kind == "problem"
        if problem and one.target.code not in topics:
            continue
        made[at] = Signal.objects.create(
            run=run, kind=Signal.Kind.SCENE, rank=at, topic=topics[one.target.code] if problem else None,
            problem_type=one.target.code.partition(".")[0] if one.target.kind == "problem_type" else "",
            zh=one.sentence.zh, en=one.sentence.en, figures=figures(one, seen.cuts), method=METHODS["scenarios"],
            explained_by=None if one.explained_by is None else made.get(one.explained_by),
        )  # fmt: skip
        _behind(made[at], seen, one.rows)
    for at, seeming in enumerate(seen.found.confounded):
        signal = Signal.objects.create(
            run=run, kind=Signal.Kind.SEEMING, rank=at, zh=seeming.sentence.zh, en=seeming.sentence.en,
            method=METHODS["confounded"],
        )  # fmt: skip
        _behind(signal, seen, seeming.rows)


def hot(run: Run, seen: Seen, topics: Mapping[str, Topic], smaller: list[tuple[str, Hot]], first: date) -> set[int]:
    """Bursts: those the report tells, of problems first, and of ``smaller`` problems, which the report does not look at
    one by one. A type or a subject that bursts by a problem told already is not told again. Returns the topics that do."""
    told: list[Signal] = []
    bursting: set[int] = set()
    ours = [one for one in seen.found.bursts if one.target.code in topics and one.target.kind == "problem"]
    for one in ours:
        told.append(_burst(run, seen, one, topics[one.target.code], len(told)))
        bursting.add(topics[one.target.code].pk)
    for problem, small in smaller:
        if (topic := topics.get(problem)) and topic.pk not in bursting:
            told.append(_small(run, topic, small, first, len(told)))
            bursting.add(topic.pk)
    members = set(Member.objects.filter(topic__in=bursting).values_list("feedback", flat=True))
    for one in seen.found.bursts:
        if one.target.kind != "problem" and len(members.intersection(rows := seen.voices(one.rows))) < len(rows) / 2:
            told.append(_burst(run, seen, one, None, len(told)))
    return bursting


def _burst(run: Run, seen: Seen, one: Burst, topic: Topic | None, rank: int) -> Signal:
    rows = (
        (Text("实际条数", "Observed"), str(one.observed)),
        (Text("应有条数", "Expected"), f"{one.expected:.1f}"),
        (Text("偶然的可能", "Chance"), f"{one.p:.2g}"),
        (Text("第一天", "First day"), one.first),
        (Text("最后一天", "Last day"), one.last),
    )
    signal = Signal.objects.create(
        run=run, kind=Signal.Kind.HOT, rank=rank, topic=topic, zh=one.sentence.zh, en=one.sentence.en,
        figures=as_table(rows), method=METHODS["bursts"],
    )  # fmt: skip
    _behind(signal, seen, one.rows)
    return signal


def _small(run: Run, topic: Topic, one: Hot, first: date, rank: int) -> Signal:
    since = first + timedelta(days=one.first_day)
    new = one.kind == "emerging"
    zh = f"{topic.title}：{'新出现，' if new else ''}{since:%m-%d} 起 {one.observed} 条，往常 {one.expected:.1f} 条"
    en = f"“{topic.title}”: {'new, ' if new else ''}{one.observed} voices since {since:%m-%d}, usually {one.expected:.1f}"
    figures = (
        (Text("实际条数", "Observed"), str(one.observed)),
        (Text("应有条数", "Expected"), f"{one.expected:.1f}"),
        (Text("确定多出(95%)", "Sure excess (95 %)"), f"{one.sure:.0f}"),
        (Text("偶然的可能", "Chance"), f"{one.p:.2g}"),
        (Text("误报率(q)", "False discovery (q)"), f"{one.q:.2g}"),
        (Text("第一天", "First day"), f"{since}"),
    )
    return Signal.objects.create(
        run=run,
        kind=Signal.Kind.HOT,
        rank=rank,
        topic=topic,
        zh=zh,
        en=en,
        figures=as_table(figures),
        query={"topic": str(topic.pk), "from": f"{since}"},
        method=METHODS["bursts"],
    )


def _behind(signal: Signal, seen: Seen, rows: Key) -> None:
    link = Signal.voices.through
    link.objects.bulk_create([link(signal_id=signal.pk, feedback_id=pk) for pk in seen.voices(rows)], batch_size=500)
