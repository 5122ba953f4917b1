"""How many events until a claim could be shown: planning numbers, by the same gates that judge."""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from bihuan.insight.intervals import LEVEL, normal, share_below

POWER = 0.8
MOST = 10**6  # failures


def needed_for_target(
    rate: float, target: float, *, power: float = POWER, level: float = LEVEL, scatter: float = 1.0
) -> int | None:
    """Events after which a true `rate` is shown to lie below `target` (exact gate, one-sided) with this `power`.

    None where it never will: the rate is not below the target.
    """
    if not 0 <= rate < target < 1:
        return None

    def events(failures: int) -> int:
        return share_below(target, failures, level)

    def enough(failures: int) -> bool:
        return float(stats.binom.cdf(failures, events(failures), rate)) >= power

    # The gate opens at so many events for so many failures; just there a failure fewer is asked for, so power peaks.
    few, many = -1, 1
    while not enough(many):
        few, many = many, many * 2
        if many > MOST:
            return None
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if enough(middle) else (middle, many)
    return int(np.ceil(events(many) * scatter))


def needed_for_change(
    rate: float, events: float, rate_after: float, *, power: float = POWER, level: float = LEVEL, scatter: float = 1.0
) -> int | None:  # fmt: skip
    """Events after the measure until the change from `rate` (seen over `events`) to `rate_after` is shown (two-sided) with
    this `power`. None where no number would do: the period before was too short, or there is no change."""
    if min(rate, rate_after, events) <= 0 or rate == rate_after:
        return None
    change = abs(np.log(rate_after / rate))
    room = (change / (normal(level) + float(special.ndtri(power)))) ** 2 - scatter * (1 - rate) / (rate * events)
    return int(np.ceil(scatter * (1 - rate_after) / (rate_after * room))) if room > 0 else None
