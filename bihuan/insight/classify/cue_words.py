"""Cue words of labels found in a text, and what they weigh."""

import shlex
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from bihuan.insight.data import cues
from bihuan.insight.text.term_matcher import TermMatcher

NEGATION_REACH = 7  # characters before a cue in which a negation counts

Weights = tuple[tuple[str, float], ...]


class Cues:
    """The cue words of one axis ("problem_type", "urgency" or "nature")."""

    def __init__(self, lines: str) -> None:
        self.weights_of: dict[str, dict[str, float]] = defaultdict(dict)
        for line in lines.strip().splitlines():
            head, _, words = line.partition(":")
            code, weight = head.split()
            for word in shlex.split(words.replace("'", "\\'")):
                self.weights_of[word].setdefault(code, float(weight))
        self.blocked = frozenset(cues.BLOCK.split())
        self._matcher = TermMatcher([*self.weights_of, *self.blocked])

    def find(self, normalized: str) -> list[str]:
        """The cues of a normalised text, each once, in order; not the negated ones."""
        found = self._matcher.find(normalized)
        words = [word for start, word in found if word not in self.blocked and not _negated(normalized, start)]
        return list(dict.fromkeys(words)) if len(words) > 1 else words

    def weigh(self, words: Sequence[str]) -> Weights:
        """What cues weigh together for each code, sorted by code."""
        if not words:
            return ()
        weights: dict[str, float] = defaultdict(float)
        for word in words:
            for code, weight in self.weights_of[word].items():
                weights[code] += weight
        return tuple(sorted(weights.items()))

    def by_code(self, words: Sequence[str]) -> dict[str, list[str]]:
        """The cues that speak for each code, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in words:
            for code in self.weights_of[word]:
                found[code].append(word)
        return found


@cache
def cues_of(axis: str) -> Cues:
    """The cues of an axis as they stand in the data."""
    return Cues({"problem_type": cues.PROBLEM_TYPE, "urgency": cues.URGENCY, "nature": cues.NATURE}[axis])


def _negated(normalized: str, start: int) -> bool:
    return start > 0 and normalized[max(0, start - NEGATION_REACH) : start].endswith(cues.NEGATORS)
