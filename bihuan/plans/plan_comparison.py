"""Options side by side: weighted means of their scores. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal


def compared(scores: Sequence[Mapping[str, int | None]], weights: Mapping[str, int]) -> list[Decimal]:
    """The weighted mean (1.00-5.00) of each option, over the criteria every option was scored on, so that an option
    gains nothing by leaving a criterion out. Zero where no weight is left."""
    shared = [c for c, weight in weights.items() if weight > 0 and all(one.get(c) for one in scores)]
    total = sum(weights[c] for c in shared)
    if not total:
        return [Decimal("0.00") for _ in scores]
    sums = (sum(weights[c] * (one.get(c) or 0) for c in shared) for one in scores)
    return [(Decimal(s) / total).quantize(Decimal("0.01"), ROUND_HALF_UP) for s in sums]
