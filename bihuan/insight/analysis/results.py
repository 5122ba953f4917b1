"""What the counts mean: problems with their reach, scenarios, surges, trends and effects, as objects and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bihuan.insight import effect_estimation, intervals
from bihuan.insight.analysis import confounded_values, detection, target_scenarios, target_surges
from bihuan.insight.analysis.exposure_files import Exposure
from bihuan.insight.analysis.measures import Measure, MeasureEffect, measure_effects
from bihuan.insight.analysis.row_sets import RowSets, key
from bihuan.insight.analysis.rows import day_of
from bihuan.insight.analysis.sampled_grouping import Problems, largest
from bihuan.insight.classify import scope
from bihuan.insight.weekly_trends import Season

PROBLEMS_LISTED = 50  # problems told in the summary
METHODS = {
    **target_surges.METHODS,
    **detection.METHODS,
    "effects": effect_estimation.METHOD,
    "intervals": intervals.METHOD,
    "scope": scope.METHOD,
}


@dataclass
class Results:
    """Everything found beyond counting, in the order it is reported."""

    problems: list[dict[str, Any]]
    scenarios: list[target_scenarios.TargetScenario]
    confounded: list[confounded_values.ConfoundedValue]
    surges: list[target_surges.TargetSurge]
    changes: list[dict[str, Any]]
    weekends: list[Season]
    effects: list[MeasureEffect]
    exposures: list[Exposure]

    def to_json(self) -> dict[str, Any]:
        return {
            "problems": self.problems,
            "scenarios": [_scenario(one) for one in self.scenarios],
            "confounded": [_confounded(one) for one in self.confounded],
            "surges": [_surge(one) for one in self.surges],
            "trends": [{"kind": "week", **one} for one in self.changes] + [_weekend(one) for one in self.weekends],
            "effects": [_effect(one) for one in self.effects],
        }


def find_results(
    row_sets: RowSets, problems: Problems, exposures: list[Exposure], measures: list[Measure], *, products: list[str]
) -> Results:
    """All of it, from the rows alone: the same rows tell the same. `products` are compared week by week besides."""
    names = largest(row_sets, PROBLEMS_LISTED)
    result = detection.detect(row_sets, names, problems.titles, exposures)
    types = [code for code in row_sets.values("problem_type") if code]
    channels = [code for code in row_sets.values("channel") if code]
    changes = target_surges.weekly_changes(
        row_sets, (("problem_type", types), ("channel", channels), ("product", products))
    )
    every = {channel: _customers(row_sets, key(channel=channel)) for channel in channels}
    listed = [_problem(row_sets, one, problems, result.scenarios, result.surges, every) for one in names]
    return Results(
        listed, *result, changes, target_surges.weekends(row_sets), measure_effects(row_sets, measures, exposures), exposures
    )  # fmt: skip


def _customers(row_sets: RowSets, name: Any) -> int:
    codes, known = row_sets.codes("customer_id")
    seen = np.unique(codes[row_sets.mask(name)])
    return len(seen) - int(known.get("", -1) in seen)


def _problem(
    row_sets: RowSets, one: str, problems: Problems, result: list[target_scenarios.TargetScenario], surges: list[target_surges.TargetSurge], every: dict[str, int]
) -> dict[str, Any]:  # fmt: skip
    name = key(problem_id=one)
    customers, rows = _customers(row_sets, name), row_sets.size(name)
    anonymous = row_sets.size((*name, ("customer_id", "")))
    touched = {
        channel: (_customers(row_sets, (*name, ("channel", channel))), whole) for channel, whole in every.items()
    }
    evidence = scope.Evidence(
        surge=any(alarm.open and alarm.target.code == one for alarm in surges),
        scenarios=sum(each.target.code == one and each.explained_by is None for each in result),
        channels=touched,
    )
    reach = scope.scope(customers, anonymous, evidence=evidence)
    days = row_sets.days[row_sets.mask(name)]
    dated = days[days != -1]
    return {
        "id": one, "title": problems.titles.get(one, ""), "keywords": problems.words.get(one, [])[:6], "rows": rows,
        "customers": customers, "scope": reach.code, "scope_rule": reach.rule,
        "first_seen": day_of(dated.min()).isoformat() if len(dated) else None,
        "last_seen": day_of(dated.max()).isoformat() if len(dated) else None,
    }  # fmt: skip


def _scenario(result: target_scenarios.TargetScenario) -> dict[str, Any]:
    one = result.scenario
    low, high = one.times_interval
    return {
        "of": result.target.kind, "key": result.target.code, "conditions": [list(pair) for pair in (*result.where, *target_scenarios.within_days(result.span))], "rows": one.hits,
        "rows_in_all": one.all_hits, "share": _rounded(one.share), "share_in_all": _rounded(one.share_in_all), "ratio": _rounded(one.times),
        "interval": [_rounded(low), _rounded(high)], "customers": one.customers, "denominator": result.denominator,
        "score": round(one.score, 2), "explained_by": result.explained_by, "sentence": result.sentence.to_json(),
    }  # fmt: skip


def _confounded(one: confounded_values.ConfoundedValue) -> dict[str, Any]:
    return {
        "column": one.column, "key": one.value, "ratio": _rounded(one.ratio), "within": _rounded(one.within), "explained_by": one.by,
        "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _surge(one: target_surges.TargetSurge) -> dict[str, Any]:
    return {
        "of": one.target.kind, "key": one.target.code, "kind": one.kind, "open": one.open, "observed": one.observed,
        "expected": round(one.expected, 2), "p": float(f"{one.p:.3g}"), "first_day": one.first, "last_day": one.last,
        "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _weekend(one: Season) -> dict[str, Any]:
    low, high = one.interval
    return {
        "kind": "weekend", "column": "channel", "key": one.name, "now": _rounded(one.weekend_share), "before": _rounded(one.weekday_share),
        "ratio": _rounded(one.ratio), "low": _rounded(low), "high": _rounded(high), "p": float(f"{one.q:.3g}"), "beyond_chance": True,
        "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _effect(one: MeasureEffect) -> dict[str, Any]:
    low, high = one.effect.interval
    return {
        "measure": one.measure.name, "day": day_of(one.measure.day).isoformat(), "verdict": one.effect.verdict,
        "ratio": _rounded(one.effect.ratio), "interval": [_rounded(low), _rounded(high)], "controlled": one.effect.controlled,
        "denominator": one.denominator.zh, "target_shown": one.effect.target_shown, "more_needed": one.effect.more_needed,
        "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
