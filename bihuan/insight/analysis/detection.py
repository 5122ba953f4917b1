"""What stands out among judged rows, wherever they come from: the one scan behind the report and the product's findings.

cuts = Cuts(table, {}, names)                                # rows as `judged` leaves them, with their problems
found = outstanding(cuts, largest(cuts, 50), titles, exposures)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bihuan.insight.analysis import confounded_values, scenario_explanations, target_scenarios, target_surges, targets
from bihuan.insight.analysis.confounded_values import Confounded
from bihuan.insight.analysis.exposure_files import Exposure
from bihuan.insight.analysis.row_sets import Cuts
from bihuan.insight.analysis.target_scenarios import Found
from bihuan.insight.analysis.target_surges import Burst

METHODS = {
    "bursts": target_surges.METHODS["bursts"],
    "scenarios": target_scenarios.METHOD,
    "confounded": confounded_values.METHOD,
}


class Outstanding(NamedTuple):
    """`scenarios` that stand for themselves come before those they explain; `confounded` only look like a cause."""

    scenarios: list[Found]
    confounded: list[Confounded]
    bursts: list[Burst]


def outstanding(
    cuts: Cuts, problems: Sequence[str], titles: Mapping[str, str], exposures: Sequence[Exposure]
) -> Outstanding:
    """Scenarios and bursts of types, subjects, `problems` (ids, the largest first) and products. The same rows tell the same."""
    wanted = targets.targets(cuts, problems, titles)
    found = scenario_explanations.explained(cuts, *target_scenarios.scanned(cuts, wanted, exposures))
    alarms = target_surges.watched(cuts, [target for target in wanted if target.kind != "product"], exposures)
    return Outstanding(found, confounded_values.confounded(cuts), alarms)
