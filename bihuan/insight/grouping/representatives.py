"""A few real rows that stand for many: diverse, one per customer, from several channels, and one that fits least.

Greedy facility location (Nemhauser, Wolsey and Fisher, 1978: within 1 - 1/e of the best choice): a row is worth how
much nearer it brings the others to their nearest quoted row.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.classify.learning import tfidf
from bihuan.insight.classify.linear import Floats

METHOD = "facility-cases/1"
MOST_CHOSEN = 5
MOST = 2000  # rows looked at, evenly spread
SHORT, LONG = 12, 160  # characters that are pleasant to read
FIT = 0.2  # worth added for a readable length
FRESH = 0.6  # worth added for a channel not yet quoted


class Representatives(NamedTuple):
    """`rows` by index, the one that stands for most first; `odd` is the member least like them (-1 for few rows);
    `coverage` 0-1, how near the average row is to its nearest quoted one."""

    rows: list[int]
    odd: int
    coverage: float
    method: str = METHOD


def choose_representatives(
    texts: Sequence[str],
    *,
    customers: Sequence[str] | None = None,
    channels: Sequence[str] | None = None,
    worth: Floats | None = None,
    limit: int = MOST_CHOSEN,
) -> Representatives:
    """Rows to quote, out of masked `texts` of one group. `channels` may be any spread wanted (channel, scenario);
    `worth` 0-1 adds to a row (value of the customer, how lately); a blank customer is never taken for another."""
    seen = list(range(len(texts)))
    if len(seen) > MOST:
        seen = sorted({int(at) for at in np.linspace(0, len(texts) - 1, MOST)})
    if not seen:
        return Representatives([], -1, 0.0)
    near = likeness([texts[at] for at in seen])
    lengths = np.array([len(texts[at].strip()) for at in seen])
    extra = FIT * ((lengths >= SHORT) & (lengths <= LONG))
    if worth is not None:
        extra = extra + FIT * worth[seen]
    open_ = np.array([bool(texts[at].strip()) for at in seen], dtype=np.bool_)
    best = np.zeros(len(seen))
    chosen: list[int] = []
    while len(chosen) < limit and open_.any():
        gain = np.maximum(near, best).sum(axis=1) - best.sum()
        seen_channels = {channels[seen[at]] for at in chosen} if channels else set()
        fresh = np.array([channels[at] not in seen_channels for at in seen]) if channels else np.zeros(len(seen))
        gain = np.where(open_, np.round(gain * (1 + extra + FRESH * fresh), 9), -1.0)
        pick = int(gain.argmax())
        if gain[pick] <= 0:
            break
        chosen.append(pick)
        best = np.maximum(best, near[pick])
        open_ &= near[pick] < 0.95  # the same words again stand for nothing new
        if customers and customers[seen[pick]]:
            open_ &= np.array([customers[at] != customers[seen[pick]] for at in seen], dtype=np.bool_)
    odd = -1
    if len(seen) > limit + 2:
        fit = np.where(lengths >= SHORT, near.sum(axis=1), np.inf)
        fit[chosen] = np.inf
        odd = seen[int(fit.argmin())] if np.isfinite(fit.min()) else -1
    return Representatives([seen[at] for at in chosen], odd, round(float(best.mean()), 4))


def likeness(texts: Sequence[str]) -> NDArray[np.float64]:
    """How alike every two texts are, 0-1: the cosine of their grams."""
    grams, _ = tfidf(texts)
    length = np.sqrt(np.asarray(grams.multiply(grams).sum(axis=1)).ravel())
    near: NDArray[np.float64] = np.asarray((grams @ grams.T).toarray(), dtype=np.float64)
    return near / np.outer(np.where(length > 0, length, 1), np.where(length > 0, length, 1))
