"""The verdict in a sentence, with the numbers it stands on."""

from __future__ import annotations

from typing import Protocol

from bihuan.core.text import Text
from bihuan.insight.intervals import Interval

VERDICTS = {
    "fixed": Text("已解决", "Solved"),
    "improved": Text("有改善", "Improved"),
    "unchanged": Text("看不出变化", "No change shown"),
    "worse": Text("变差了", "Worse"),
}


class EffectNumbers(Protocol):
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


def effect_sentence(effect: EffectNumbers, needed: Text | None = None) -> Text:
    """`needed`: how much more it takes, in the words of whoever knows what the events are.

    “Improved: 0.43 times what the rest did (0.26–0.69), target not shown; about 1,200 more events are needed.”
    """
    low, high = (f"{bound:.2f}" for bound in effect.interval)
    verdict = VERDICTS[effect.verdict]
    against = (
        Text("与没有改动的部分相比，是原来的", "times what it was, against the untouched rest")
        if effect.controlled
        else Text(
            "是原来的",
            "times what it was (no untouched rest to compare with: a season or a promotion may be the cause)",
        )
    )
    caution = "" if effect.controlled else "（没有可比的部分，也可能是季节或活动所致）"
    zh = f"{verdict.zh}：{against.zh} {effect.ratio:.2f} 倍（{low}–{high}）{caution}"
    en = f"{verdict.en}: {effect.ratio:.2f} ({low}–{high}) {against.en}"
    goal = _goal(effect)
    more = _more(effect, needed)
    return Text(f"{zh}{goal.zh}{more.zh}", f"{en}{goal.en}{more.en}")


def _goal(effect: EffectNumbers) -> Text:
    if effect.target is None:
        return Text("", "")
    if effect.target_shown:
        return Text("，已低于目标", ", below the target")
    return Text("，还不能证明低于目标", ", not shown to be below the target")


def _more(effect: EffectNumbers, needed: Text | None) -> Text:
    if effect.more_needed is None:
        return Text("", "")
    unit = Text("天", "days") if effect.counted_only else Text("次", "events")
    more = needed or Text(f"{effect.more_needed:,} {unit.zh}", f"{effect.more_needed:,} more {unit.en}")
    claim = (
        Text("看出变化", "to show a change") if effect.missing == "change" else Text("证明达标", "to show the target")
    )
    return Text(
        f"；照现在的情况，大约还要 {more.zh}才能{claim.zh}", f"; at today's rates it takes about {more.en} {claim.en}"
    )
