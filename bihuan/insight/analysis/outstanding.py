"""What stands out among judged rows, wherever they come from: the one scan behind the report and the product's findings.

cuts = Cuts(table, {}, names)                                # rows as `judged` leaves them, with their problems
found = outstanding(cuts, largest(cuts, 50), titles, exposures)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bihuan.insight.analysis import confounded, explaining, scenarios, targets, watching
from bihuan.insight.analysis.confounded import Confounded
from bihuan.insight.analysis.cuts import Cuts
from bihuan.insight.analysis.exposures import Exposure
from bihuan.insight.analysis.scenarios import Found
from bihuan.insight.analysis.watching import Burst

METHODS = {"bursts": watching.METHODS["bursts"], "scenarios": scenarios.METHOD, "confounded": confounded.METHOD}


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
    found = explaining.explained(cuts, *scenarios.scanned(cuts, wanted, exposures))
    alarms = watching.watched(cuts, [target for target in wanted if target.kind != "product"], exposures)
    return Outstanding(found, confounded.confounded(cuts), alarms)
