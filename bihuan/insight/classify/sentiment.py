"""Sentiment of one feedback by rules: 满意 satisfied, 一般 neutral or 不满 dissatisfied, with the words that speak for it.

A lexicon with negation, degree and contrast (after "但是" a clause weighs more than before it). A given rating
always outranks the words. Neutral means "mixed, or no word known": show it as unsure, never as a third opinion.
The words stand in `data/sentiment_words.py` and are read when the first text is weighed.
"""

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bihuan.core.text import Text
from bihuan.insight.data import sentiment_words as known
from bihuan.insight.text.normalize import normalize
from bihuan.insight.text.term_matcher import Matches, TermMatcher
from bihuan.insight.types import Label, quoted, quoted_en

METHOD = "mood-lexicon/1"
BAND = 0.12  # polarity within ± this is neutral
SLOPE = 2.2  # how fast confidence grows with polarity
RATED = 0.95  # confidence of a sentiment that the customer gave as a rating

_BEFORE_CONTRAST, _AFTER_CONTRAST = 0.6, 1.5
_FADING = 0.7  # of what stands before a clause with a contrast word
_NEGATED = -0.7
_REACH = 6  # characters before a term in which degree and negation are looked for
_SHOWN = 1  # weight above which a term is shown as a reason
_CLAUSES = 1 << 15  # weighed clauses remembered: "请尽快处理" stands in every tenth text
_BLANK = "\x1f"


class Leaning(NamedTuple):
    """`polarity` below 0 dissatisfied, above 0 satisfied, 0 where nothing speaks; the terms that speak for and against."""

    polarity: float
    good: list[str]
    bad: list[str]


class _Clause(NamedTuple):
    """The weight of a clause, or of both sides of its contrast word; the terms that speak for and against."""

    weights: tuple[float, ...]
    good: list[str]
    bad: list[str]


_NO_WEIGHT = _Clause((), [], [])


def sentiment(text: str, score: int | None = None) -> Label:
    """The sentiment of a text; `score` is the customer's own rating 1-5, if given."""
    if score is not None and 1 <= score <= 5:
        code = "dissatisfied" if score <= 2 else "neutral" if score == 3 else "satisfied"
        return Label(code, RATED, [Text(f"客户评分 {score} 分", f"The customer's own rating: {score}")], METHOD)
    leaning = lean(normalize(text))
    if not leaning.good and not leaning.bad:
        return Label("neutral", 0.5, [Text("没有表达好恶的词语", "No words of liking or dislike")], METHOD)
    confidence = 1 / (1 + math.exp(-SLOPE * abs(leaning.polarity)))
    reasons = _reasons(leaning)
    if abs(leaning.polarity) < BAND:
        return Label("neutral", round(1.5 - confidence, 2), reasons, METHOD)
    if leaning.polarity > 0:
        return Label("satisfied", round(confidence, 2), reasons, METHOD)
    return Label("dissatisfied", round(confidence, 2), reasons[::-1], METHOD)


def polarity(text: str) -> float:
    """How the words of a text lean: below 0 dissatisfied, above 0 satisfied, 0 where nothing speaks."""
    return lean(normalize(text)).polarity


def polarities(normalized: Sequence[str]) -> NDArray[np.float64]:
    """The polarity of each normalised text, in order."""
    clauses = lexicon_in_use().clauses
    return np.array([_polarity(clauses(text)) for text in normalized], dtype=np.float64)


def lean(normalized: str) -> Leaning:
    """How a normalised text leans, and by which terms."""
    clauses = lexicon_in_use().clauses(normalized)
    good = [term for clause in clauses for term in clause.good]
    bad = [term for clause in clauses for term in clause.bad]
    return Leaning(_polarity(clauses), good, bad)


def _polarity(clauses: Sequence[_Clause]) -> float:
    total = size = 0.0
    for clause in clauses:
        weights = clause.weights
        if len(weights) == 2:
            total *= _FADING
        for weight in weights:
            total += weight
            size += abs(weight)
    return total / math.sqrt(size + 4) if size else 0.0


def _reasons(leaning: Leaning) -> list[Text]:
    reasons = []
    if leaning.good:
        reasons.append(
            Text(f"提到{quoted(leaning.good)}，偏满意", f"Mentions {quoted_en(leaning.good)}: content"),
        )
    if leaning.bad:
        reasons.append(
            Text(f"提到{quoted(leaning.bad)}，偏不满", f"Mentions {quoted_en(leaning.bad)}: discontent"),
        )
    return reasons


@cache
def lexicon_in_use() -> "SentimentLexicon":
    """The lexicon made of the words as they stand in the data."""
    return SentimentLexicon()


