"""Near-duplicates among very many short texts, whoever wrote them: copied texts, chain complaints, forms sent again.

Weighted MinHash as an exponential race over Han pairs (Broder 1997; Ioffe, "Improved consistent sampling", 2010), 16
bands of two, star links inside a bucket, then every candidate is measured. Courtesies do not count, and a difference in
numbers alone is never a copy. This is not about repeats of one customer: see `repeats`.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from bihuan.insight.data.courtesies import COURTESIES
from bihuan.insight.text.hashing import Codes, code_points, is_letter

METHOD = "near-copies/1"
BANDS = 16
ROWS = 2
AGREEING = 7  # of 32 values two texts must share before they are measured
AGREE_WELL = 14  # and before they are measured again with their clauses sorted
SIMILAR = 79.0  # similarity of the characters, 0-100, from which it is a copy
BACK = 2  # earlier texts of a bucket a text is measured against, besides the first
_CHUNK = 4096
_BITS = 20
_END = np.uint32(10)
_random = np.random.Generator(np.random.PCG64(20261125))
_FACTORS = _random.integers(1, 2**32, size=BANDS * ROWS, dtype=np.uint32) | np.uint32(1)
_SALTS = _random.integers(1, 2**32, size=BANDS * ROWS, dtype=np.uint32)
_STEPS = _random.integers(1, 2**32, size=16, dtype=np.uint32) | np.uint32(1)
_PAIR = _random.integers(1, 2**32, size=3, dtype=np.uint32) | np.uint32(1)
_WIDE = _random.integers(1, 2**63, size=2, dtype=np.uint64) | np.uint64(1)
_BAND_SALTS = _random.integers(1, 2**63, size=BANDS, dtype=np.uint64)
_DRAWS = -np.log((np.arange(1 << 16) + 0.5) / (1 << 16)).astype(np.float32)
_DIGITS = re.compile(r"\d+")
_CLAUSE = re.compile(r"[\n,，。.!！?？;；~…\s]+")


class Copies(NamedTuple):
    """`of` per text: the index of the first text it is a copy of, -1 for none; `likeness` 0-1 to the text linked."""

    of: NDArray[np.int64]
    likeness: NDArray[np.float32]
    method: str = METHOD


class Signatures(NamedTuple):
    """What is compared: the bare letters of each text, its 32 values, and the key of each band."""

    bare: list[str]
    values: NDArray[np.uint32]
    keys: NDArray[np.int64]


def signatures(texts: Sequence[str], rarity: NDArray[np.float32] | None = None) -> Signatures:
    """Signatures of many texts. With `rarity` of an earlier batch (`rarity_of`) new texts meet old keys."""
    codes, starts = _letters(texts)
    bare = _strings(codes, len(texts))
    codes, starts = _with_number_signs(codes, starts)
    rarity = _rarity(codes, len(texts)) if rarity is None else rarity
    values = np.empty((len(texts), BANDS * ROWS), dtype=np.uint32)
    keys = np.empty((len(texts), BANDS), dtype=np.uint64)
    for begin in range(0, len(texts), _CHUNK):
        end = min(begin + _CHUNK, len(texts))
        values[begin:end] = _minhash(
            codes[starts[begin] : starts[end]], starts[begin : end + 1] - starts[begin], rarity
        )
        wide = values[begin:end].astype(np.uint64)
        keys[begin:end] = (wide[:, 0::ROWS] * _WIDE[0] + wide[:, 1::ROWS]) * _WIDE[1] ^ _BAND_SALTS
    return Signatures(bare, values, keys.view(np.int64))


def bare_letters(texts: Sequence[str]) -> list[str]:
    """Letters and digits of each text, folded, without courtesies."""
    return _strings(_letters(texts)[0], len(texts))


def _strings(codes: Codes, count: int) -> list[str]:
    return codes.tobytes().decode("utf-32-le", "surrogatepass").split("\n")[:count]


def rarity_of(texts: Sequence[str]) -> NDArray[np.float32]:
    """How rare each hashed pair is among the texts; kept with an index so that its keys stay comparable."""
    return _rarity(_with_number_signs(*_letters(texts))[0], len(texts))


def copies(texts: Sequence[str]) -> Copies:
    """Which text is a copy of which earlier one."""
    size = len(texts)
    of = np.full(size, -1, dtype=np.int64)
    likeness = np.zeros(size, dtype=np.float32)
    if size < 2:
        return Copies(of, likeness)
    own = signatures(texts)
    later, earlier, agreed = _candidates(own)
    sides = ([own.bare[at] for at in side.tolist()] for side in (later, earlier))
    score = cpdist(*sides, scorer=fuzz.ratio, score_cutoff=SIMILAR)
    score = _score_with_sorted_clauses(texts, later, earlier, agreed, np.asarray(score, dtype=np.float32))
    close = score >= SIMILAR
    later, earlier, score = later[close], earlier[close], score[close]
    runs = _digit_runs(texts)
    first_runs = dict(runs)  # of a first text without numbers: those of its first copy that has some
    for at in np.lexsort((earlier, -score, later)).tolist():
        new, old = int(later[at]), int(earlier[at])
        root = old if of[old] < 0 else int(of[old])
        numbers = runs.get(new, [])
        if (
            of[new] < 0
            and numbers_agree(numbers, runs.get(old, []))
            and numbers_agree(numbers, first_runs.get(root, []))
        ):
            of[new], likeness[new] = root, score[at] / 100
            if numbers:
                first_runs.setdefault(root, numbers)
    return Copies(of, likeness)


def numbers_agree(first: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the digit runs of two texts can belong to one: equal in any order, none at all, or one the beginning of the other."""
    short, long = sorted((first, other), key=len)
    return list(long[: len(short)]) == list(short) or sorted(short) == sorted(long)


