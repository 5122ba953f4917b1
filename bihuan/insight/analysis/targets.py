"""What is looked at for scenarios and surges: problem types as a whole and by second level, subjects, problems, products.

Few and meaningful: every target looked at is paid for by all.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bihuan.core.text import Text
from bihuan.insight.analysis.row_sets import PRAISE, Key, RowSets, key
from bihuan.insight.data.subjects import SUBJECTS

FEWEST_ROWS = 30  # rows of a target from which it is looked at
TYPES, PROBLEMS, MANY, FEWER = 24, 8, 200_000, 10


@dataclass(frozen=True)
class Target:
    """A set of rows with its name; `kind` is "problem_type", "subject", "problem" or "product"."""

    kind: str
    code: str
    name: Text
    rows: Key


def find_targets(row_sets: RowSets, problems: Sequence[str], titles: Mapping[str, str]) -> list[Target]:
    """Everything with enough rows: types of both levels (a type without second level is in the first one), subjects, the
    largest problems, and what is not praise about a product."""
    seconds = [code for code in row_sets.values("problem_type") if "." in code]
    tops = [code for code in row_sets.values("topic") if code and code not in ("other", PRAISE)]
    limit = FEWER if row_sets.rows > MANY else TYPES
    result: list[Target] = []
    for column, codes in (("topic", tops), ("problem_type", seconds[:limit])):
        result += [
            Target("problem_type", code, row_sets.name_of("problem_type", code), ((column, code),)) for code in codes
        ]
    result += [
        Target("subject", subject.code, subject.name, key(words=subject.words, glad="no"))
        for subject in SUBJECT_TARGETS
    ]
    result += [
        Target("problem", problem, _quoted(titles.get(problem) or problem), key(problem_id=problem))
        for problem in problems[:PROBLEMS]
    ]
    result += [
        Target(
            "product",
            product,
            Text(f"{product}的问题反馈", f"complaints about {product}"),
            key(product=product, glad="no"),
        )
        for product in row_sets.values("product")[:limit]
        if product
    ]
    return [target for target in result if row_sets.size(target.rows) >= FEWEST_ROWS]


class _Subject(NamedTuple):
    code: str
    name: Text
    words: str


def _subjects() -> list[_Subject]:
    result = []
    for line in SUBJECTS.strip().splitlines():
        head, _, words = line.partition(": ")
        code, _, names = head.partition(" ")
        zh, _, en = names.partition(" / ")
        text = Text(f"提到“{zh}”的反馈", f"feedback that mentions {en}")
        result.append(_Subject(code, text, "|".join(shlex.split(words))))
    return result


SUBJECT_TARGETS = _subjects()


def _quoted(title: str) -> Text:
    return Text(f"“{title}”", f"“{title}”")
