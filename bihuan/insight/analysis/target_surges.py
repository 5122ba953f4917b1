"""Days and weeks: what surges and what is new, how weeks compare, whether weekends differ by channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from bihuan.core.text import Text
from bihuan.insight import surge_detection, weekly_trends
from bihuan.insight.analysis.display_names import name_of
from bihuan.insight.analysis.exposure_files import Exposure
from bihuan.insight.analysis.row_sets import NOT_NOISE, Key, Mask, RowSets
from bihuan.insight.analysis.rows import day_number, day_of
from bihuan.insight.analysis.sentence import Count
from bihuan.insight.analysis.targets import Target
from bihuan.insight.analysis.weeks import WEEK
from bihuan.insight.columns import Floats
from bihuan.insight.intervals import q_values
from bihuan.insight.surge_detection.top_surges import YOUNG

METHODS = {
    "surges": surge_detection.METHOD,
    "week_change": weekly_trends.METHOD,
    "weekends": weekly_trends.SEASON_METHOD,
}
MOST_DAYS = 26 * 7  # days watched at most
FEWEST_DAYS = 28  # days of data before anything can be called usual
MOST = 8
FEWEST_REPORTS = 5  # reports: where next to none are usual, three in a week are no news, however unlikely
ENOUGH_WEEKS = 8  # weeks from which a series shows how much its own weeks scatter
RECENT_DAYS = (
    7  # last days, which pay for themselves: what is new now must not be charged for half a year of looking back
)
FALSE_DISCOVERIES = 0.05  # false discovery rate: of the last days, and of all the days before


class TargetSurge(NamedTuple):
    """An alarm of a target from `first` to `last` (ISO days): `observed` reports where `expected` are usual. `open`: it
    still stood on the last day. `kind`: "surge", or "emerging" for something younger than two weeks."""

    target: Target
    kind: str
    open: bool
    observed: int
    expected: float
    p: float
    first: str
    last: str
    sentence: Text
    rows: Key


def daily(row_sets: RowSets, sets: list[Key]) -> tuple[Floats, int]:
    """(sets × days) counts over the span, and the number of its first day."""
    if not row_sets.span:
        return np.zeros((len(sets), 0)), 0
    first, last = day_number(row_sets.span.first), day_number(row_sets.span.last)
    inside = (row_sets.days >= first) & (row_sets.days <= last) & (row_sets.days != -1)
    made = [
        np.bincount(row_sets.days[row_sets.mask(rows) & inside] - first, minlength=last - first + 1) for rows in sets
    ]
    return np.array(made, dtype=float).reshape(len(sets), last - first + 1), first


def find_surges(row_sets: RowSets, wanted: list[Target], exposures: Sequence[Exposure] = ()) -> list[TargetSurge]:
    """Alarms, open ones first, then by how much they exceed what is usual: with an exposure, usual for as much business."""
    counts, first = daily(row_sets, [target.rows for target in wanted])
    if counts.shape[1] < FEWEST_DAYS or not wanted:
        return []
    days = min(MOST_DAYS, counts.shape[1] - FEWEST_DAYS + 1)
    seen = surge_detection.detect_surges(
        counts, weekday=(first + 3) % 7, days=days, exposure=_daily_exposure(exposures, first, counts.shape[1])
    )
    sure = _significant_days(seen)
    result = [surge for row, target in enumerate(wanted) for surge in _episodes(seen, sure, row, target, first)]
    return sorted(result, key=lambda surge: (not surge.open, surge.expected - surge.observed, surge.target.code))[:MOST]


def _significant_days(seen: surge_detection.SurgeTests) -> Mask:
    """Days (of all series) that stand out among all that were looked at: an alarm of its day alone comes by chance every
    few weeks, and a report looks back on every day."""
    result = np.zeros(seen.p.shape, dtype=bool)
    for part in (slice(None, -RECENT_DAYS), slice(-RECENT_DAYS, None)):
        days = seen.p[:, part]
        result[:, part] = q_values(days.ravel()).reshape(days.shape) <= FALSE_DISCOVERIES
    return result


def _daily_exposure(exposures: Sequence[Exposure], first: int, days: int) -> Floats | None:
    """How much business each day had, 1 on average, by the finest exposure that covers all days; None without one."""
    fit = [
        exposure
        for exposure in exposures
        if exposure.day.min() <= first and exposure.day.max() + exposure.step >= first + days
    ]
    if not fit:
        return None
    best = min(reversed(fit), key=lambda exposure: exposure.step)
    spread = np.zeros(days)
    for at in range(best.step):
        place = best.day + at - first
        inside = (place >= 0) & (place < days)
        spread += np.bincount(place[inside], best.amount[inside], minlength=days)
    return spread / spread.mean() if (spread > 0).all() else None


def _episodes(seen: surge_detection.SurgeTests, sure: Mask, row: int, target: Target, first: int) -> list[TargetSurge]:
    """Each stretch of days on which an alarm stood that holds a day which is sure."""
    stands = np.concatenate([[False], seen.open[row], [False]])
    edges = np.flatnonzero(stands[1:] != stands[:-1])
    out = []
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if not sure[row, begin:end].any():
            continue
        began = max(0, int(seen.began[row, end - 1]) - seen.first)
        days = slice(min(began, begin), end)
        out.append(_surge(seen, row, target, days, first))
    return [surge for surge in out if surge.observed >= FEWEST_REPORTS and surge.observed > surge.expected]


def _surge(seen: surge_detection.SurgeTests, row: int, target: Target, days: slice, first: int) -> TargetSurge:
    observed, expected = int(seen.counts[row, days].sum()), float(seen.expected[row, days].sum())
    since, until = (day_of(first + seen.first + at).isoformat() for at in (days.start, days.stop - 1))
    still = days.stop == seen.open.shape[1]
    young = bool(seen.age[row, days.stop - 1] < YOUNG)
    usual = f"{expected:.0f}" if expected >= 10 else f"{expected:.1f}"
    when_zh = f"{since} 起" if still else f"{since} 至 {until}"
    when_en = f"since {since}" if still else f"{since} to {until}"
    rows = (*target.rows, ("since", since), ("until", until))
    sentence = Text(
        "{name}：{when} {observed} 条，往常约 {usual} 条",
        "{name}: {observed} reports {when}, usually about {usual}",
        name=target.name, when=Text(when_zh, when_en), observed=Count(observed, rows), usual=usual,
    )  # fmt: skip
    kind = "emerging" if young else "surge"
    return TargetSurge(
        target, kind, still, observed, expected, float(seen.p[row, days].min()), since, until, sentence, rows
    )


def weekly_changes(row_sets: RowSets, compared: Sequence[tuple[str, list[str]]]) -> list[dict[str, Any]]:
    """Last full week against the one before, of the values of some columns: rate ratio with its 95 % interval, widened by how
    much weeks scatter. Beyond chance: false discoveries over all of them are held at 5 %."""
    two = row_sets.span.last_two() if row_sets.span else None
    if not two or not row_sets.span:
        return []
    full = [start.isoformat() for start in row_sets.span.mondays() if row_sets.span.full(start)]
    names = [(column, value) for column, keys in compared for value in keys]
    weeks = [
        [[row_sets.size(((column, value), ("week", start))) for start in full] for value in keys]
        for column, keys in compared
    ]
    return [_change(*name, *result) for name, result in zip(names, last_weeks(weeks), strict=True)]


def last_weeks(tables: Sequence[Sequence[Sequence[int]]]) -> list[tuple[weekly_trends.Change, bool]]:
    """(the change of the last week, whether chance does not explain it) of every series of weekly counts, table by table.

    Weeks scatter as they do in all series of a table, or as in the series itself where that is more; what is asked about,
    the last change, does not speak for itself there.
    """
    result = []
    for table in tables:
        pooled = weekly_trends.weekly_scatter(table) if table and len(table[0]) > 2 else 0.0
        for series in table:
            own = weekly_trends.weekly_scatter([series[:-1]]) if len(series) > ENOUGH_WEEKS else 0.0
            result.append(weekly_trends.change(series[-1], series[-2], scatter=max(pooled, own)))
    sure = q_values([change.p for change in result]) <= FALSE_DISCOVERIES
    return [(change, bool(fine)) for change, fine in zip(result, sure, strict=True)]


def _change(column: str, value: str, result: weekly_trends.Change, beyond_chance: bool) -> dict[str, Any]:
    low, high = result.interval
    return {
        "column": column, "key": value, "now": result.now, "before": result.before, "ratio": _finite_or_none(result.ratio),
        "low": _finite_or_none(low), "high": _finite_or_none(high), "p": float(f"{result.p:.3g}"), "beyond_chance": beyond_chance,
    }  # fmt: skip


def weekends(row_sets: RowSets) -> list[weekly_trends.Season]:
    """Channels whose share of a weekend day differs from that of a working day."""
    names = [value for value in row_sets.values("channel") if value]
    counts, first = daily(row_sets, [(("channel", name),) for name in names])
    if not names or counts.shape[1] < 2 * WEEK.days or not row_sets.size(NOT_NOISE):
        return []
    shown = {name: name_of("channel", name) for name in names}
    result = weekly_trends.seasons(counts, names, weekday=(first + 3) % 7).found
    return [season._replace(sentence=weekly_trends.describe_season(season, shown)) for season in result]


def _finite_or_none(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
