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

PROBLEMS_LISTED = 50  # problems listed in the summary
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
            "scenarios": [_scenario(result) for result in self.scenarios],
            "confounded": [_confounded(result) for result in self.confounded],
            "surges": [_surge(result) for result in self.surges],
            "trends": [{"kind": "week", **result} for result in self.changes]
            + [_weekend(result) for result in self.weekends],
            "effects": [_effect(result) for result in self.effects],
        }


def find_results(
    row_sets: RowSets, problems: Problems, exposures: list[Exposure], measures: list[Measure], *, products: list[str]
) -> Results:
    """All of it, from the rows alone: the same rows give the same results. `products` are compared week by week besides."""
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
    row_sets: RowSets, problem: str, problems: Problems, result: list[target_scenarios.TargetScenario], surges: list[target_surges.TargetSurge], every: dict[str, int]
) -> dict[str, Any]:  # fmt: skip
    name = key(problem_id=problem)
    customers, rows = _customers(row_sets, name), row_sets.size(name)
    anonymous = row_sets.size((*name, ("customer_id", "")))
    touched = {
        channel: (_customers(row_sets, (*name, ("channel", channel))), whole) for channel, whole in every.items()
    }
    evidence = scope.Evidence(
        surge=any(alarm.open and alarm.target.code == problem for alarm in surges),
        scenarios=sum(each.target.code == problem and each.explained_by is None for each in result),
        channels=touched,
    )
    reach = scope.scope(customers, anonymous, evidence=evidence)
    days = row_sets.days[row_sets.mask(name)]
    dated = days[days != -1]
    return {
        "id": problem, "title": problems.titles.get(problem, ""), "keywords": problems.words.get(problem, [])[:6], "rows": rows,
        "customers": customers, "scope": reach.code, "scope_rule": reach.rule,
        "first_seen": day_of(dated.min()).isoformat() if len(dated) else None,
        "last_seen": day_of(dated.max()).isoformat() if len(dated) else None,
    }  # fmt: skip


def _scenario(result: target_scenarios.TargetScenario) -> dict[str, Any]:
    scenario = result.scenario
    low, high = scenario.times_interval
    return {
        "of": result.target.kind, "key": result.target.code, "conditions": [list(pair) for pair in (*result.where, *target_scenarios.within_days(result.span))], "rows": scenario.hits,
        "rows_in_all": scenario.all_hits, "share": _rounded(scenario.share), "share_in_all": _rounded(scenario.share_in_all), "ratio": _rounded(scenario.times),
        "interval": [_rounded(low), _rounded(high)], "customers": scenario.customers, "denominator": result.denominator,
        "score": round(scenario.score, 2), "explained_by": result.explained_by, "sentence": result.sentence.to_json(),
    }  # fmt: skip


def _confounded(confounded: confounded_values.ConfoundedValue) -> dict[str, Any]:
    return {
        "column": confounded.column, "key": confounded.value, "ratio": _rounded(confounded.ratio), "within": _rounded(confounded.within), "explained_by": confounded.by,
        "sentence": confounded.sentence.to_json(),
    }  # fmt: skip


def _surge(surge: target_surges.TargetSurge) -> dict[str, Any]:
    return {
        "of": surge.target.kind, "key": surge.target.code, "kind": surge.kind, "open": surge.open, "observed": surge.observed,
        "expected": round(surge.expected, 2), "p": float(f"{surge.p:.3g}"), "first_day": surge.first, "last_day": surge.last,
        "sentence": surge.sentence.to_json(),
    }  # fmt: skip


def _weekend(season: Season) -> dict[str, Any]:
    low, high = season.interval
    return {
        "kind": "weekend", "column": "channel", "key": season.name, "now": _rounded(season.weekend_share), "before": _rounded(season.weekday_share),
        "ratio": _rounded(season.ratio), "low": _rounded(low), "high": _rounded(high), "p": float(f"{season.q:.3g}"), "beyond_chance": True,
        "sentence": season.sentence.to_json(),
    }  # fmt: skip


def _effect(effect: MeasureEffect) -> dict[str, Any]:
    low, high = effect.effect.interval
    return {
        "measure": effect.measure.name, "day": day_of(effect.measure.day).isoformat(), "verdict": effect.effect.verdict,
        "ratio": _rounded(effect.effect.ratio), "interval": [_rounded(low), _rounded(high)], "controlled": effect.effect.controlled,
        "denominator": effect.denominator.zh, "target_shown": effect.effect.target_shown, "more_needed": effect.effect.more_needed,
        "sentence": effect.sentence.to_json(),
    }  # fmt: skip


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
