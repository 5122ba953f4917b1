"""Same text, near text, same problem. Suggestions only: a person merges, and originals stay.

Candidates across the whole store come from MinHash bands (Broder 1997; Leskovec, Rajaraman and Ullman ch. 3),
repeats of one customer from that customer's own few rows. A difference in numbers alone (order, amount, version,
date) is never the same problem.
"""

import hashlib
import re
from collections import Counter
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from bihuan.core.text import Text
from bihuan.insight.data.follow_up_phrases import AGAIN, FOLLOW_UP, FRONT
from bihuan.insight.text.normalize import normalize
from bihuan.insight.text.tokenizer import numbers, tokens, units
from bihuan.insight.types import Verdict, quoted, quoted_en

METHOD = "near-text/1"
BANDS = 16
ROWS = 2
SAME = 0.62  # from here on a pair is shown as the same problem
MAYBE = 0.75  # share of the threshold from which a pair is worth a look

_random = np.random.Generator(np.random.PCG64(20261122))
_FACTORS = _random.integers(1, 2**63, size=(BANDS * ROWS, 1), dtype=np.uint64) | np.uint64(1)
_SALTS = _random.integers(1, 2**63, size=(BANDS * ROWS, 1), dtype=np.uint64)
_MIX = _random.integers(1, 2**63, size=3, dtype=np.uint64) | np.uint64(1)
_BAND_SALTS = _random.integers(1, 2**63, size=BANDS, dtype=np.uint64)
_SHIFT = np.uint64(29)
_DIGIT = re.compile(r"\d+")
_CLAUSE = re.compile(r"[,，。.!！?？;；:：\n、~…]+(?!\d)|\s+(?=[\u4e00-\u9fff])")


def fingerprint(text: str) -> str:
    """32 hex digits, equal for the same words whatever the punctuation, width, case or spacing; "" without words."""
    words = units(normalize(text))
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=16).hexdigest() if words else ""


def bands(text: str) -> list[int]:
    """16 signed 64-bit keys; texts that share one are near-text candidates. Empty for a text without words."""
    words = "".join(units(normalize(text)))
    if not words:
        return []
    points = np.frombuffer(f"{words}\n".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    shingles = points[:-1] * _MIX[0] + points[1:] * _MIX[1]
    hashed = (shingles ^ (shingles >> _SHIFT)) * _FACTORS + _SALTS
    least = ((hashed ^ (hashed >> _SHIFT)) * _MIX[2]).min(axis=1)
    keys = (least[0::ROWS] * _MIX[0] + least[1::ROWS]) * _MIX[1] ^ _BAND_SALTS
    found: list[int] = keys.view(np.int64).tolist()
    return found


def only_follows_up(text: str) -> bool:
    """Whether the text chases an answer and every clause of it only does that, greets or leaves an address."""
    short = normalize(text)
    clauses = [clause for clause in _CLAUSE.split(short) if clause]
    return bool(AGAIN.search(short)) and all(FOLLOW_UP.fullmatch(clause) for clause in clauses)


def core_text(text: str) -> str:
    """The normalised text without clauses that only ask again, greet or leave an address; the whole if nothing else is left."""
    short = normalize(text)
    kept = [clause for clause in _CLAUSE.split(short) if clause and not FOLLOW_UP.fullmatch(clause)]
    kept = [FRONT.sub("", clause) for clause in kept]
    return " ".join(part for part in kept if part) or short


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, frozenset[str], tuple[str, ...]]:
    kept = core_text(text)
    return "".join(units(kept)), frozenset(tokens(kept)), tuple(sorted(numbers(kept)))


def likeness(a: str, b: str) -> float:
    """How alike two texts are, 0-1, symmetric: shared order of characters, shared pairs, or one inside the other."""
    (left, left_set, _), (right, right_set, _) = sorted((_parts(a), _parts(b)), key=lambda parts: parts[0])
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    ratio = fuzz.ratio(left, right) / 100
    shared = 2 * len(left_set & right_set) / (len(left_set) + len(right_set) or 1)
    score = max(ratio, shared)
    if min(len(left), len(right)) >= 8:
        score = max(score, 0.9 * fuzz.partial_ratio(left, right) / 100)
    return min(score, 0.99)


def explain(a: str, b: str) -> Text:
    """The sentence that says what two texts share."""
    left, right = _parts(a)[0], _parts(b)[0]
    if left and left == right:
        return Text("除标点和客套话外，文字相同", "The same words apart from punctuation and courtesies")
    blocks = Indel.editops(left, right).as_matching_blocks()
    shared = sorted((left[block.a : block.a + block.size] for block in blocks if block.size > 1), key=len, reverse=True)
    if not shared:
        return Text("没有共同的词语", "No words in common")
    words = [word.strip() for word in shared[:3]]
    return Text(f"都提到{quoted(words)}", f"Both mention {quoted_en(words)}")


def different_numbers(a: str, b: str) -> tuple[list[str], list[str]]:
    """The numbers only one text has, when each has some the other lacks; two empty lists if they can be the same."""
    mine, other = _parts(a)[2], _parts(b)[2]
    if not mine or not other or mine == other:
        return [], []
    left, right = Counter(mine), Counter(other)
    only_left, only_right = list((left - right).elements()), list((right - left).elements())
    return (only_left, only_right) if only_left and only_right else ([], [])


def score_if_same(a: str, b: str, threshold: float) -> float | None:
    """The score with which `same_problem` says "yes"; None where it does not. Without the sentence, which costs as much."""
    score = round(likeness(a, b), 3)
    return score if score >= threshold and not different_numbers(a, b)[0] else None


def same_problem(a: str, b: str, *, threshold: float = SAME) -> Verdict:
    """Whether two texts report the same problem: "yes" from the threshold on, "maybe" below it or if numbers differ."""
    score = round(likeness(a, b), 3)
    only_left, only_right = different_numbers(a, b)
    if only_left:
        mine, other = quoted(only_left, 2), quoted(only_right, 2)
        reason = Text(
            f"数字不同：{mine}与{other}", f"Different numbers: {quoted_en(only_left, 2)} and {quoted_en(only_right, 2)}"
        )
        alone = likeness(_DIGIT.sub("", a), _DIGIT.sub("", b)) >= 0.9
        return Verdict("no" if alone or score < threshold else "maybe", score, reason, METHOD)
    if score >= threshold:
        return Verdict("yes", score, explain(a, b), METHOD)
    return Verdict("maybe" if score >= MAYBE * threshold else "no", score, explain(a, b), METHOD)
