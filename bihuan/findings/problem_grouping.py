"""Grouping of feedback into problems: the engine regroups within what people decided, and the result is stored.

What a person decided between reading and storing stays: everything is checked again where it is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bihuan.audit.models import Actor
from bihuan.core.text import Text
from bihuan.feedback.personal_data import hidden
from bihuan.findings.feedback_frame import Frame
from bihuan.findings.flow import PROBLEM_FLOW
from bihuan.findings.models.problem import Exclusion, Member, Problem, recount
from bihuan.insight.grouping.regrouping import Decisions, regroup
from bihuan.insight.grouping.representatives import choose_representatives
from bihuan.insight.text.keywords import Background, terms, title
from bihuan.plugins.plugin_interface import Vectors

KEYWORDS = 6
QUOTES = 3
TITLED = 200  # feedback items of a problem read for its keywords and title


@dataclass(frozen=True)
class Grouping:
    """``problems``: the engine's id → keys of the feedback items, an id of digits being a problem's key; ``redirects``: a problem's key
    → where it went; ``method``: every method that took part, with its version; ``names``: id → (title, keywords);
    ``quotes``: id → the feedback items that stand for many, the best first."""

    problems: dict[str, list[int]]
    redirects: dict[str, str]
    method: str
    names: dict[str, tuple[str, list[str]]]
    quotes: dict[str, list[int]]


def group(frame: Frame, vectors: Vectors | None = None) -> Grouping:
    """The problems of these feedback items, near by their characters and by their ``vectors`` where there are some; kinds of problem are grouped apart, except by what people put together."""
    pks = frame.table["pk"].to_pylist()
    texts = frame.table["text"].to_pylist()
    rows = [str(pk) for pk in pks]
    members = dict(Member.objects.values_list("feedback_id", "problem_id"))
    bound = set(Member.objects.fixed().values_list("feedback_id", flat=True))
    decisions = Decisions(
        {str(pk): str(members[pk]) for pk in bound},
        frozenset(
            (str(pk), str(problem)) for pk, problem in Exclusion.objects.values_list("feedback_id", "problem_id")
        ),
    )
    before = {str(pk): str(problem) for pk, problem in members.items() if pk not in bound}
    answer = regroup(
        rows,
        texts,
        vectors=vectors,
        blocks=frame.table["problem_type"].to_pylist(),
        decisions=decisions,
        previous=before,
    )
    problems: dict[str, list[int]] = defaultdict(list)
    for pk, group in zip(pks, answer.problems, strict=True):
        if group:
            problems[group].append(pk)
    by_pk = dict(zip(pks, texts, strict=True))
    names, quotes = _named(problems, by_pk), _quotes(problems, frame)
    return Grouping(dict(problems), answer.redirects, answer.method, names, quotes)


def _named(problems: Mapping[str, list[int]], texts: Mapping[int, str]) -> dict[str, tuple[str, list[str]]]:
    background = Background(tokenized=(terms(text) for text in texts.values()))
    names = {}
    for group, pks in problems.items():
        own = [hidden(texts[pk]) for pk in pks[:TITLED]]
        words = background.keywords(own, KEYWORDS)
        names[group] = (title(own, words) or own[0][:24], [word.word for word in words])
    return names


def _quotes(problems: Mapping[str, list[int]], frame: Frame) -> dict[str, list[int]]:
    """A few feedback items of each problem to be read for all: unlike each other, of different customers and channels."""
    columns = (frame.table[name].to_pylist() for name in ("pk", "text", "customer", "channel"))
    rows = {pk: own for pk, *own in zip(*columns, strict=True)}
    quotes = {}
    for group, pks in problems.items():
        texts, customers, channels = zip(*(rows[pk] for pk in pks), strict=True)
        chosen = choose_representatives(
            [hidden(one) for one in texts], customers=customers, channels=channels, limit=QUOTES
        )
        quotes[group] = [pks[at] for at in chosen.rows]
    return quotes


@transaction.atomic
def save(grouping: Grouping, by: Actor) -> dict[str, Problem]:
    """Store the problems; the engine's id → its problem. Inside the run's last transaction."""
    problems = {str(t.pk): t for t in Problem.objects.select_for_update().order_by("pk")}
    fixed = set(Member.objects.fixed().values_list("feedback_id", flat=True))
    barred = set(Exclusion.objects.values_list("problem_id", "feedback_id"))
    members = Member.objects.values_list("feedback_id", "problem_id")
    auto = {pk: problem for pk, problem in members if pk not in fixed}
    saved: dict[str, Problem] = {}
    taken: set[int] = set()
    meant: dict[int, int] = {}
    for group, pks in sorted(grouping.problems.items(), key=lambda one: min(one[1])):
        free = [pk for pk in pks if pk not in fixed]
        problem = problems.get(group)
        if problem is None and len(free) > 1:
            name, words = grouping.names[group]
            problem = Problem.propose(free, by=by, title=name, keywords=words, method=grouping.method)
            taken.update(free)
        elif problem is not None:
            meant |= {pk: problem.pk for pk in free if problem.status != "merged" and (problem.pk, pk) not in barred}
        if problem is not None:
            _describe(problem, grouping.names[group], grouping.quotes[group])
            saved[group] = problem
    _move_members(auto, meant, taken)
    _retire(problems, grouping.redirects, by)
    return saved


def _describe(problem: Problem, name: tuple[str, list[str]], quotes: list[int]) -> None:
    """The engine's words and quotes follow the feedback items; a person's name stays."""
    title, words = name
    changes: dict[str, Any] = {"keywords": words, "quotes": quotes} | ({} if problem.titled_by_id else {"title": title})
    if any(getattr(problem, key) != value for key, value in changes.items()):
        Problem.objects.filter(pk=problem.pk).update(**changes)
        for key, value in changes.items():
            setattr(problem, key, value)


def _move_members(auto: Mapping[int, int], meant: Mapping[int, int], taken: set[int]) -> None:
    """Members the engine had placed move to where it means them now, or leave; those a new problem took are there
    already. The problems are counted anew."""
    moved = {pk for pk in auto if pk not in taken and auto[pk] != meant.get(pk)}
    added = {pk: problem for pk, problem in meant.items() if auto.get(pk) != problem}
    Member.objects.filter(feedback__in=moved).exclude(how=Member.How.PERSON).delete()
    rows = [Member(feedback_id=pk, problem_id=problem, how=Member.How.RUN) for pk, problem in added.items()]
    Member.objects.bulk_create(rows, batch_size=500)
    recount({*auto.values(), *meant.values()})


def _retire(problems: Mapping[str, Problem], redirects: Mapping[str, str], by: Actor) -> None:
    """A proposed problem that became part of another leads there; one that lost all its feedback items is set aside."""
    for old, new in redirects.items():
        problem, target = problems.get(old), problems.get(new)
        if problem and target and problem.status == "proposed" and target.status in ("proposed", "confirmed"):
            problem.merged_into = target.survivor
            why = Text("整体分析认为是同一个问题", "the analysis found them to be one problem")
            PROBLEM_FLOW.move(problem, "merge", by=by, fields=("merged_into",), into=target.number, reason=why)
    for problem in Problem.objects.filter(status="proposed", size=0):
        PROBLEM_FLOW.move(
            problem, "dismiss", by=by, reason=Text("不再有反馈属于它", "no feedback item belongs to it any more")
        )
