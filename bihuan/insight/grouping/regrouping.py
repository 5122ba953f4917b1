"""Feedback into problems: a nightly regrouping under what people have confirmed, and names that stay.

What people decided is never undone: rows confirmed to a problem are in it, rows confirmed to different problems are never
in one, and a row that was taken out of a problem does not come back. A problem keeps its id as long as any row that
gave it its name; when two become one, the older id stands and the other is redirected.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bihuan.insight.classify.learning import tfidf
from bihuan.insight.classify.linear import Floats
from bihuan.insight.duplicate_detection.text_likeness import fingerprint
from bihuan.insight.grouping.assignment import METHOD as JOINING
from bihuan.insight.grouping.assignment import assign_to_problems
from bihuan.insight.grouping.clustering import cluster
from bihuan.insight.grouping.text_vectors import TextVectors, vectorize

METHOD = "problems/2"


class Decisions(NamedTuple):
    """What people decided. `members`: row → the problem it was confirmed to (merges already followed).
    `denied`: (row, problem) that do not belong together."""

    members: Mapping[str, str] = {}
    denied: frozenset[tuple[str, str]] = frozenset()


class Grouping(NamedTuple):
    """`problems` per row, in order, "" where a row stands alone. `redirects`: an id that is no more → the id it became
    part of. `offered`: (row, problem, likeness) to be confirmed or not."""

    problems: list[str]
    redirects: dict[str, str]
    offered: list[tuple[str, str, float]]
    method: str


def regroup(
    rows: Sequence[str],
    texts: Sequence[str],
    *,
    vectors: Floats | None = None,
    blocks: Sequence[str] | None = None,
    decisions: Decisions | None = None,
    previous: Mapping[str, str] | None = None,
) -> Grouping:
    """Problems among `texts` with their row ids, in any order; `previous` is the last answer (row → problem).

    Rows of different `blocks` (product and type, say) are grouped apart, except by what people confirmed.
    """
    confirmed, last = decisions or Decisions(), previous or {}
    order = sorted(range(len(rows)), key=lambda at: (blocks[at] if blocks else "", rows[at]))
    groups: list[list[str]] = []
    joined = {row: problem for row, problem in confirmed.members.items() if row in set(rows)}
    offered: list[tuple[str, str, float]] = []
    methods = set()
    for inside in _blocks(order, blocks):
        held = [texts[at] for at in inside]
        block = _Block([rows[at] for at in inside], held, None if vectors is None else vectors[inside], confirmed)
        joined |= block.joined
        offered += block.offered
        groups += block.groups()
        methods.add(block.vectors.method)
        if block.joined:
            methods.add(JOINING)
    problems, redirects = name_groups(groups, joined, last, confirmed.denied)
    return Grouping([problems.get(row, "") for row in rows], redirects, offered, "+".join([METHOD, *sorted(methods)]))


def _blocks(order: list[int], blocks: Sequence[str] | None) -> Iterable[list[int]]:
    if blocks is None:
        return [order] if order else []
    parts: dict[str, list[int]] = defaultdict(list)
    for at in order:
        parts[blocks[at]].append(at)
    return parts.values()


class _Block:
    """The rows of one block as points, each text once; what joins a confirmed problem, and the groups of the rest."""

    def __init__(self, rows: list[str], texts: list[str], vectors: Floats | None, decisions: Decisions) -> None:
        copies: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, (row, text) in enumerate(zip(rows, texts, strict=True)):
            copies[fingerprint(text) or row, decisions.members.get(row, "")].append(at)
        self.copies = [[rows[at] for at in same] for same in copies.values()]
        first = [same[0] for same in copies.values()]
        self.has_text = np.array([bool(fingerprint(texts[at])) for at in first], dtype=np.bool_)
        own = [texts[at] for at in first]
        self.vectors = vectorize(own, None if vectors is None else vectors[first])
        self.known = [problem for _, problem in copies]
        self.joined: dict[str, str] = {}
        self.offered: list[tuple[str, str, float]] = []
        if any(self.known):
            self._join(own, decisions.denied)

    def _join(self, texts: list[str], denied: frozenset[tuple[str, str]]) -> None:
        """Rows that a confirmed problem claims join it, or are offered to it."""
        names = sorted({problem for problem in self.known if problem})
        own = np.array([names.index(problem) if problem else -1 for problem in self.known])
        never = np.zeros((len(own), len(names)), dtype=np.bool_)
        for at, same in enumerate(self.copies):
            never[at] = [any((row, name) in denied for row in same) for name in names]
        grams, _ = tfidf(texts)
        result = assign_to_problems(self.vectors, grams, own, never, self.has_text)
        for at in np.flatnonzero(result.joins).tolist():
            self.joined |= dict.fromkeys(self.copies[at], names[result.problem[at]])
        for at in np.flatnonzero(result.offered).tolist():
            value = round(float(result.likeness[at]), 3)
            self.offered += [(row, names[result.problem[at]], value) for row in self.copies[at]]

    def groups(self) -> list[list[str]]:
        """The rows that belong to no confirmed problem, grouped; a row alone is a group of its own."""
        left = [same for same in self.copies if same[0] not in self.joined]
        kept = [
            at
            for at, same in enumerate(self.copies)
            if same[0] not in self.joined and not self.known[at] and self.has_text[at]
        ]
        labels = (
            cluster(TextVectors(self.vectors.points[kept], self.vectors.method))
            if kept
            else np.zeros(0, dtype=np.int64)
        )
        clusters: dict[int, list[str]] = defaultdict(list)
        for at, label in zip(kept, labels, strict=True):
            clusters[int(label)] += self.copies[at]
        empty = [same for at, same in enumerate(self.copies) if not self.has_text[at] and not self.known[at]]
        return [sorted(group) for group in clusters.values()] + [
            [row] for same in empty for row in same if same in left
        ]


def name_groups(
    groups: list[list[str]], joined: Mapping[str, str], previous: Mapping[str, str], denied: frozenset[tuple[str, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """A problem id per row, and the redirects. An id goes where most of its rows are; the id with most rows stands."""
    problems = dict(joined)
    where = {row: number for number, group in enumerate(groups) for row in group}
    votes: dict[str, Counter[int | str]] = defaultdict(Counter)
    for row, problem in previous.items():
        if row in where:
            votes[problem][where[row]] += 1
        elif row in joined:
            votes[problem][joined[row]] += 1
    confirmed = set(joined.values())
    claims: dict[int, list[tuple[int, str]]] = defaultdict(list)
    redirects: dict[str, str] = {}
    for problem, counts in sorted(votes.items()):
        if problem in confirmed:
            continue
        target, count = min(counts.items(), key=lambda vote: (-vote[1], str(vote[0])))
        if isinstance(target, str):
            redirects[problem] = target
        else:
            claims[target].append((-count, problem))
    taken = {*previous.values(), *confirmed}
    for number, group in enumerate(groups):
        claimed = sorted(claims.get(number, []))
        if not claimed and len(group) < 2:
            continue
        name = claimed[0][1] if claimed else _new_id(group[0], taken)
        taken.add(name)
        redirects |= {other: name for _, other in claimed[1:]}
        problems |= {row: name for row in group if (row, name) not in denied}
    return problems, dict(sorted(redirects.items()))


def _new_id(row: str, taken: set[str]) -> str:
    """An id made of the first row's: the same rows get the same id on every machine."""
    for turn in range(1000):
        name = "P" + hashlib.blake2b(f"{row}\x1f{turn}".encode(), digest_size=5).hexdigest()
        if name not in taken:
            return name
    raise AssertionError("no id left")
