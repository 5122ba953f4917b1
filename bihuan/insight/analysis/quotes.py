"""A few real sentences that stand for many: greedy facility location over the voices of one set.

Each voice is a point of Han pairs and words (tf-idf, hashed); a quote is worth how much nearer it brings the others to
their nearest quote (Nemhauser, Wolsey and Fisher 1978: greedy is within 1 - 1/e of the best choice).
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc

from bihuan.insight.analysis.cuts import Cuts, Key, key
from bihuan.insight.clean import plain
from bihuan.insight.masking import mask
from bihuan.insight.words import tokens

METHOD = "facility-quotes/1"
QUOTES = 3
LOOKED_AT = 400  # evenly spread candidates of a large set
WIDTH = 1024
SHORT, LONG = 12, 160
SHOWN = 240


class Quote(NamedTuple):
    """A voice (by index) and its words, masked; `cut` says that they go on."""

    at: int
    words: str
    cut: bool


def choose(cuts: Cuts, name: Key) -> list[Quote]:
    """Up to three quotes for a set, the one that stands for most first; repeats are never quoted."""
    lengths = pc.utf8_length(cuts.table["text"]).to_numpy()
    rows = np.flatnonzero(cuts.mask(name) & ~cuts.mask(key(repeat="yes")))
    fitting = rows[(lengths[rows] >= SHORT) & (lengths[rows] <= LONG)]
    rows = fitting if len(fitting) else rows
    if not len(rows):
        return []
    step = max(1.0, len(rows) / LOOKED_AT)
    fit = [int(rows[int(number * step)]) for number in range(min(len(rows), LOOKED_AT))]
    masked = [mask(voice.text) for voice in cuts.shown(fit)]
    points = _points(masked)
    near = points @ points.T
    best = np.zeros(len(fit))
    chosen: list[int] = []
    for _ in range(min(QUOTES, len(fit))):
        gain = np.round(np.maximum(near, best).sum(axis=1) - best.sum(), 6)
        gain[chosen] = -1.0
        if gain.max() <= 0:
            break
        chosen.append(int(gain.argmax()))
        best = np.maximum(best, near[chosen[-1]])
    return [_quote(fit[index], masked[index]) for index in chosen]


def _quote(at: int, words: str) -> Quote:
    return Quote(at, words[:SHOWN], len(words) > SHOWN)


def _points(texts: list[str]) -> np.ndarray:
    points = np.zeros((len(texts), WIDTH))
    for row, text in enumerate(texts):
        for token in set(tokens(plain(text))):
            digest = hashlib.blake2b(token.encode(), digest_size=4).digest()
            points[row, int.from_bytes(digest, "little") % WIDTH] = 1.0
    weight = np.log(len(texts) / np.maximum(points.sum(axis=0), 1.0)) + 0.1
    points *= weight
    sizes = np.linalg.norm(points, axis=1, keepdims=True)
    return points / np.where(sizes > 0, sizes, 1.0)
