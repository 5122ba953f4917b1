"""Is this week different from the last, and do channels have days of their own? Ratios with intervals, not arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from bihuan.core.text import Text
from bihuan.insight.columns import Floats
from bihuan.insight.intervals import LEVEL, Interval, jeffreys, normal, q_values
from bihuan.insight.lazy_modules import stats

METHOD = "nb-rate-ratio/1"
SEASON_METHOD = "weekday-channel-lrt/2"
WEEKEND = (5, 6)


class Change(NamedTuple):
    """`ratio` of two rates (now / before) with its interval; `p` two-sided that they are equal. Infinite after 0 before."""

    now: float
    before: float
    ratio: float
    interval: Interval
    p: float
    method: str = METHOD

    @property
    def beyond_chance(self) -> bool:
        return not self.interval.low <= 1 <= self.interval.high


def change(
    now: float, before: float, *, exposure_now: float = 1.0, exposure_before: float = 1.0, scatter: float = 0.0, level: float = LEVEL
) -> Change:  # fmt: skip
    """Rate ratio of two counts. `scatter`: 1/size of the negative binomial of such a count (see `weekly_scatter`); 0 is Poisson.

    Given their sum, the first count is binomial; scatter shrinks both to the counts that would say as much.
    """
    total, odds = now + before, exposure_before / exposure_now
    if total == 0:
        return Change(now, before, 1.0, Interval(0.0, float("inf")), 1.0)
    wide = 1 + scatter * total / 2
    low, high = jeffreys(now / wide, total / wide, level)
    even = exposure_now / (exposure_now + exposure_before)
    below = float(special.betainc(now / wide + 0.5, before / wide + 0.5, even))
    ratio = now / before * odds if before else float("inf")
    return Change(
        now, before, ratio, Interval(_odds(low) * odds, _odds(high) * odds), min(1.0, 2 * min(below, 1 - below))
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def weekly_scatter(weeks: ArrayLike) -> float:
    """1/size of weekly counts (series × weeks, in order), pooled: from how much neighbours differ beyond Poisson. ≥ 0."""
    table = np.asarray(weeks, dtype=float)
    a, b = table[:, 1:], table[:, :-1]
    over, square = ((a - b) ** 2 - (a + b)).sum(), 2 * (a * b).sum()
    return max(0.0, float(over / square)) if square > 0 else 0.0


class Season(NamedTuple):
    """One channel's weekend: `ratio` of its share of the day's feedback on weekends to that on working days,
    the channels `besides` (whose weekends are surer still) left out of the day."""

    name: str
    weekend_share: float
    weekday_share: float
    ratio: float
    interval: Interval
    q: float
    sentence: Text
    besides: tuple[str, ...] = ()


class Seasons(NamedTuple):
    """Whether the mix of channels depends on the weekday: likelihood ratio test, scaled by the scatter of the days.

    `found` holds the channels whose weekend differs (q < 5 %), the surest first, each among those not yet found.
    """

    p: float
    statistic: float
    freedom: tuple[int, int]
    scatter: float
    found: list[Season]
    method: str = SEASON_METHOD


def seasons(counts: ArrayLike, names: Sequence[str], *, weekday: int = 0, level: float = LEVEL) -> Seasons:
    """`counts` (channels × days), day 0 on `weekday` (Monday is 0). Needs two whole weeks; fewer give p = 1 and nothing."""
    y = np.asarray(counts, dtype=float)
    channels, days = y.shape
    kinds = (weekday + np.arange(days)) % 7
    table = y @ np.eye(7)[kinds]
    freedom = ((channels - 1) * 6, (channels - 1) * (days - 7))
    if days < 14 or channels < 2 or (table.sum(0) == 0).any():
        return Seasons(1.0, 0.0, freedom, 1.0, [])
    shares, overall = table / table.sum(0), table.sum(1) / table.sum()
    usual = overall[:, None] * table.sum(0)
    statistic = float(2 * (special.xlogy(table, table) - special.xlogy(table, np.maximum(usual, 1e-300))).sum())
    fitted = shares[:, kinds] * y.sum(0)
    residual = np.divide((y - fitted) ** 2, fitted, out=np.zeros_like(y), where=fitted > 0).sum()
    scatter = max(1.0, float(residual / freedom[1]))
    p = float(stats.f.sf(statistic / freedom[0] / scatter, *freedom))
    found = _weekends(table, names, scatter, level) if p < 1 - level else []
    return Seasons(p, statistic, freedom, scatter, found)


def _weekends(table: Floats, names: Sequence[str], scatter: float, level: float) -> list[Season]:
    """The surest channel first, then the surest of the others among themselves: where one has more, all others have less
    of the day, which says nothing about them."""
    on = table[:, list(WEEKEND)].sum(1)
    off = table.sum(1) - on
    left = list(range(len(names)))
    found: list[Season] = []
    while len(left) > 1:
        log, sd = _log_ratios(on[left], off[left], scatter)
        q = q_values(2 * stats.norm.sf(np.abs(log) / sd))
        top = int(np.argmax(np.abs(log) / sd))
        if not q[top] <= 1 - level:
            break
        half = normal(level) * sd[top]
        interval = Interval(float(np.exp(log[top] - half)), float(np.exp(log[top] + half)))
        row, besides = left[top], tuple(each.name for each in found)
        share, usual = float(on[row] / on[left].sum()), float(off[row] / off[left].sum())
        ratio = share / usual if usual else float("inf")
        season = Season(names[row], share, usual, ratio, interval, float(q[top]), Text("", ""), besides)
        found.append(season._replace(sentence=describe_season(season)))
        left.remove(row)
    return found


def _log_ratios(on: Floats, off: Floats, scatter: float) -> tuple[Floats, Floats]:
    """Log ratio of each one's share of weekends to that of working days, and its standard deviation."""
    all_on, all_off = on.sum(), off.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log((on + 0.5) / (all_on + 0.5)) - np.log((off + 0.5) / (all_off + 0.5))
        sd = np.sqrt(scatter * (1 / (on + 0.5) - 1 / (all_on + 0.5) + 1 / (off + 0.5) - 1 / (all_off + 0.5)))
    return log, sd


def describe_season(season: Season, names: Mapping[str, Text] | None = None) -> Text:
    """A season in words, its channels by these names."""
    known = names or {}
    own, besides = (
        known.get(season.name, Text(season.name, season.name)),
        [known.get(each, Text(each, each)) for each in season.besides],
    )
    on, off = f"{100 * season.weekend_share:.0f}", f"{100 * season.weekday_share:.0f}"
    low, high = (f"{bound:.1f}" for bound in season.interval)
    zh = f"（不计{'、'.join(each.zh for each in besides)}）" if besides else ""
    en = f" (without {', '.join(each.en for each in besides)})" if besides else ""
    return Text(
        f"{own.zh}：周末占当天反馈的 {on} %{zh}，工作日 {off} %，{season.ratio:.1f} 倍（{low}–{high}）",
        f"{own.en}: {on} % of a weekend day's feedback{en}, {off} % of a working day's, {season.ratio:.1f} times ({low}–{high})",
    )
