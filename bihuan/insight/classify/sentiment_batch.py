"""`sentiment.polarity` of very many texts at once: the same sums in the same order, from arrays.

Only parts in which an aspect is judged ("the battery lasts") and texts that turn ("but …") are read one by one.
"""

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from bihuan.insight.classify import sentiment
from bihuan.insight.data import sentiment_words as known
from bihuan.insight.text.normalize_batch import Flags, Numbers, Plains
from bihuan.insight.text.term_matcher import Hits, Spotter

BEFORE = 6  # characters before a word in which degree and negation are looked for
REACH = 9  # characters from the beginning of a thing to what is said of it, at most
_TABLE = 0x32400
_TURNS = (
    "但是",
    "但",
    "不过",
    "可是",
    "然而",
    "只是",
    "可惜",
    "就是",
    "but",
    "however",
    "although",
    "though",
    "except",
)
_STOPS = ",，。!！?？;；、~…\n"

Floats = NDArray[np.float64]


class _Parts:
    """The texts cut into what is judged together: part i of text `owner[i]` is codes[begin[i]:end[i]], in order."""

    def __init__(self, plains: Plains) -> None:
        codes = plains.codes
        stops = _stops(plains)
        turns, ends = _turns(codes, stops)
        self.cut = stops.copy()
        for step in range(int((ends - turns).max(initial=0))):
            self.cut[(turns + step)[turns + step < ends]] = True
        # A part lies between two stops, or a stop and a turn; what is empty weighs nothing.
        inside = ~self.cut
        edges = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(np.int8)))
        self.begin, self.end = edges[0::2], edges[1::2]
        self.owner = plains.owners(self.begin)
        clause = np.cumsum(stops)
        self.clause = clause[self.begin]
        self.turned, self.turn_owner = clause[turns], plains.owners(turns)
        place = np.searchsorted(self.turned, self.clause)
        near = np.minimum(place, max(len(turns) - 1, 0))
        hit = self.turned[near] == self.clause if len(turns) else np.zeros(len(self.begin), dtype=np.bool_)
        after = hit & (self.begin >= turns[near]) if len(turns) else hit
        self.factor = np.where(after, 1.5, np.where(hit, 0.6, 1.0))


def polarities(plains: Plains) -> Floats:
    """How the words of each text lean: below 0 dissatisfied, above 0 satisfied, 0 where nothing speaks."""
    parts = _Parts(plains)
    value = _values(plains, parts)
    size = len(plains.starts) - 1
    weight = parts.factor * value
    total = np.bincount(parts.owner, weight, minlength=size)
    spread = np.bincount(parts.owner, np.abs(weight), minlength=size)
    turned = np.zeros(size, dtype=np.bool_)
    turned[parts.turn_owner] = True
    for text in np.flatnonzero(turned).tolist():
        total[text] = _one_by_one(parts, weight, text)
    return np.where(spread > 0, total / np.sqrt(spread + 4), 0.0)


def _one_by_one(parts: _Parts, weight: Floats, text: int) -> float:
    """The sum of a text that turns: what stands before a turn fades."""
    total = 0.0
    turns = parts.turned[slice(*np.searchsorted(parts.turn_owner, (text, text + 1)))].tolist()
    inside = slice(*np.searchsorted(parts.owner, (text, text + 1)))
    for clause, value in zip(parts.clause[inside].tolist(), weight[inside].tolist(), strict=True):
        while turns and turns[0] <= clause:
            total *= 0.7
            turns.pop(0)
        total += value
    for _ in turns:
        total *= 0.7
    return total


def _values(plains: Plains, parts: _Parts) -> Floats:
    """What each part weighs by itself."""
    hits = _words().find(plains.codes, parts.cut)
    weight = _weights()[hits.word]
    part = np.searchsorted(parts.begin, hits.at, side="right") - 1
    reach = np.maximum(parts.begin[part], hits.at - BEFORE)
    before = np.concatenate(([0], (hits.at + _words().sizes[hits.word])[:-1]))
    reach = np.maximum(reach, before)
    weight = _turned(plains, hits, weight, reach)
    value = np.bincount(part, weight, minlength=len(parts.begin)).astype(np.float64, copy=False)
    codes = plains.codes
    for at in _judging(plains, parts).tolist():
        told = codes[parts.begin[at] : parts.end[at]].tobytes().decode("utf-32-le", "surrogatepass")
        value[at] = _part(told)
    return value


@lru_cache(maxsize=1 << 16)
def _part(text: str) -> float:
    return sentiment.weigh_part(text, [], [])


@cache
def _words() -> Spotter:
    return Spotter([*known.WEIGHTS, *known.EMOJI])


@cache
def _weights() -> Floats:
    return np.array([known.EMOJI.get(word) or known.WEIGHTS[word] for word in _words().words], dtype=np.float64)


@cache
def _lasts() -> NDArray[np.uint32]:
    """What a degree or a negation ends in."""
    return np.array(sorted({ord(word[-1]) for word in (*known.NEGATORS, *known.DEGREES)}), dtype=np.uint32)


