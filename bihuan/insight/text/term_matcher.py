"""`words.Lexicon.find` over very many plain texts at once: the same hits, from arrays.

A place whose two characters begin a known word is tried for every length such words have, so the cost grows with the
hits and hardly with the words. Hits that overlap are settled from the left, as reading would.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.text.normalize_batch import Codes, Flags, Numbers

_FIRST, _SECOND = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
_SHIFT = np.uint32(14)  # pairs go to 2^18 places
_ALONE = 1 << 17
_STEPS = np.random.Generator(np.random.PCG64(20261126)).integers(1, 2**63, size=64, dtype=np.uint64) | np.uint64(1)


class Hits(NamedTuple):
    """Places in the codes, ascending, and which word begins there."""

    at: Numbers
    word: Numbers


class _Length(NamedTuple):
    """The words of one length: hashes in order, their letters, their numbers."""

    hashes: NDArray[np.uint64]
    letters: Codes
    words: Numbers


class Spotter:
    """Known words, by number in the order given. A word holds no line end."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(dict.fromkeys(words))
        self.sizes = np.array([len(word) for word in self.words], dtype=np.int64)
        self._begins = np.zeros(1 << 18, dtype=np.uint32)
        self._alone = np.zeros(_ALONE, dtype=np.bool_)
        by_length: dict[int, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            by_length[len(word)].append(number)
            if len(word) == 1:
                self._alone[ord(word) % _ALONE] = True
            else:
                pair = np.array([ord(word[0]), ord(word[1])], dtype=np.uint32)
                self._begins[_pair(pair[:1], pair[1:])] |= np.uint32(1 << min(len(word), 31))
        self._lengths = {size: self._table(by_length[size], size) for size in sorted(by_length, reverse=True)}
        latin = [(_spelt(word[0]), _spelt(word[-1])) for word in self.words]
        self._opens, self._ends = (np.array(side, dtype=np.bool_) for side in zip(*latin, strict=True))

    def _table(self, numbers: list[int], size: int) -> _Length:
        letters = np.array([[ord(char) for char in self.words[number]] for number in numbers], dtype=np.uint32)
        hashes = (letters.astype(np.uint64) * _STEPS[:size]).sum(axis=1, dtype=np.uint64)
        order = np.argsort(hashes)
        return _Length(hashes[order], letters[order], np.array(numbers, dtype=np.int64)[order])

    def find(self, codes: Codes, cut: Flags | None = None) -> Hits:
        """Longest first, never overlapping, Latin words only as whole words. No hit holds a place that is `cut`, and
        what lies behind a cut is no neighbour."""
        return _settled(self.everywhere(codes, cut), self.sizes)

    def everywhere(self, codes: Codes, cut: Flags | None = None, *, whole: bool = True) -> Hits:
        """The longest hit at every place where there is one; they may overlap."""
        nexts = np.concatenate((codes[1:], codes[:1] * 0))
        lengths = self._begins[_pair(codes, nexts)]
        alone = self._alone[codes % _ALONE] if 1 in self._lengths else None
        places = np.flatnonzero(lengths if alone is None else (lengths != 0) | alone)
        lengths = lengths[places]
        joined = _joined(codes, cut) if whole else None
        parts = None if cut is None else np.cumsum(cut)
        found, words = [], []
        for size, table in self._lengths.items():
            able = (lengths >> np.uint32(min(size, 31))) & 1 == 1 if size > 1 else np.ones(len(places), dtype=np.bool_)
            at = places[able]
            at = at[at + size <= len(codes)]
            at, word = _looked_up(codes, at, table)
            fine = np.ones(len(at), dtype=np.bool_)
            if joined is not None:
                fine = ~(self._opens[word] & joined[at]) & ~(self._ends[word] & joined[at + size])
            if cut is not None and parts is not None:
                fine &= ~cut[at] & (parts[at] == parts[at + size - 1])
            found.append(at[fine])
            words.append(word[fine])
            left = ~np.isin(places, found[-1], assume_unique=True)
            places, lengths = places[left], lengths[left]
        at, word = np.concatenate(found), np.concatenate(words)
        order = np.argsort(at)
        return Hits(at[order], word[order])


def _spelt(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _pair(first: Codes, second: Codes) -> Codes:
    mixed = first * _FIRST ^ second * _SECOND
    mixed ^= mixed >> np.uint32(15)
    return mixed >> _SHIFT


def _looked_up(codes: Codes, at: Numbers, table: _Length) -> tuple[Numbers, Numbers]:
    """The places where a word of this length stands, and which."""
    size = table.letters.shape[1]
    hashes = np.zeros(len(at), dtype=np.uint64)
    for step in range(size):
        hashes += codes[at + step].astype(np.uint64) * _STEPS[step]
    place = np.minimum(np.searchsorted(table.hashes, hashes), len(table.hashes) - 1)
    same = table.hashes[place] == hashes
    at, place = at[same], place[same]
    same = (codes[at[:, None] + np.arange(size)] == table.letters[place]).all(axis=1)
    return at[same], table.words[place[same]]


def _joined(codes: Codes, cut: Flags | None) -> Flags:
    """Whether a code and the one before it are letters or digits of one Latin word; one place more than there are codes."""
    latin = ((codes >= 97) & (codes <= 122)) | ((codes >= 48) & (codes <= 57)) | ((codes >= 65) & (codes <= 90))
    if cut is not None:
        latin &= ~cut
    joined = np.zeros(len(codes) + 1, dtype=np.bool_)
    joined[1:-1] = latin[1:] & latin[:-1]
    return joined


def _settled(hits: Hits, sizes: Numbers) -> Hits:
    """Of hits that overlap the first from the left, then the next that it leaves free, and so on."""
    at, word = hits
    end = at + sizes[word]
    taken = np.zeros(len(at), dtype=np.bool_)
    left = np.arange(len(at))
    while len(left):
        reach = np.maximum.accumulate(end[left])
        first = np.concatenate(([True], at[left[1:]] >= reach[:-1]))
        taken[left[first]] = True
        bound = end[left[first]][np.cumsum(first) - 1]
        left = left[at[left] >= bound]
    return Hits(at[taken], word[taken])
