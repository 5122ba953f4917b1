"""The piece of a text in which a query's words stand, with personal data masked, ready to be drawn with marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bihuan.core.tokens import Word
from bihuan.insight.text.masking import mask
from bihuan.insight.text.normalize import normalize

EXAMINED_LENGTH = 3000
BEFORE, SHOWN = 20, 110


def snippet(text: str, words: Sequence[Word]) -> list[tuple[str, bool]]:
    """Parts in order, each with whether it is a word that was asked for; an ellipsis where something is left out."""
    shown = mask(text[:EXAMINED_LENGTH]).replace("\n", " ")
    folded, place = _folded(shown)
    hits = _hits(folded, place, words)
    start = max(0, hits[0][0] - BEFORE) if hits and hits[0][0] > SHOWN // 2 else 0
    end = min(len(shown), start + SHOWN)
    parts = [("…", False)] if start else []
    at = start
    for first, last in hits:
        if first >= end:
            break
        parts += [(shown[at:first], False), (shown[first : min(last, end)], True)]
        at = min(last, end)
    parts += [(shown[at:end], False)] + ([("…", False)] if end < len(text) else [])
    return [part for part in parts if part[0]]


def _hits(folded: str, place: list[int], words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the words stand in the shown text, in order, never overlapping."""
    found = []
    for word in words:
        at = folded.find(word.text)
        while at >= 0:
            found.append((place[at], place[at + len(word.text) - 1] + 1))
            at = folded.find(word.text, at + len(word.text))
    kept: list[tuple[int, int]] = []
    for hit in sorted(found, key=lambda h: (h[0], -h[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the place it came from."""
    parts, place = [], []
    for at, char in enumerate(text):
        fold = _fold(char)
        parts.append(fold)
        place += [at] * len(fold)
    return "".join(parts), place


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    return " " if char.isspace() else normalize(char)
