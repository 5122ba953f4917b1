"""Was the goal reached, and is it shown? Computed from the numbers, said in a sentence. No database (S2-34, S3-I04, S4-I09).

A value below its target may be luck: where it is known how many orders or users a percentage was counted over, the engine
says whether the change and the target are shown, and how many more events would show them.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bihuan.core.text import Text
from bihuan.insight.effect_estimation import Effect, estimate_effect

_OPS = {"lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "eq": operator.eq}
RISING = ("gt", "ge")


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
        return "reached", Text("{n} 项目标全部达到。", "All {n} goals are reached.", n=len(figures))
    names = "、".join(f.name for f in short)
    values = {"n": len(figures), "m": len(figures) - len(short), "names": names}
    if len(short) == len(figures) and not any(f.nearer for f in short):
        return "missed", Text(
            "{n} 项目标都没有达到，也没有改善：{names}。", "None of {n} goals is reached or nearer: {names}.", **values
        )
    return "partly", Text(
        "{n} 项目标中 {m} 项达到；还差：{names}。", "{m} of {n} goals reached; still short: {names}.", **values
    )


def is_share(unit: str) -> bool:
    """Whether a value is a percentage, so that "of how many" makes sense."""
    return unit.strip() in {"%", "％"}


def shown(figure: Figure, events_before: int | None, events_after: int | None) -> Effect | None:
    """What a percentage before and after shows, counted over so many events; None where one is unknown or nonsense.

    Of a goal to rise (a success rate) the failures are judged: they are to fall.
    """
    if not events_before or not events_after:
        return None
    rising = figure.op in RISING
    before, after, target = (
        float(100 - value if rising else value) / 100 for value in (figure.before, figure.after, figure.target)
    )
    if not (0 <= before <= 1 and 0 <= after <= 1):
        return None
    hits = [round(before * events_before), round(after * events_after)]
    aim = target if 0 < target < 1 and figure.op != "eq" else None
    return estimate_effect(hits, after=1, events=[events_before, events_after], target=aim)
