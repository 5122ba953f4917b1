"""Voices into problems: the engine regroups under what people said, and the answer is written down row by row.

What a person said between the reading and the writing stands: everything is looked at again where it is written.
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
from bihuan.findings.flow import TOPICS
from bihuan.findings.models.problem import Exclusion, Member, Topic, recount
from bihuan.insight.problem_grouping import Told, regroup
from bihuan.insight.representatives import representative
from bihuan.insight.text.keywords import Background, terms, title
from bihuan.plugins.plugin_interface import Vectors

KEYWORDS = 6
QUOTES = 3
TITLED = 200  # voices of a problem read for its keywords and title


@dataclass(frozen=True)
class Found:
    """``problems``: the engine's id → keys of the voices, an id of digits being a topic's key; ``redirects``: a topic's key
    → where it went; ``method``: every method that took part, with its version; ``names``: id → (title, keywords);
    ``quotes``: id → the voices that stand for many, the best first."""

    problems: dict[str, list[int]]
    redirects: dict[str, str]
    method: str
    names: dict[str, tuple[str, list[str]]]
    quotes: dict[str, list[int]]


def group(frame: Frame, vectors: Vectors | None = None) -> Found:
    """The problems of these voices, near by their characters and by their ``vectors`` where there are some; kinds of problem are grouped apart, except by what people put together."""
    pks = frame.table["pk"].to_pylist()
    texts = frame.table["text"].to_pylist()
    rows = [str(pk) for pk in pks]
    members = dict(Member.objects.values_list("feedback_id", "topic_id"))
    bound = set(Member.objects.bound().values_list("feedback_id", flat=True))
    told = Told(
        {str(pk): str(members[pk]) for pk in bound},
        frozenset((str(pk), str(topic)) for pk, topic in Exclusion.objects.values_list("feedback_id", "topic_id")),
    )
    before = {str(pk): str(topic) for pk, topic in members.items() if pk not in bound}
    answer = regroup(
        rows, texts, vectors=vectors, blocks=frame.table["problem_type"].to_pylist(), told=told, before=before
    )
    problems: dict[str, list[int]] = defaultdict(list)
    for pk, problem in zip(pks, answer.problems, strict=True):
        if problem:
            problems[problem].append(pk)
    by_pk = dict(zip(pks, texts, strict=True))
    names, quotes = _named(problems, by_pk), _quotes(problems, frame)
    return Found(dict(problems), answer.redirects, answer.method, names, quotes)


def _named(problems: Mapping[str, list[int]], texts: Mapping[int, str]) -> dict[str, tuple[str, list[str]]]:
    background = Background(told=(terms(text) for text in texts.values()))
    names = {}
    for problem, pks in problems.items():
        own = [hidden(texts[pk]) for pk in pks[:TITLED]]
        words = background.keywords(own, KEYWORDS)
        names[problem] = (title(own, words) or own[0][:24], [word.word for word in words])
    return names


def _quotes(problems: Mapping[str, list[int]], frame: Frame) -> dict[str, list[int]]:
    """A few voices of each problem to be read for all: unlike each other, of different customers and channels."""
    columns = (frame.table[name].to_pylist() for name in ("pk", "text", "customer", "channel"))
    rows = {pk: own for pk, *own in zip(*columns, strict=True)}
    quotes = {}
    for problem, pks in problems.items():
        texts, customers, channels = zip(*(rows[pk] for pk in pks), strict=True)
        told = representative([hidden(one) for one in texts], customers=customers, channels=channels, limit=QUOTES)
        quotes[problem] = [pks[at] for at in told.rows]
    return quotes


@transaction.atomic
def keep(found: Found, by: Actor) -> dict[str, Topic]:
    """Write the problems down; the engine's id → its topic. Inside the run's last transaction."""
    topics = {str(t.pk): t for t in Topic.objects.select_for_update().order_by("pk")}
    fixed = set(Member.objects.bound().values_list("feedback_id", flat=True))
    barred = set(Exclusion.objects.values_list("topic_id", "feedback_id"))
    members = Member.objects.values_list("feedback_id", "topic_id")
    auto = {pk: topic for pk, topic in members if pk not in fixed}
    made: dict[str, Topic] = {}
    taken: set[int] = set()
    meant: dict[int, int] = {}
    for problem, pks in sorted(found.problems.items(), key=lambda one: min(one[1])):
        free = [pk for pk in pks if pk not in fixed]
        topic = topics.get(problem)
        if topic is None and len(free) > 1:
            name, words = found.names[problem]
            topic = Topic.find(free, by=by, title=name, keywords=words, method=found.method)
            taken.update(free)
        elif topic is not None:
            meant |= {pk: topic.pk for pk in free if topic.status != "merged" and (topic.pk, pk) not in barred}
        if topic is not None:
            _describe(topic, found.names[problem], found.quotes[problem])
            made[problem] = topic
    _place(auto, meant, taken)
    _leave_behind(topics, found.redirects, by)
    return made


def _describe(topic: Topic, name: tuple[str, list[str]], quotes: list[int]) -> None:
    """The engine's words and quotes follow the voices; a person's name stays."""
    title, words = name
    changes: dict[str, Any] = {"keywords": words, "quotes": quotes} | ({} if topic.titled_by_id else {"title": title})
    if any(getattr(topic, key) != value for key, value in changes.items()):
        Topic.objects.filter(pk=topic.pk).update(**changes)
        for key, value in changes.items():
            setattr(topic, key, value)


def _place(auto: Mapping[int, int], meant: Mapping[int, int], taken: set[int]) -> None:
    """Members the engine had placed move to where it means them now, or leave; those a new topic took are there
    already. The topics are counted anew."""
    moved = {pk for pk in auto if pk not in taken and auto[pk] != meant.get(pk)}
    added = {pk: topic for pk, topic in meant.items() if auto.get(pk) != topic}
    Member.objects.filter(feedback__in=moved).exclude(how=Member.How.PERSON).delete()
    rows = [Member(feedback_id=pk, topic_id=topic, how=Member.How.RUN) for pk, topic in added.items()]
    Member.objects.bulk_create(rows, batch_size=500)
    recount({*auto.values(), *meant.values()})


def _leave_behind(topics: Mapping[str, Topic], redirects: Mapping[str, str], by: Actor) -> None:
    """A proposed topic that became part of another leads there; one that lost all its voices is set aside."""
    for old, new in redirects.items():
        topic, target = topics.get(old), topics.get(new)
        if topic and target and topic.status == "proposed" and target.status in ("proposed", "confirmed"):
            topic.merged_into = target.survivor
            why = Text("整体分析认为是同一个问题", "the analysis found them to be one problem")
            TOPICS.move(topic, "merge", by=by, fields=("merged_into",), into=target.number, reason=why)
    for topic in Topic.objects.filter(status="proposed", size=0):
        TOPICS.move(topic, "dismiss", by=by, reason=Text("不再有反馈属于它", "no voice belongs to it any more"))
