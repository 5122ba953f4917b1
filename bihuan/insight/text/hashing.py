"""Character n-grams of many texts at once, as bucket numbers: the features of the linear models.

The texts become one array of code points; folding (width, case, traditional forms) is one table look-up and an n-gram's
hash two multiplications, so a million short texts take seconds (Weinberger et al., "Feature hashing for large scale
multitask learning", 2009). Han text gives its 1-, 2- and 3-grams; a Latin word gives itself, itself with the word
before, and its letters in threes and fours.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.text.normalize import FOLDED

METHOD = "hashed-grams/2"
BITS = 18
SLOTS = 3  # buckets a character holds

Codes = NDArray[np.uint32]

_TABLE = 0x30000
_DROP = 0xFFFFFFFF
_END = np.uint32(10)
_ONE, _TWO, _THREE, _FOUR, _WORD = (np.uint32(n) for n in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1))
_POWERS = np.cumprod(np.full(64, 0x01000193, dtype=np.uint32), dtype=np.uint32)


class CodePoints(NamedTuple):
    """Folded code points of many texts: text i is codes[starts[i]:starts[i + 1]], its last one a line end."""

    codes: Codes
    starts: NDArray[np.int64]


class Grams(NamedTuple):
    """Buckets of many texts: those of text i are buckets[starts[i]:starts[i + 1]], never none; 0 means nothing."""

    buckets: NDArray[np.int32]
    starts: NDArray[np.int64]


@cache
def _folds() -> tuple[Codes, NDArray[np.bool_]]:
    """Code point → folded code point, and whether that is a Latin (or other spelled-out) letter or digit."""
    fold = np.arange(_TABLE, dtype=np.uint32)
    for code in range(0x80, _TABLE):
        if 0x3400 <= code < 0xA000 or 0xAC00 <= code < 0xF900 or code >= 0x20000:
            continue
        short = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(short) == 1 and not 0xD800 <= code < 0xE000:
            fold[code] = ord(short)
    for code in range(0x41, 0x5B):
        fold[code] = code + 32
    for known, other in FOLDED.items():
        if known < _TABLE:
            fold[known] = ord(other) if isinstance(other, str) else _DROP if other is None else other
    fold[[9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029]] = 32
    spelled = np.zeros(_TABLE, dtype=np.bool_)
    for code in (*range(0x30, 0x3A), *range(0x61, 0x7B), *range(0xC0, 0x2000)):
        spelled[code] = chr(code).isalnum()
    return fold, spelled


def code_points(texts: Sequence[str]) -> CodePoints:
    """The texts as folded code points, one pass; invisible marks are dropped, white space is a space."""
    fold, _ = _folds()
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    joined = "\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4").astype(np.uint32)
    codes = fold[np.minimum(codes, _TABLE - 1)]
    ends = np.cumsum(lengths)
    codes[ends - 1] = _END
    dropped = codes == _DROP
    if dropped.any():
        ends -= np.cumsum(dropped)[ends - 1]
        codes = codes[~dropped]
    return CodePoints(codes, np.concatenate(([0], ends)))


def is_letter(codes: Codes) -> NDArray[np.bool_]:
    """Which code points are letters, digits or Han characters; marks, spaces and line ends are not."""
    _, spelled = _folds()
    han = (codes >= 0x3400) & (codes < 0xE000) | (codes >= 0x20000)
    found: NDArray[np.bool_] = spelled[np.minimum(codes, _TABLE - 1)] | han
    return found


def grams(texts: Sequence[str]) -> Grams:
    """The buckets of every text, `SLOTS` for each character and its end."""
    return grams_of(code_points(texts))


def grams_of(texts: CodePoints) -> Grams:
    """The buckets of texts that are already code points."""
    codes, starts = texts
    _, spelled = _folds()
    latin = spelled[np.minimum(codes, _TABLE - 1)]
    codes = np.where((codes >= 48) & (codes < 58), np.uint32(48), codes)
    padded = np.concatenate((codes, np.full(3, _END, dtype=np.uint32)))
    first, second, third, fourth = (padded[i : i + len(codes)] for i in range(4))
    third = np.where(second == _END, _END, third)
    fourth = np.where(third == _END, _END, fourth)
    slots = np.empty((len(codes), SLOTS), dtype=np.uint32)
    two = first * _ONE + second * _TWO
    slots[:, 0] = first * _WORD
    slots[:, 1] = two
    slots[:, 2] = two + third * _THREE
    if latin.any():
        slots[latin, 1] = (two + third * _THREE + fourth * _FOUR)[latin]
        _words(codes, latin, slots)
    slots ^= slots >> np.uint32(15)
    slots *= np.uint32(0x2C1B3C6D)
    slots >>= np.uint32(32 - BITS)
    slots[first == _END] = 0
    slots[second == _END, 1] = 0
    slots[third == _END, 2] = 0
    return Grams(slots.ravel().view(np.int32), starts * SLOTS)


def _words(codes: Codes, latin: NDArray[np.bool_], slots: Codes) -> None:
    """In the first slot of a spelled-out word's letters: the word, then the word with the one before it, then nothing."""
    begins = latin.copy()
    begins[1:] &= ~latin[:-1]
    at = np.flatnonzero(begins)
    inside = np.flatnonzero(latin)
    which = np.cumsum(begins)[inside] - 1
    place = np.minimum(inside - at[which], len(_POWERS) - 1)
    words = np.add.reduceat(codes[inside] * _POWERS[place], np.searchsorted(inside, at)).astype(np.uint32)
    slots[inside, 0] = 0
    slots[at, 0] = words * _WORD
    line = np.cumsum(codes == _END)
    together = np.flatnonzero((line[at[1:]] == line[at[:-1]]) & latin[np.minimum(at[1:] + 1, len(latin) - 1)]) + 1
    slots[at[together] + 1, 0] = words[together] * _TWO + words[together - 1] * _THREE
