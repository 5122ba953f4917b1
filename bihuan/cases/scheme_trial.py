"""A version of a scheme tried on cases judged before: what would have changed. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from bihuan.cases.flow import ACTIVE
from bihuan.cases.models.assessment import Assessment
from bihuan.deadlines.models import Scheme
from bihuan.insight.priority import assess

UNFIT = "?"
"""Stands for the level of a case whose stored answers do not fit the version's inputs."""
MOST = 20_000


@dataclass
class Trial:
    """``moves``: (level before, level by this version) → how many cases. ``overridden``: kept by a person's decision."""

    scheme: Scheme
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    overridden: int = 0

    @property
    def tried(self) -> int:
        return sum(self.moves.values())

    @property
    def capped(self) -> bool:
        """Whether older cases were left out."""
        return self.tried >= MOST

    @property
    def changed(self) -> int:
        return sum(n for (before, after), n in self.moves.items() if before != after)


def judged_so_far(code: str, *, open_only: bool = False) -> QuerySet[Assessment]:
    """Assessments in force by any version of the scheme, newest case first."""
    rows = Assessment.objects.filter(effective=True, scheme__code=code)
    if open_only:
        rows = rows.filter(case__status__in=ACTIVE)
    return rows.order_by("-case_id")


def outcomes(scheme: Scheme, rows: QuerySet[Assessment]) -> Iterator[tuple[int, str, str, bool]]:
    """Case, level in force, level by this version, whether a person's decision holds either way."""
    known = set(scheme.levels)
    judged: dict[str, str] = {}
    columns = rows.values_list("case_id", "level", "suggested", "inputs")[:MOST]
    for case, level, suggested, inputs in columns.iterator(chunk_size=2000):
        key = repr(sorted(inputs.items()))
        if key not in judged:
            judged[key] = _judged(scheme, inputs)
        kept = level != suggested and level in known
        yield case, level, level if kept else judged[key], kept


def trial(scheme: Scheme, *, open_only: bool = False) -> Trial:
    """Count what the version would make of every case judged by this scheme."""
    found = Trial(scheme)
    for _, before, after, kept in outcomes(scheme, judged_so_far(scheme.code, open_only=open_only)):
        found.moves[before, after] += 1
        found.overridden += kept
    return found


def behind(scheme: Scheme, before: str, after: str, *, open_only: bool = False) -> list[int]:
    """The cases behind one number of the table."""
    rows = judged_so_far(scheme.code, open_only=open_only).filter(level=before)
    return [case for case, _, now, _ in outcomes(scheme, rows) if now == after]


def _judged(scheme: Scheme, inputs: dict[str, Any]) -> str:
    try:
        return assess(scheme.data, inputs).level
    except ValueError:
        return UNFIT
