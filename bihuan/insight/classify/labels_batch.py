"""Problem type and urgency of very many texts at once: the rule of `labels.ranked`, over cues found by columns.

What the cues of a text weigh together is one row of numbers; few rows differ, and each different one is decided once, by
the very functions that decide a single text.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bihuan.insight.classify.labels import CONTENT, CUES, NEGATORS, asked_for, pressing, typed
from bihuan.insight.text.normalize_batch import Flags, Numbers, Plains
from bihuan.insight.text.term_matcher import Spotter
from bihuan.insight.types import Label

BEFORE = 7  # characters before a cue in which a negation counts

Weights = NDArray[np.float64]


class Ranked(NamedTuple):
    """One code a text with how sure it is, 0-1."""

    codes: pa.StringArray
    sure: pa.FloatArray


class _Weighed:
    """The cues of one dictionary as a table: a row a word, a column a code."""

    def __init__(self, axis: str) -> None:
        cues = CUES[axis]
        self.spotter = Spotter([*cues.by_word, *cues.block])
        self.codes = sorted({code for told in cues.by_word.values() for code, _ in told})
        # A word that is blocked, and a code that a word names twice, count as they do for one text.
        weights = np.zeros((len(self.spotter.words), len(self.codes)))
        for row, word in enumerate(self.spotter.words):
            if word not in cues.block:
                for code, weight in dict(reversed(cues.by_word[word])).items():
                    weights[row, self.codes.index(code)] = weight
        self.weights = weights

    def of(self, plains: Plains) -> Weights:
        """What the cues of each text weigh for each code."""
        hits = self.spotter.find(plains.codes)
        at, word = hits
        sound = ~_negated(plains, at)
        size, words = len(plains.starts) - 1, len(self.spotter.words)
        text = plains.owners(at[sound])
        once = np.unique(text * words + word[sound])
        counted = csr_matrix((np.ones(len(once)), (once // words, once % words)), shape=(size, words))
        weights: Weights = np.asarray(counted @ self.weights)
        return weights


@cache
def _weighed(axis: str) -> _Weighed:
    return _Weighed(axis)


def problem_types(
    plains: Plains, demands: Sequence[str], leaning: Weights, rows: tuple[Numbers, Numbers] | None = None
) -> Ranked:
    """The type of each row: `rows` tells which text and which demand it has (none: text and demand side by side).
    `demands` are plain, `leaning` is the polarity of each text."""
    weighed = _weighed("problem_type")
    texts, asks = rows or (np.arange(len(demands)),) * 2
    scores = weighed.of(plains)
    praised = (leaning > CONTENT) & scores.any(axis=1)
    known: dict[tuple[str, ...], int] = {}
    wish = np.array([known.setdefault(tuple(asked_for(demand)), len(known)) for demand in demands], dtype=np.int64)
    wishes = list(known)
    told = np.column_stack((scores, praised))[texts]

    def decide(row: Weights) -> Label:
        found = {code: value for code, value in zip(weighed.codes, row[:-2].tolist(), strict=True) if value}
        return typed(found, {}, wishes[int(row[-1])], praised=bool(row[-2]))

    return _decided(np.column_stack((told, wish[asks])), decide)


def urgencies(plains: Plains) -> Ranked:
    """The urgency of each text."""
    weighed = _weighed("urgency")

    def decide(row: Weights) -> Label:
        return pressing({code: value for code, value in zip(weighed.codes, row.tolist(), strict=True) if value}, {})

    return _decided(weighed.of(plains), decide)


def _decided(rows: Weights, decide: Callable[[Weights], Label]) -> Ranked:
    """Each different row decided once."""
    packed = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).ravel()
    _, first, which = np.unique(packed, return_index=True, return_inverse=True)
    labels = [decide(rows[at]) for at in first]
    codes = pa.array([label.code for label in labels], pa.string())
    sure = pa.array([label.confidence for label in labels], pa.float32())
    return Ranked(codes.take(pa.array(which)), sure.take(pa.array(which)))


def _negated(plains: Plains, at: Numbers) -> Flags:
    """Whether a negation stands just before each place."""
    padded = np.concatenate((np.zeros(BEFORE, dtype=np.uint32), plains.codes))
    found = np.zeros(len(at), dtype=np.bool_)
    for word in NEGATORS:
        if len(word) <= BEFORE:
            same = np.ones(len(at), dtype=np.bool_)
            for step, char in enumerate(word):
                same &= padded[at + BEFORE - len(word) + step] == ord(char)
            found |= same
    return found