def _letters(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int64]]:
    """Letters and digits only, without courtesies; each text ends in a line end."""
    codes, starts = code_points(texts)
    kept = is_letter(codes)
    ends = starts[1:] - 1
    kept[ends] = True
    codes = codes[kept]
    starts = np.concatenate(([0], np.cumsum(kept)[ends]))
    courtesy = _find_courtesies(codes)
    courtesy[starts[1:] - 1] = False
    if courtesy.any():
        # A text of courtesies alone keeps them: it must not become like every other such text.
        before = np.concatenate(([0], np.cumsum(~courtesy)))
        bare = before[starts[1:]] - before[starts[:-1]] <= 1
        courtesy &= ~np.repeat(bare, np.diff(starts))
        codes = codes[~courtesy]
        starts = np.concatenate(([0], np.cumsum(~courtesy)[starts[1:] - 1]))
    return codes, starts


def _with_number_signs(codes: Codes, starts: NDArray[np.int64]) -> tuple[Codes, NDArray[np.int64]]:
    """Each run of digits as one sign of its own: an order number is as distinctive as a rare word."""
    digit = (codes >= 48) & (codes < 58)
    if not digit.any():
        return codes, starts
    begins = digit.copy()
    begins[1:] &= ~digit[:-1]
    at, inside = np.flatnonzero(begins), np.flatnonzero(digit)
    place = np.minimum(inside - at[np.cumsum(begins)[inside] - 1], len(_STEPS) - 1)
    runs = np.add.reduceat((codes[inside] + np.uint32(7)) * _STEPS[place], np.searchsorted(inside, at))
    codes = codes.copy()
    codes[at] = runs.astype(np.uint32) | np.uint32(1 << 31)
    kept = ~digit | begins
    return codes[kept], np.concatenate(([0], np.cumsum(kept)[starts[1:] - 1]))


@cache
def _phrases() -> dict[int, NDArray[np.uint32]]:
    """Hashes of the courtesies by their length."""
    found: dict[int, list[np.uint32]] = {}
    for phrase in COURTESIES:
        codes = np.array([ord(char) for char in phrase], dtype=np.uint32)
        found.setdefault(len(phrase), []).append((codes * _STEPS[: len(codes)]).sum(dtype=np.uint32))
    return {length: np.sort(np.array(hashes, dtype=np.uint32)) for length, hashes in sorted(found.items())}


