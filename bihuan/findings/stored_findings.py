"""What stands out, written down: each finding with the feedback items it speaks of, below the stronger one that explains it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from bihuan.core.text import Text
from bihuan.findings.models import Finding, Member, Problem, Run
from bihuan.findings.scenario_scan import ScanResult, as_table, figures
from bihuan.insight.analysis.detection import METHODS
from bihuan.insight.analysis.row_sets import Key
from bihuan.insight.analysis.target_surges import TargetSurge
from bihuan.insight.surge_detection import Surge


def scenario_counts(seen: ScanResult) -> Counter[str]:
    """Problem → how many scenarios of its own it has."""
    return Counter(
        one.target.code for one in seen.found.scenarios if one.target.kind == "problem" and one.explained_by is None
    )


def store_scenarios(run: Run, seen: ScanResult, problems: Mapping[str, Problem]) -> None:
    """Scenarios, then what only looks like a cause. Inside the run's last transaction. A problem that a person set aside
    meanwhile is told of no more; what it explained then stands for itself."""
    made: dict[int, Finding] = {}
    for at, one in enumerate(seen.found.scenarios):
        is_problem = one.target.kind == "problem"
        if is_problem and one.target.code not in problems:
            continue
        made[at] = Finding.objects.create(
            run=run, kind=Finding.Kind.SCENARIO, rank=at, problem=problems[one.target.code] if is_problem else None,
            problem_type=one.target.code.partition(".")[0] if one.target.kind == "problem_type" else "",
            zh=one.sentence.to("zh"), en=one.sentence.to("en"), figures=figures(one, seen.row_sets), method=METHODS["scenarios"],
            explained_by=None if one.explained_by is None else made.get(one.explained_by),
        )  # fmt: skip
        _link_feedback(made[at], seen, one.rows)
    for at, seeming in enumerate(seen.found.confounded):
        finding = Finding.objects.create(
            run=run, kind=Finding.Kind.CONFOUNDED, rank=at, zh=seeming.sentence.to("zh"), en=seeming.sentence.to("en"),
            method=METHODS["confounded"],
        )  # fmt: skip
        _link_feedback(finding, seen, seeming.rows)


def store_surges(
    run: Run, seen: ScanResult, problems: Mapping[str, Problem], smaller: list[tuple[str, Surge]], first: date
) -> set[int]:
    """Store the surges the report names, those of problems first, and those of ``smaller`` problems, which the report does
    not examine one by one. A type or a subject that surges because of a problem stored already gets no finding of its own.
    Returns the problems that surge."""
    stored: list[Finding] = []
    surging: set[int] = set()
    ours = [one for one in seen.found.surges if one.target.code in problems and one.target.kind == "problem"]
    for one in ours:
        stored.append(_surge(run, seen, one, problems[one.target.code], len(stored)))
        surging.add(problems[one.target.code].pk)
    for group, small in smaller:
        if (problem := problems.get(group)) and problem.pk not in surging:
            stored.append(_smaller_surge(run, problem, small, first, len(stored)))
            surging.add(problem.pk)
    members = set(Member.objects.filter(problem__in=surging).values_list("feedback", flat=True))
    for one in seen.found.surges:
        if (
            one.target.kind != "problem"
            and len(members.intersection(rows := seen.feedback_items(one.rows))) < len(rows) / 2
        ):
            stored.append(_surge(run, seen, one, None, len(stored)))
    return surging


def _surge(run: Run, seen: ScanResult, one: TargetSurge, problem: Problem | None, rank: int) -> Finding:
    rows = (
        (Text("实际条数", "Observed"), str(one.observed)),
        (Text("应有条数", "Expected"), f"{one.expected:.1f}"),
        (Text("偶然的可能", "Chance"), f"{one.p:.2g}"),
        (Text("第一天", "First day"), one.first),
        (Text("最后一天", "Last day"), one.last),
    )
    finding = Finding.objects.create(
        run=run, kind=Finding.Kind.SURGE, rank=rank, problem=problem, zh=one.sentence.to("zh"), en=one.sentence.to("en"),
        figures=as_table(rows), method=METHODS["surges"],
    )  # fmt: skip
    _link_feedback(finding, seen, one.rows)
    return finding


def _smaller_surge(run: Run, problem: Problem, one: Surge, first: date, rank: int) -> Finding:
    since = first + timedelta(days=one.first_day)
    new = one.kind == "emerging"
    zh = f"{problem.title}：{'新出现，' if new else ''}{since:%m-%d} 起 {one.observed} 条，往常 {one.expected:.1f} 条"
    en = f"“{problem.title}”: {'new, ' if new else ''}{one.observed} feedback items since {since:%m-%d}, usually {one.expected:.1f}"
    figures = (
        (Text("实际条数", "Observed"), str(one.observed)),
        (Text("应有条数", "Expected"), f"{one.expected:.1f}"),
        (Text("确定多出(95%)", "Sure excess (95 %)"), f"{one.sure:.0f}"),
        (Text("偶然的可能", "Chance"), f"{one.p:.2g}"),
        (Text("误报率(q)", "False discovery (q)"), f"{one.q:.2g}"),
        (Text("第一天", "First day"), f"{since}"),
    )
    return Finding.objects.create(
        run=run,
        kind=Finding.Kind.SURGE,
        rank=rank,
        problem=problem,
        zh=zh,
        en=en,
        figures=as_table(figures),
        query={"problem": str(problem.pk), "from": f"{since}"},
        method=METHODS["surges"],
    )


def _link_feedback(finding: Finding, seen: ScanResult, rows: Key) -> None:
    link = Finding.feedback_items.through
    link.objects.bulk_create(
        [link(finding_id=finding.pk, feedback_id=pk) for pk in seen.feedback_items(rows)], batch_size=500
    )
