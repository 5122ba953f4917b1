"""Was the goal reached? Computed from the numbers, said in a sentence. No database (S2-34, S3-I04, S4-I09)."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bihuan.core.text import Text, both

_OPS = {"lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "eq": operator.eq}


@dataclass(frozen=True)
class Figure:
    """One metric: before the work, the target ("lt" 1 = below 1), after it."""

    name: str
    before: Decimal
    op: str
    target: Decimal
    after: Decimal

    @property
    def reached(self) -> bool:
        return bool(_OPS[self.op](self.after, self.target))

    @property
    def nearer(self) -> bool:
        """Whether it moved towards the target."""
        return abs(self.after - self.target) < abs(self.before - self.target)

    @property
    def verdict(self) -> str:
        return "reached" if self.reached else "partly" if self.nearer else "missed"


def verdict(figures: Sequence[Figure]) -> tuple[str, Text]:
    """reached (all), missed (none reached, none nearer), else partly; and the sentence why. ValueError without figures."""
    if not figures:
        raise ValueError("no figures")
    short = [f for f in figures if not f.reached]
    if not short:
        return "reached", both("{n} 项目标全部达到。", "All {n} goals are reached.", n=len(figures))
    names = "、".join(f.name for f in short)
    values = {"n": len(figures), "m": len(figures) - len(short), "names": names}
    if len(short) == len(figures) and not any(f.nearer for f in short):
        return "missed", both(
            "{n} 项目标都没有达到，也没有改善：{names}。", "None of {n} goals is reached or nearer: {names}.", **values
        )
    return "partly", both(
        "{n} 项目标中 {m} 项达到；还差：{names}。", "{m} of {n} goals reached; still short: {names}.", **values
    )
