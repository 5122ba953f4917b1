"""The list of surges: open alarms by the excess that is sure, times weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bihuan.core.text import Text
from bihuan.insight.columns import Floats
from bihuan.insight.lazy_modules import stats
from bihuan.insight.surge_detection.alerts import SurgeTests

YOUNG = 14  # days up to which a series is new: "emerging" instead of "surge"


class Surge(NamedTuple):
    """One open alarm since `first_day` (number of the day): `observed` against `expected` reports since then, `excess` with
    its lower 95 % bound `sure`, `p` and `q` of the strongest day. `kind`: "surge", or "emerging" for a new problem."""

    name: str
    kind: str
    observed: int
    expected: float
    excess: float
    sure: float
    p: float
    q: float
    first_day: int
    weight: float
    sentence: Text


def top_surges(
    seen: SurgeTests, names: Sequence[str], *, weights: Sequence[float] | None = None, most: int = 5
) -> list[Surge]:
    """The alarms open on the last day, the greatest sure excess times weight first (ties by name).

    `weights`: severity times customer value of each series, 1 by default.
    """
    if not seen.open.shape[1]:
        return []
    value = [1.0] * len(names) if weights is None else [float(w) for w in weights]
    result = [_surge(seen, int(row), names[int(row)], value[int(row)]) for row in np.flatnonzero(seen.open[:, -1])]
    return sorted(result, key=lambda surge: (-surge.sure * surge.weight, -surge.excess, surge.name))[:most]


def _surge(seen: SurgeTests, row: int, name: str, weight: float) -> Surge:
    first = max(seen.first, int(seen.began[row, -1]))
    days = slice(first - seen.first, None)
    observed, expected = int(seen.counts[row, days].sum()), float(seen.expected[row, days].sum())
    size = _size(seen.expected[row, days], seen.size[row, days])
    usual = float(stats.nbinom.ppf(0.975, size, size / (size + expected)))
    young = bool(seen.age[row, -1] < YOUNG)
    return Surge(
        name=name,
        kind="emerging" if young else "surge",
        observed=observed,
        expected=expected,
        excess=observed - expected,
        sure=max(0.0, observed - usual),
        p=float(seen.p[row, days].min()),
        q=float(seen.q[row, days].min()),
        first_day=first,
        weight=weight,
        sentence=_sentence(name, observed, expected, young),
    )


def _size(means: Floats, sizes: Floats) -> float:
    """Size for the sum of days: that of one day, as their shared, uncertain level does not average out."""
    return float((means * sizes).sum() / max(means.sum(), 1e-9))


def _sentence(name: str, observed: int, expected: float, young: bool) -> Text:
    mean = f"{expected:.0f}" if expected >= 10 else f"{expected:.1f}"
    if young:
        return Text(
            f"{name}：新出现，已有 {observed} 条，同类新问题通常 {mean} 条",
            f"{name}: new, {observed} reports where new problems bring {mean}",
        )
    return Text(f"{name}：{observed} 条，往常 {mean} 条", f"{name}: {observed} reports instead of the usual {mean}")
