"""A run: rows → frame → insight → rows. Its steps are models/run.py's; all it found is written in one transaction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task

from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.leases import LEASE_FIELDS
from bihuan.findings import problem_grouping, scenario_scan, stored_findings, surges
from bihuan.findings.feedback_frame import Frame, people, read
from bihuan.findings.flow import RUN_FLOW
from bihuan.findings.models import Exposure, Finding, Member, Problem, Run
from bihuan.insight.analysis.detection import METHODS
from bihuan.insight.classify.scope import METHOD as SCOPE
from bihuan.insight.classify.scope import Evidence, scope
from bihuan.insight.surge_detection import METHOD as SURGES
from bihuan.insight.surge_detection import Surge
from bihuan.insight.text.keywords import METHOD as KEYWORDS
from bihuan.people.models import User
from bihuan.plugins.embeddings import Encoded, in_use, vectors

NIGHT = range(1, 5)
KEPT_RUNS = 30


def start(*, by: User | Actor) -> Run:
    """Ask for an analysis; a worker does it."""
    run = Run.ask(by=by)
    transaction.on_commit(lambda: carry_on.enqueue(run.pk))
    return run


@task()
def carry_on(pk: int) -> None:
    """The background half of a run."""
    Run.objects.get(pk=pk).carry_out(analyse)


def wake() -> int:
    """Go on with a run that no worker is at; returns how many."""
    return Run.objects.wake(carry_on)


def nightly() -> bool:
    """Once a night, where feedback items came in since the last run."""
    now = clock.now()
    if now.astimezone(clock.BEIJING).hour not in NIGHT:
        return False
    if Run.objects.filter(created_at__gte=now - timedelta(hours=12)).exists():
        return False
    start(by=Actor.system())
    return True


@dataclass(frozen=True)
class Detected:
    """What was found before anything is written: the problems' surges by the engine's id, and what stands out."""

    surges: list[tuple[str, Surge]]
    first: date
    outstanding: scenario_scan.ScanResult


def analyse(run: Run) -> None:
    """Every step of one run; Cancelled and LeaseLost come out of ``run.at`` between them."""
    run.at("reading")
    frame = read()
    encoded = _vectors(run, frame)
    run.at("grouping")
    grouping = problem_grouping.group(frame, encoded.rows)
    run.at("surges")
    surging, first = surges.problem_surges(frame, grouping.problems)
    run.at("classifying")
    rows = scenario_scan.classified(frame)
    run.at("scenarios")
    exposures = Exposure.objects.in_use()
    aside = {str(pk) for pk in Problem.objects.filter(status="dismissed").values_list("pk", flat=True)}
    problems = {group: feedback_items for group, feedback_items in grouping.problems.items() if group not in aside}
    titles = {group: title for group, (title, _) in grouping.names.items()}
    detected = Detected(surging, first, scenario_scan.scan(frame, rows, problems, titles, exposures))
    run.at("saving")
    _save(run, frame, grouping, detected, encoded)


def _vectors(run: Run, frame: Frame) -> Encoded:
    """Sentence vectors where a plug-in for them is switched on; without, or without all of them, grouping goes by characters."""
    if in_use(run.by) is None:
        return Encoded()
    run.at("vectors")
    texts = dict(zip(frame.table["pk"].to_pylist(), frame.table["text"].to_pylist(), strict=True))
    return vectors(texts, people(), run.by, partial(run.at, "vectors"))


@transaction.atomic
def _save(run: Run, frame: Frame, grouping: problem_grouping.Grouping, detected: Detected, encoded: Encoded) -> None:
    """Problems, findings, scopes and the end of the run, all or nothing."""
    written = problem_grouping.save(grouping, run.by)
    problems = {group: problem for group, problem in written.items() if problem.status in ("proposed", "confirmed")}
    surging = stored_findings.store_surges(run, detected.outstanding, problems, detected.surges, detected.first)
    stored_findings.store_scenarios(run, detected.outstanding, problems)
    Finding.objects.bulk_create(_notes(run, encoded))
    members = _scopes(frame, problems, surging, stored_findings.scenario_counts(detected.outstanding))
    _finish(run, frame, {"grouping": grouping.method, "vectors": encoded.method}, len(problems), len(frame) - members)


def _notes(run: Run, encoded: Encoded) -> list[Finding]:
    """What did not go as it was set up."""
    if encoded.trouble is None:
        return []
    zh, en = encoded.trouble.to("zh"), encoded.trouble.to("en")
    return [Finding(run=run, kind=Finding.Kind.NOTE, rank=0, zh=zh, en=en, method=encoded.method)]


def _scopes(frame: Frame, problems: dict[str, Problem], surging: set[int], scenario_counts: dict[str, int]) -> int:
    """How far each problem reaches, with the rule that fired. Returns how many feedback items are in problems."""
    customer = dict(zip(frame.table["pk"].to_pylist(), frame.table["customer"].to_pylist(), strict=True))
    members = defaultdict(list)
    for problem_id, feedback in Member.objects.filter(problem__in=problems.values()).values_list(
        "problem_id", "feedback_id"
    ):
        members[problem_id].append(feedback)
    for group, problem in problems.items():
        who = [customer.get(feedback, "") for feedback in members[problem.pk]]
        evidence = Evidence(surge=problem.pk in surging, scenarios=scenario_counts.get(group, 0))
        label = scope(len(set(who) - {""}), anonymous=who.count(""), evidence=evidence)
        reasons = [[reason.to("zh"), reason.to("en")] for reason in label.reasons]
        Problem.objects.filter(pk=problem.pk).update(scope=label.code, scope_reason=reasons)
    return sum(map(len, members.values()))


def _finish(run: Run, frame: Frame, methods: dict[str, str], problems: int, ungrouped: int) -> None:
    table: Any = frame.table
    run.refresh_from_db()
    run.rows, run.ended_at = len(frame), clock.now()
    run.clear_lease()
    run.quality = {
        "noise": frame.noise,
        "ungrouped": ungrouped,
        "anonymous": sum(not one for one in table["customer"].to_pylist()),
    }
    named = methods | {"grouping": f"{methods['grouping']} {KEYWORDS}"}
    run.methods = {step: name for step, name in named.items() if name} | {
        "surges": SURGES,
        "scenarios": f"{METHODS['scenarios']} {METHODS['confounded']}",
        "scope": SCOPE,
    }
    fields = ("rows", "ended_at", *LEASE_FIELDS, "quality", "methods")
    RUN_FLOW.move(
        run, "finish", by=run.by, fields=fields, rows=run.rows, problems=problems, findings=run.findings.count()
    )
    Finding.feedback_items.through.objects.exclude(finding__run=run).delete()
    old = Run.objects.filter(status="done").order_by("-ended_at").values_list("pk", flat=True)[KEPT_RUNS:]
    Finding.objects.filter(run__in=list(old)).delete()
