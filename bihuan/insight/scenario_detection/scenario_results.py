"""A scenario as people read it: numbers of one table, and the sentence made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bihuan.core.text import Text
from bihuan.insight.intervals import Interval, wilson

Names = Mapping[tuple[str, str], Text]
"""How to show a value: (dimension, value) → sentence part; absent ones are shown as they are."""


@dataclass(frozen=True)
class Scenario:
    """A slice with a rate of its own.

    `hits` of `all_hits` problem reports lie in it, and `base` of `all_base` of the denominator; `share` with its 95 %
    `interval` against `share_in_all` gives `ratio`. `score` is in nats after all charges (e^-score bounds the chance of
    finding any such slice where there is none); `p` is the exact chance times the slices tried. `customers` are distinct
    known ones. `expected` reports, where every group is compared with itself (`within`, or with its own past). `usual`: as
    many as the rest of its groups leads to expect, its own reports left out, which had `peers` reports with it.
    """

    conditions: tuple[tuple[str, str], ...]
    hits: int
    all_hits: int
    base: float
    all_base: float
    expected: float
    interval: Interval
    customers: int
    score: float
    p: float
    denominator: Text
    explained_by: int | None = None
    usual: float = 0.0
    peers: int = 0

    @property
    def share(self) -> float:
        return self.hits / self.all_hits if self.all_hits else 0.0

    @property
    def share_in_all(self) -> float:
        return self.base / self.all_base if self.all_base else 0.0

    @property
    def ratio(self) -> float:
        """How many times the reports expected at the common rate (of its group, or of the past)."""
        return self.hits / self.expected if self.expected else float("inf")

    @property
    def times(self) -> float:
        """How many times the rate of the rest: with its own reports in what is usual, a large slice looks smaller than it is."""
        return self.hits / self.usual if self.usual else float("inf")

    @property
    def times_interval(self) -> Interval:
        """Of so many reports of slice and rest together, as many in the slice as the ratio of their rates leads to expect."""
        if not 0 < self.hits < self.peers or not self.usual:
            return Interval(0.0, float("inf"))
        low, high = (bound / (1 - bound) for bound in wilson(self.hits, self.peers))
        scale = self.times * (self.peers - self.hits) / self.hits
        return Interval(low * scale, high * scale)

    def sentence(self, problem: Text, names: Names | None = None) -> Text:
        """“Android V3.2: 80 % (76–84) of payment failures, 22 % of all feedback, ratio 3.6; 412 customers.”"""
        known = names or {}
        parts = [known.get(one, Text(one[1], one[1])) for one in self.conditions]
        low, high = (f"{100 * bound:.0f}" for bound in self.interval)
        share, base = f"{100 * self.share:.0f}", _percent(self.share_in_all)
        who_zh = f"；{self.customers} 位客户" if self.customers else ""
        who_en = f"; {self.customers} customer{'' if self.customers == 1 else 's'}" if self.customers else ""
        return Text(
            f"{' '.join(p.zh for p in parts)}：占{problem.zh}的 {share} %（{low}–{high}），"
            f"占{self.denominator.zh}的 {base} %，是应有的 {_times(self.ratio)} 倍{who_zh}",
            f"{' '.join(p.en for p in parts)}: {share} % ({low}–{high}) of {problem.en}, "
            f"{base} % of {self.denominator.en}, {_times(self.ratio)} times what is expected{who_en}",
        )

    def rate(self, where: Text, problem: Text, per: Text) -> Text:
        """Against the rest: “浙江：物流配送 27 条，按订单数、照其余部分的水平应有约 5.4 条，是 5.0 倍（3.3–7.4）；涉及 25 位客户。”

        Its value `hits` may be replaced by whatever stands for the reports (`.format(hits=…)`).
        """
        low, high = self.times_interval
        customers = Text(
            f"；涉及 {self.customers:,} 位已知客户" if self.customers else "",
            f"; {self.customers:,} known customer{'s' * (self.customers != 1)}" if self.customers else "",
        )
        return Text(
            "{where}：{problem} {hits} 条，{per}、照其余部分的水平应有约 {usual} 条，是 {times} 倍（{low}–{high}）{customers}",
            "{where}, {problem}: {hits} rows where the rest leads to expect about {usual} {per}, "
            "{times} times ({low}–{high}){customers}",
            where=where, problem=problem, per=per, hits=f"{self.hits:,}", customers=customers,
            usual=f"{self.usual:,.0f}" if self.usual >= 10 else f"{self.usual:,.1f}",
            times=_times(self.times), low=f"{low:.1f}", high=f"{high:.1f}",
        )  # fmt: skip


class Related(NamedTuple):
    """One value that is more frequent in the problem than in all. `explained_by` is the number (from 0) of the scenario
    it only comes along with, None where it has an excess of its own besides the scenarios. `q`: Benjamini-Hochberg."""

    dimension: str
    value: str
    hits: int
    share: float
    share_in_all: float
    ratio: float
    q: float
    explained_by: int | None


@dataclass(frozen=True)
class ScenarioSearch:
    """The answer. `note` says why there is no scenario; `more_needed` is how many more reports at today's pace would settle
    the strongest hint (`hint`). `empty_fields`: (dimension, share known) of fields mostly empty. `unmatched` reports had no
    exposure. `slices` were tried and paid for. `ranked`: the next best as well, none of them asserted."""

    scenarios: list[Scenario]
    related: list[Related] = field(default_factory=list)
    hint: Scenario | None = None
    more_needed: int | None = None
    note: Text | None = None
    empty_fields: list[tuple[str, float]] = field(default_factory=list)
    unmatched: int = 0
    slices: int = 0
    method: str = ""
    ranked: list[Scenario] = field(default_factory=list)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}" if share >= 0.1 else f"{100 * share:.2g}"


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 100 else f"{ratio:.0f}"