def _turned(plains: Plains, hits: Hits, weight: Floats, reach: Numbers) -> Floats:
    """The weights after the degree and negation words just before each hit."""
    codes, at = plains.codes, hits.at
    last = np.where(codes[np.maximum(at - 1, 0)] == 32, at - 2, at - 1)
    able = np.flatnonzero((last >= reach) & (weight != 0) & np.isin(codes[np.maximum(last, 0)], _lasts()))
    steps = at[able, None] - np.arange(BEFORE, 0, -1)
    windows = np.where(steps >= reach[able, None], codes[np.maximum(steps, 0)], 0).astype("<u4")
    packed = windows.view(np.dtype((np.void, 4 * BEFORE))).ravel()
    _, first, which = np.unique(packed, return_index=True, return_inverse=True)
    read = [_read(windows[one].tobytes().decode("utf-32-le", "surrogatepass").lstrip("\0")) for one in first]
    degree, negated = np.array(read, dtype=np.float64).reshape(-1, 2)[which].T
    found = weight.copy()
    found[able] *= degree
    found[able[negated > 0]] *= -0.7
    return found


@lru_cache(maxsize=1 << 16)
def _read(before: str) -> tuple[float, bool]:
    """(degree, whether negated) of what stands before a word."""
    degree, negator = sentiment.leading(before)
    return known.DEGREES[degree] if degree else 1.0, bool(negator)


def _judging(plains: Plains, parts: _Parts) -> Numbers:
    """Parts in which an aspect may be judged: one of its things, and soon after it one of its ends."""
    found = [np.zeros(0, dtype=np.int64)]
    things, ends = _aspects()
    named = things.everywhere(plains.codes, parts.cut, whole=False)
    said = ends.everywhere(plains.codes, parts.cut, whole=False)
    part = np.searchsorted(parts.begin, named.at, side="right") - 1
    for of_thing, of_end in _pairs():
        thing, end = of_thing[named.word], said.at[of_end[said.word]]
        if not len(end):
            continue
        at, inside = named.at[thing], part[thing]
        after = end[np.minimum(np.searchsorted(end, at, side="right"), len(end) - 1)]
        near = (after > at) & (after <= at + REACH) & (after < parts.end[inside])
        found.append(inside[near])
    return np.unique(np.concatenate(found))


@cache
def _aspects() -> tuple[Spotter, Spotter]:
    """What aspects are about, and the first letters of what is said of them."""
    things = Spotter([word for aspect in known.ASPECTS for word in aspect.things.split("|")])
    return things, Spotter([end[0] for aspect in known.ASPECTS for _, ends in aspect.said for end in ends.split("|")])


@cache
def _pairs() -> list[tuple[Flags, Flags]]:
    """For each aspect which things are its own (also inside a longer one), and which ends."""
    things, ends = _aspects()
    pairs = []
    for aspect in known.ASPECTS:
        own, last = aspect.things.split("|"), {end[0] for _, told in aspect.said for end in told.split("|")}
        begins = [any(word.startswith(one) for one in own) for word in things.words]
        pairs.append((np.array(begins), np.array([word in last for word in ends.words])))
    return pairs


def _stops(plains: Plains) -> Flags:
    """Where `known.CLAUSE` cuts, and every line end."""
    codes = plains.codes
    nexts = np.concatenate((codes[1:], codes[:1] * 0))
    stops = np.isin(codes, np.array([ord(char) for char in _STOPS], dtype=np.uint32))
    stops |= (codes == ord(".")) & ~_kinds()[0][np.minimum(nexts, _TABLE - 1)]
    han = (codes >= 0x4E00) & (codes <= 0x9FFF)
    beside = np.zeros(len(codes), dtype=np.bool_)
    beside[1:] |= han[:-1]
    beside[:-1] |= han[1:]
    stops |= (codes == 32) & beside
    return stops


@cache
def _kinds() -> tuple[Flags, Flags]:
    """Code point → whether it is a digit, and whether it is part of a word, to regular expressions."""
    chars = [chr(code) for code in range(_TABLE)]
    digit = np.array([char.isdecimal() for char in chars], dtype=np.bool_)
    return digit, np.array([char.isalnum() or char == "_" for char in chars], dtype=np.bool_)


@cache
def _turners() -> Spotter:
    return Spotter(_TURNS)


def _turns(codes: NDArray[np.uint32], stops: Flags) -> tuple[Numbers, Numbers]:
    """Begin and end of the first turn of every clause that has one."""
    hits = _turners().everywhere(codes, stops, whole=False)
    at, end = hits.at, hits.at + _turners().sizes[hits.word]
    word_like = _kinds()[1][np.minimum(codes, _TABLE - 1)] & ~stops
    padded = np.concatenate((word_like, [False]))
    latin = np.array([word.isascii() for word in _TURNS])[hits.word]
    fine = ~latin | (~padded[np.maximum(at - 1, 0)] | (at == 0)) & ~padded[np.minimum(end, len(codes))]
    told = np.minimum(end, len(codes) - 1)
    fine &= (hits.word != _TURNS.index("就是")) | (
        ~stops[told] & ~np.isin(codes[told], [ord(char) for char in "说因为"])
    )
    at, end = at[fine], end[fine]
    _, first = np.unique(np.cumsum(stops)[at], return_index=True)
    return at[first], end[first]
