"""Batches of one product against each other, where it is not known how many of each were sold."""

from __future__ import annotations

import numpy as np

from bihuan.core.text import Text
from bihuan.insight.scenario_detection.leaves import Leaves, with_exposure

EVEN = Text("按各批次卖得一样多（没有各批销量）", "had as many been sold of every batch (their sales are not known)")
LEAST = 3
"""Batches of a product from which one can stand out."""


def with_even_exposure(table: Leaves) -> Leaves | None:
    """The leaf table of (product, batch) over an exposure that is the same for every batch of a product; None where no
    product has three. Rows without product or batch have no exposure, so they are in no rate."""
    products, batches = (np.array(table.values[d])[table.codes[d]] for d in (0, 1))
    known = sorted({(p, b) for p, b in zip(products.tolist(), batches.tolist(), strict=True) if p and b})
    many = {product: sum(one == product for one, _ in known) for product, _ in known}
    kept = [pair for pair in known if many[pair[0]] >= LEAST]
    if not kept:
        return None
    names = table.names
    even = {names[0]: [p for p, _ in kept], names[1]: [b for _, b in kept], "amount": [1.0] * len(kept)}
    return with_exposure(table, even, "amount", EVEN)
