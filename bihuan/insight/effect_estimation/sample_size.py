"""How many events until a claim could be shown: planning numbers, by the same gates that decide the verdict."""

from __future__ import annotations

import numpy as np
from scipy import special

from bihuan.insight.intervals import LEVEL, normal, share_below
from bihuan.insight.lazy_modules import stats

POWER = 0.8
MOST = 10**6  # failures
LONGEST = 10**9  # reports


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

    # The gate opens at so many events for so many failures; just there a failure fewer is required, so power peaks.
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
    this `power`. None where no number would do: the period before was too short, or there is no change.

    For whoever plans a measure with the library; a report plans by what is still missing (`estimate_effect`).
    """
    if min(rate, rate_after, events) <= 0 or max(rate, rate_after) >= 1 or rate == rate_after:
        return None
    seen, each = rate * events / (1 - rate), rate_after / (1 - rate_after)
    result = units_for_change(
        float(np.log(rate_after / rate)), seen / scatter, each / scatter, power=power, level=level
    )
    return None if result is None else int(np.ceil(result))


def units_for_change(
    change: float, before: float, each: float, *, power: float = POWER, level: float = LEVEL
) -> float | None:
    """Units of observation, each worth `each` information, until a log ratio of `change` would probably be shown.

    `before` is the information of the period before, which is over: its chance is in the interval, but no longer to come.
    """
    z, hoped = normal(level), float(special.ndtri(power))

    def enough(units: float) -> bool:
        # The log ratio that is just shown: its own count, not the expected one, sets its interval.
        low, high = 0.0, abs(change)
        for _ in range(60):
            middle = (low + high) / 2
            after = units * each * np.exp(np.copysign(middle, change) - change)
            low, high = (low, middle) if middle >= z * np.sqrt(1 / before + 1 / after) else (middle, high)
        if high >= abs(change):
            return False
        # Counts, put on the scale on which their scatter is constant (Anscombe 1948).
        gap = abs(np.exp((np.copysign(high, change) - change) / 2) - 1)
        return bool(2 * np.sqrt(units * each) * gap >= hoped)

    low, high = 0.0, 1.0
    while not enough(high):
        low, high = high, high * 2
        if high * each > LONGEST:
            return None
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
