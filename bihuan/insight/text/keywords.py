"""What a group of texts is about: the words it has more often than the rest, and a short title made of them.

Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' words", 2008) over the number of
texts a word stands in; words as rjieba cuts them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import rjieba

from bihuan.insight.data.stop_words import STOP_WORDS
from bihuan.insight.text.masking import mask
from bihuan.insight.text.normalize import normalize
from bihuan.insight.text.tokenizer import HAN

METHOD = "log-odds-words/1"
PRIOR = 500.0  # texts the background counts for at most
SHARE = 0.1  # and as a part of the texts there are
SIGNIFICANT = 1.64  # z from which a word counts: one-sided 5 %
TITLE = 24  # characters of a title

_WORD = re.compile(rf"[{HAN}]{{2,}}|[a-z][a-z'+#.-]{{1,}}")
_CLAUSE = re.compile(r"[,，。.!！?？;；:：\n~…、()（）\"“”]+(?!\d)")


class Keyword(NamedTuple):
    """`score` is the z value of the log-odds; `rows` how many texts of the group hold the word."""

    word: str
    score: float
    rows: int


def terms(text: str) -> list[str]:
    """The words of a text that can name something, in order: two Han characters or a Latin word, no stop words."""
    return [word for word in rjieba.cut(normalize(text)) if _WORD.fullmatch(word) and word not in STOP_WORDS]


class Background:
    """How many texts hold each word, over all texts that groups are compared with."""

    def __init__(self, texts: Iterable[str] = (), *, tokenized: Iterable[Iterable[str]] = ()) -> None:
        """`tokenized` are texts of which `terms` was taken already."""
        self.counts: Counter[str] = Counter()
        self.size = 0
        for words in (*map(terms, texts), *tokenized):
            self.counts.update(set(words))
            self.size += 1

    def keywords(self, texts: Sequence[str], limit: int = 8) -> list[Keyword]:
        """The words that set these texts (a part of the background) apart from the rest, strongest first."""
        own: Counter[str] = Counter()
        for text in texts:
            own.update(set(terms(text)))
        words = sorted(word for word, count in own.items() if count > 1 or len(texts) == 1)
        if not words or self.size <= 0:
            return []
        inside = np.array([own[word] for word in words], dtype=float)
        every = np.maximum([self.counts[word] for word in words], inside)
        weight = min(PRIOR, SHARE * self.size)
        prior = np.maximum(weight * every / self.size, 0.01)
        rest = every - inside
        here, there = len(texts) + weight, max(self.size - len(texts), 0) + weight
        odds = np.log((inside + prior) / (here - inside)) - np.log((rest + prior) / (there - rest))
        scores = odds / np.sqrt(1 / (inside + prior) + 1 / (rest + prior))
        found = [
            Keyword(word, round(float(score), 2), own[word])
            for word, score in zip(words, scores, strict=True)
            if score > SIGNIFICANT
        ]
        return _distinct(sorted(found, key=lambda keyword: (-keyword.score, keyword.word)))[:limit]


def title(texts: Sequence[str], keywords: Sequence[Keyword]) -> str:
    """A customer's own clause that holds most of the keywords, masked; the keywords where no clause does."""
    weights = {keyword.word: keyword.score for keyword in keywords}
    best, chosen = 0.0, ""
    for clause in sorted({part.strip() for text in texts for part in _CLAUSE.split(text)}):
        if 4 <= len(clause) <= TITLE:
            worth = sum(weights.get(word, 0.0) for word in set(terms(clause)))
            worth -= 0.02 * len(clause)
            if worth > best:
                best, chosen = worth, clause
    return mask(chosen) or "·".join(keyword.word for keyword in keywords[:3])


def _distinct(found: list[Keyword]) -> list[Keyword]:
    """A word inside a stronger one, or around it, says nothing new."""
    kept: list[Keyword] = []
    for keyword in found:
        if not any(keyword.word in other.word or other.word in keyword.word for other in kept):
            kept.append(keyword)
    return kept
