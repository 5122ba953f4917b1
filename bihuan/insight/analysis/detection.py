"""What stands out among classified rows, wherever they come from: the one scan behind the report and the product's findings.

row_sets = RowSets(table, {}, names)     # rows as `classify` returns them, with their problems
detected = detect(row_sets, problems, titles, exposures)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bihuan.insight.analysis import confounded_values, scenario_explanations, target_scenarios, target_surges, targets
from bihuan.insight.analysis.confounded_values import ConfoundedValue
from bihuan.insight.analysis.exposure_files import Exposure
from bihuan.insight.analysis.row_sets import RowSets
from bihuan.insight.analysis.target_scenarios import TargetScenario
from bihuan.insight.analysis.target_surges import TargetSurge

METHODS = {
    "surges": target_surges.METHODS["surges"],
    "scenarios": target_scenarios.METHOD,
    "confounded": confounded_values.METHOD,
}


class Detected(NamedTuple):
    """`scenarios` that stand for themselves come before those they explain; `confounded` only look like a cause."""

    scenarios: list[TargetScenario]
    confounded: list[ConfoundedValue]
    surges: list[TargetSurge]


def detect(
    row_sets: RowSets, problems: Sequence[str], titles: Mapping[str, str], exposures: Sequence[Exposure]
) -> Detected:
    """Scenarios and surges of types, subjects, `problems` (ids, the largest first) and products. The same rows give the same results."""
    wanted = targets.find_targets(row_sets, problems, titles)
    result = scenario_explanations.explain_scenarios(
        row_sets, *target_scenarios.scan_targets(row_sets, wanted, exposures)
    )
    surges = target_surges.find_surges(row_sets, [target for target in wanted if target.kind != "product"], exposures)
    return Detected(result, confounded_values.find_confounded(row_sets), surges)
