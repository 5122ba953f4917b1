"""What the counts mean: problems with their reach, scenarios, bursts, trends and effects, as objects and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bihuan.insight import effect, intervals
from bihuan.insight.analysis import confounded_values, detection, target_scenarios, target_surges
from bihuan.insight.analysis.exposure_files import Exposure
from bihuan.insight.analysis.measures import Judged, Measure, judged
from bihuan.insight.analysis.row_sets import Cuts, key
from bihuan.insight.analysis.rows import day_of
from bihuan.insight.analysis.sampled_grouping import Problems, largest
from bihuan.insight.classify import scope
from bihuan.insight.trends import Season

LISTED = 50  # problems told in the summary
METHODS = {
    **target_surges.METHODS,
    **detection.METHODS,
    "effects": effect.METHOD,
    "intervals": intervals.METHOD,
    "scope": scope.METHOD,
}


@dataclass
class Told:
    """Everything found beyond counting, in the order it is reported."""

    problems: list[dict[str, Any]]
    scenarios: list[target_scenarios.Found]
    confounded: list[confounded_values.Confounded]
    bursts: list[target_surges.Burst]
    changes: list[dict[str, Any]]
    weekends: list[Season]
    effects: list[Judged]
    exposures: list[Exposure]

    def to_json(self) -> dict[str, Any]:
        return {
            "problems": self.problems,
            "scenarios": [_scenario(one) for one in self.scenarios],
            "confounded": [_confounded(one) for one in self.confounded],
            "hot": [_burst(one) for one in self.bursts],
            "trends": [{"kind": "week", **one} for one in self.changes] + [_weekend(one) for one in self.weekends],
            "effects": [_effect(one) for one in self.effects],
        }


def tell(
    cuts: Cuts, problems: Problems, exposures: list[Exposure], measures: list[Measure], *, products: list[str]
) -> Told:
    """All of it, from the rows alone: the same rows tell the same. `products` are compared week by week besides."""
    names = largest(cuts, LISTED)
    found = detection.outstanding(cuts, names, problems.titles, exposures)
    types = [code for code in cuts.values("problem_type") if code]
    channels = [code for code in cuts.values("channel") if code]
    changes = target_surges.weekly_changes(
        cuts, (("problem_type", types), ("channel", channels), ("product", products))
    )
    every = {channel: _customers(cuts, key(channel=channel)) for channel in channels}
    listed = [_problem(cuts, one, problems, found.scenarios, found.bursts, every) for one in names]
    return Told(
        listed, *found, changes, target_surges.weekends(cuts), judged(cuts, measures, exposures), exposures
    )  # fmt: skip


def _customers(cuts: Cuts, name: Any) -> int:
    codes, known = cuts.codes("customer_id")
    seen = np.unique(codes[cuts.mask(name)])
    return len(seen) - int(known.get("", -1) in seen)


def _problem(
    cuts: Cuts, one: str, problems: Problems, found: list[target_scenarios.Found], alarms: list[target_surges.Burst], every: dict[str, int]
) -> dict[str, Any]:  # fmt: skip
    name = key(problem_id=one)
    customers, rows = _customers(cuts, name), cuts.size(name)
    anonymous = cuts.size((*name, ("customer_id", "")))
    touched = {channel: (_customers(cuts, (*name, ("channel", channel))), whole) for channel, whole in every.items()}
    evidence = scope.Evidence(
        burst=any(alarm.open and alarm.target.code == one for alarm in alarms),
        scenarios=sum(each.target.code == one and each.explained_by is None for each in found),
        channels=touched,
    )
    reach = scope.scope(customers, anonymous, evidence=evidence)
    days = cuts.days[cuts.mask(name)]
    dated = days[days != -1]
    return {
        "id": one, "title": problems.titles.get(one, ""), "keywords": problems.words.get(one, [])[:6], "rows": rows,
        "customers": customers, "scope": reach.code, "scope_rule": reach.rule,
        "first_seen": day_of(dated.min()).isoformat() if len(dated) else None,
        "last_seen": day_of(dated.max()).isoformat() if len(dated) else None,
    }  # fmt: skip


def _scenario(found: target_scenarios.Found) -> dict[str, Any]:
    one = found.scenario
    low, high = one.times_interval
    return {
        "of": found.target.kind, "key": found.target.code, "conditions": [list(pair) for pair in (*found.where, *target_scenarios.within_days(found.span))], "rows": one.hits,
        "rows_in_all": one.all_hits, "share": _short(one.share), "share_in_all": _short(one.share_in_all), "ratio": _short(one.times),
        "interval": [_short(low), _short(high)], "customers": one.customers, "denominator": found.denominator,
        "score": round(one.score, 2), "explained_by": found.explained_by, "sentence": found.sentence.to_json(),
    }  # fmt: skip


def _confounded(one: confounded_values.Confounded) -> dict[str, Any]:
    return {
        "column": one.column, "key": one.value, "ratio": _short(one.ratio), "within": _short(one.within), "explained_by": one.by,
        "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _burst(one: target_surges.Burst) -> dict[str, Any]:
    return {
        "of": one.target.kind, "key": one.target.code, "kind": one.kind, "open": one.open, "observed": one.observed,
        "expected": round(one.expected, 2), "p": float(f"{one.p:.3g}"), "first_day": one.first, "last_day": one.last,
        "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _weekend(one: Season) -> dict[str, Any]:
    low, high = one.interval
    return {
        "kind": "weekend", "column": "channel", "key": one.name, "now": _short(one.weekend_share), "before": _short(one.weekday_share),
        "ratio": _short(one.ratio), "low": _short(low), "high": _short(high), "p": float(f"{one.q:.3g}"), "beyond_chance": True,
        "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _effect(one: Judged) -> dict[str, Any]:
    low, high = one.effect.interval
    return {
        "measure": one.measure.name, "day": day_of(one.measure.day).isoformat(), "verdict": one.effect.verdict,
        "ratio": _short(one.effect.ratio), "interval": [_short(low), _short(high)], "controlled": one.effect.controlled,
        "denominator": one.denominator.zh, "target_shown": one.effect.target_shown, "more_needed": one.effect.more_needed,
        "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _short(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