class SentimentLexicon:
    """The words of `data/sentiment_words.py` made ready for texts."""

    def __init__(self) -> None:
        self._clause_end = _clause_end(known.CLAUSE_ENDS)
        self._weigh_once = lru_cache(_CLAUSES)(self._weigh)
        self._modifiers = lru_cache(_CLAUSES)(self._find_modifiers)
        self._weights = {**known.WEIGHTS, **known.EMOJI}
        self._contrast_words = frozenset(known.CONTRAST)
        self._contrast = _contrast(known.CONTRAST, known.CONTRAST_EXPLAINS)
        self._aspects = [(aspect.weight, aspect.pattern()) for aspect in known.ASPECTS]
        self._aspects_of: dict[str, list[int]] = {}
        for number, aspect in enumerate(known.ASPECTS):
            for thing in aspect.things.split("|"):
                self._aspects_of.setdefault(thing, []).append(number)
        self._matcher = TermMatcher(self._weights, [*self._aspects_of, *known.CONTRAST])
        self._negators = sorted(known.NEGATORS, key=len, reverse=True)
        self._degrees = sorted(known.DEGREES, key=len, reverse=True)
        self._last_chars = frozenset(word[-1] for word in (*known.NEGATORS, *known.DEGREES)) | {" ", _BLANK}

    def clauses(self, normalized: str) -> list[_Clause]:
        """The clauses of a normalised text, weighed."""
        weigh = self._weigh_once
        return [weigh(text) for text in self._clause_end.split(normalized) if text]

    def _weigh(self, text: str) -> _Clause:
        """What a clause weighs."""
        matches = self._matcher.scan(text)
        if not matches.terms and not matches.triggers:
            return _NO_WEIGHT
        good: list[str] = []
        bad: list[str] = []
        if not matches.triggers.isdisjoint(self._contrast_words) and (contrast := self._contrast.search(text)):
            before, after = text[: contrast.start()], text[contrast.end() :]
            weights: tuple[float, ...] = (
                _BEFORE_CONTRAST * self._weigh_side(before, self._matcher.scan(before), good, bad),
                _AFTER_CONTRAST * self._weigh_side(after, self._matcher.scan(after), good, bad),
            )
        else:
            weights = (self._weigh_side(text, matches, good, bad),)
        return _Clause(weights, good, bad)

    def _weigh_side(self, text: str, matches: Matches, good: list[str], bad: list[str]) -> float:
        """What a clause, or one side of a contrast, weighs; its terms join `good` and `bad`."""
        total, end = 0.0, 0
        if matches.triggers:
            total, rest = self._weigh_aspects(text, matches.triggers, good, bad)
            if rest != text:
                text, matches = rest, self._matcher.scan(rest)
        for start, term in matches.terms:
            weight = self._weights[term]
            if weight:
                shown = term
                if start > end and text[start - 1] in self._last_chars:
                    degree, negator = self._modifiers(text[max(end, start - _REACH) : start])
                    shown = f"{negator}{' ' if negator.isascii() and negator else ''}{degree}{term}"
                    weight *= known.DEGREES[degree] if degree else 1.0
                    weight *= _NEGATED if negator else 1.0
                total += weight
                if abs(weight) > _SHOWN:
                    (good if weight > 0 else bad).append(shown)
            end = start + len(term)
        return total

    def _weigh_aspects(self, text: str, triggers: frozenset[str], good: list[str], bad: list[str]) -> tuple[float, str]:
        """The weight of the judgements of aspects, and the text with it blanked out."""
        total = 0.0
        for number in sorted({number for word in triggers for number in self._aspects_of.get(word, ())}):
            weight, pattern = self._aspects[number]
            if match := pattern.search(text):
                total += weight
                (good if weight > 0 else bad).append(match[0])
                text = text.replace(match[0], _BLANK * len(match[0]), 1)
        return total, text

    def _find_modifiers(self, before: str) -> tuple[str, str]:
        """The degree word and the negator that a text ends in, each maybe ""; the negator stands before the degree."""
        tail = before.rstrip()
        degree = next((word for word in self._degrees if tail.endswith(word)), "")
        tail = tail[: len(tail) - len(degree)].rstrip()
        return degree, next((word for word in self._negators if tail.endswith(word)), "")


def _clause_end(characters: str) -> re.Pattern[str]:
    """One character that ends a clause; written so that the search begins with a set of characters, which is fast."""
    chinese = "[\u4e00-\u9fff]"
    return re.compile(rf"[{re.escape(characters)}]|\.(?!\d)|\s(?:(?={chinese})|(?<={chinese}\s))")


def _contrast(words: Sequence[str], explains: dict[str, str]) -> re.Pattern[str]:
    """A contrast word: English ones as whole words."""

    def one(word: str) -> str:
        if word in explains:
            return f"{word}(?=[^{explains[word]}])"
        return rf"\b{word}\b" if word.isascii() else word

    return re.compile("|".join(map(one, sorted(words, key=len, reverse=True))))
