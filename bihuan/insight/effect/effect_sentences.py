"""The verdict in a sentence, with the numbers it stands on."""

from __future__ import annotations

from typing import Protocol

from bihuan.insight.intervals import Interval
from bihuan.insight.said import Said

VERDICTS = {
    "fixed": Said("已解决", "Fixed"),
    "improved": Said("有改善", "Improved"),
    "unchanged": Said("看不出变化", "No change shown"),
    "worse": Said("变差了", "Worse"),
}


class Judged(Protocol):
    """What a sentence needs to know of an effect."""

    @property
    def verdict(self) -> str: ...
    @property
    def ratio(self) -> float: ...
    @property
    def interval(self) -> Interval: ...
    @property
    def controlled(self) -> bool: ...
    @property
    def counted_only(self) -> bool: ...
    @property
    def target(self) -> float | None: ...
    @property
    def target_shown(self) -> bool | None: ...
    @property
    def more_needed(self) -> int | None: ...
    @property
    def missing(self) -> str: ...


def sentence(one: Judged, needed: Said | None = None) -> Said:
    """`needed`: how much more it takes, in the words of whoever knows what the events are.

    “Improved: 0.43 times what the rest did (0.26–0.69), target not shown; about 1,200 more events are needed.”
    """
    low, high = (f"{bound:.2f}" for bound in one.interval)
    verdict = VERDICTS[one.verdict]
    against = (
        Said("与没有改动的部分相比，是原来的", "times what it was, against the untouched rest")
        if one.controlled
        else Said(
            "是原来的",
            "times what it was (no untouched rest to compare with: a season or a promotion may be the cause)",
        )
    )
    caution = "" if one.controlled else "（没有可比的部分，也可能是季节或活动所致）"
    zh = f"{verdict.zh}：{against.zh} {one.ratio:.2f} 倍（{low}–{high}）{caution}"
    en = f"{verdict.en}: {one.ratio:.2f} ({low}–{high}) {against.en}"
    goal = _goal(one)
    more = _more(one, needed)
    return Said(f"{zh}{goal.zh}{more.zh}", f"{en}{goal.en}{more.en}")


def _goal(one: Judged) -> Said:
    if one.target is None:
        return Said("", "")
    if one.target_shown:
        return Said("，已低于目标", ", below the target")
    return Said("，还不能证明低于目标", ", not shown to be below the target")


def _more(one: Judged, needed: Said | None) -> Said:
    if one.more_needed is None:
        return Said("", "")
    unit = Said("天", "days") if one.counted_only else Said("次", "events")
    more = needed or Said(f"{one.more_needed:,} {unit.zh}", f"{one.more_needed:,} more {unit.en}")
    claim = Said("看出变化", "to show a change") if one.missing == "change" else Said("证明达标", "to show the target")
    return Said(
        f"；照现在的情况，大约还要 {more.zh}才能{claim.zh}", f"; at today's rates it takes about {more.en} {claim.en}"
    )