def _upper_halves(hashes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which upper halves occur: one look-up turns nearly every place away."""
    seen = np.zeros(1 << 16, dtype=np.bool_)
    seen[hashes >> np.uint32(16)] = True
    return seen


def _find_courtesies(codes: Codes) -> NDArray[np.bool_]:
    courtesy = np.zeros(len(codes), dtype=np.bool_)
    rolled = np.zeros(len(codes), dtype=np.uint32)
    done = 0
    for length, hashes in _phrases().items():
        if length > len(codes):
            break
        for step in range(done, length):
            rolled[: len(codes) - step] += codes[step:] * _STEPS[step]
        done = length
        begins = np.flatnonzero(_upper_halves(hashes)[rolled >> np.uint32(16)])
        for at in begins[np.isin(rolled[begins], hashes)]:
            courtesy[at : at + length] = True
    return courtesy


def _shingles(codes: Codes) -> Codes:
    """One hash per letter: itself with the next, the line end included."""
    shingles = codes * _PAIR[0]
    shingles[:-1] += codes[1:] * _PAIR[1]
    shingles ^= shingles >> np.uint32(15)
    shingles *= _PAIR[2]
    return shingles


def _rarity(codes: Codes, size: int) -> NDArray[np.float32]:
    place = _shingles(codes) >> np.uint32(32 - _BITS)
    seen = np.bincount(place[codes != _END], minlength=1 << _BITS)
    return (1 / np.log(1 + (size + 1) / (seen + 0.5))).astype(np.float32)


def _minhash(codes: Codes, starts: NDArray[np.int64], rarity: NDArray[np.float32]) -> NDArray[np.uint32]:
    """For each text and runner the pair that arrives first; a rare pair runs faster."""
    shingles = _shingles(codes)
    slow = rarity[shingles >> np.uint32(32 - _BITS)]
    ended = codes == _END
    lone = np.diff(starts) == 1
    ended[starts[1:][lone] - 1] = False
    slow[ended] = np.inf
    found = np.empty((len(starts) - 1, BANDS * ROWS), dtype=np.uint32)
    for runner in range(BANDS * ROWS):
        drawn = shingles * _FACTORS[runner]
        drawn += _SALTS[runner]
        drawn ^= drawn >> np.uint32(15)
        drawn *= _PAIR[2]
        drawn >>= np.uint32(16)
        time = _DRAWS[drawn]
        time *= slow
        found[:, runner] = np.minimum.reduceat(time, starts[:-1]).view(np.uint32)
    return found


def _candidates(own: Signatures) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs (later, earlier) that met in a band and agree in enough values, and in how many."""
    size = len(own.bare)
    has_text = np.array([bool(text) for text in own.bare], dtype=np.bool_)
    if not has_text.any():
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    met = []
    for band in range(BANDS):
        short = (own.keys[:, band].view(np.uint64) >> np.uint64(32)) << np.uint64(32)
        mixed = np.sort((short | np.arange(size, dtype=np.uint64))[has_text])
        rows = (mixed & np.uint64(0xFFFFFFFF)).astype(np.int64)
        keys = mixed >> np.uint64(32)
        for back in range(1, BACK + 1):
            same = keys[back:] == keys[:-back]
            met.append(rows[back:][same] * size + rows[:-back][same])
        begins = np.concatenate(([True], keys[1:] != keys[:-1]))
        first = rows[np.flatnonzero(begins)[np.cumsum(begins) - 1]]
        far = rows != first
        met.append(rows[far] * size + first[far])
    pairs = np.sort(np.concatenate(met))
    pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
    later, earlier = pairs // size, pairs % size
    agreed = np.empty(len(pairs), dtype=np.int64)
    for at in range(0, len(pairs), _CHUNK):
        part = slice(at, at + _CHUNK)
        agreed[part] = (own.values[later[part]] == own.values[earlier[part]]).sum(axis=1)
    close = agreed >= AGREEING
    return later[close], earlier[close], agreed[close]


def _score_with_sorted_clauses(
    texts: Sequence[str],
    later: NDArray[np.int64],
    earlier: NDArray[np.int64],
    agreed: NDArray[np.int64],
    score: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Pairs that agree well but read unlike may have their clauses in another order."""
    doubtful = np.flatnonzero((score < SIMILAR) & (agreed >= AGREE_WELL))
    rows = {int(at) for side in (later, earlier) for at in side[doubtful]}
    in_order = {at: " ".join(sorted(_CLAUSE.split(texts[at]))) for at in rows}
    pairs = [[in_order[int(at)] for at in side[doubtful]] for side in (later, earlier)]
    score[doubtful] = np.maximum(score[doubtful], cpdist(*pairs, scorer=fuzz.ratio))
    return score


def _digit_runs(texts: Sequence[str]) -> dict[int, list[str]]:
    """The digit runs of the texts that have any."""
    found = {}
    for at, text in enumerate(texts):
        runs = _DIGITS.findall(text)
        if runs:
            found[at] = runs
    return found
