"""Mood of one feedback: 满意 satisfied, 一般 neutral or 不满 dissatisfied, with the words that speak for it.

A lexicon with negation, degree and contrast (after "但是" a clause weighs more than before it). A given rating
always outranks the words. Neutral means "mixed or nothing said": show it as unsure, never as a third opinion.
"""

import math

from bihuan.core.text import Text
from bihuan.insight.data import sentiment_words as known
from bihuan.insight.text.normalize import plain
from bihuan.insight.text.tokenizer import Lexicon
from bihuan.insight.types import Label, quoted, quoted_en

METHOD = "mood-lexicon/1"
NAMES = {
    "satisfied": Text("满意", "Satisfied"),
    "neutral": Text("一般", "Neutral"),
    "dissatisfied": Text("不满", "Dissatisfied"),
}
BAND = 0.12  # polarity within ± this is neutral
SLOPE = 2.2  # how fast confidence grows with polarity

_WORDS = Lexicon([*known.WEIGHTS, *known.EMOJI])
_ASPECTS = [(aspect.weight, aspect.pattern()) for aspect in known.ASPECTS]
_NEGATORS = sorted(known.NEGATORS, key=len, reverse=True)
_DEGREES = sorted(known.DEGREES, key=len, reverse=True)


def sentiment(text: str, score: int | None = None) -> Label:
    """The mood of a text; `score` is the customer's own rating 1-5, if given."""
    if score is not None and 1 <= score <= 5:
        code = "dissatisfied" if score <= 2 else "neutral" if score == 3 else "satisfied"
        return Label(code, 0.95, [Text(f"客户评分 {score} 分", f"The customer's own rating: {score}")], METHOD)
    value, good, bad = weigh(text)
    if not good and not bad:
        return Label("neutral", 0.5, [Text("没有表达好恶的词语", "No words of liking or dislike")], METHOD)
    sure = 1 / (1 + math.exp(-SLOPE * abs(value)))
    reasons = _reasons(good, bad)
    if abs(value) < BAND:
        return Label("neutral", round(1.5 - sure, 2), reasons, METHOD)
    return Label(
        "satisfied" if value > 0 else "dissatisfied", round(sure, 2), reasons[:: 1 if value > 0 else -1], METHOD
    )


def polarity(text: str) -> float:
    """How the words lean: below 0 dissatisfied, above 0 satisfied, 0 where nothing speaks."""
    return weigh(text)[0]


def weigh(text: str) -> tuple[float, list[str], list[str]]:
    """Polarity, and the words found that speak for and against."""
    good: list[str] = []
    bad: list[str] = []
    total = size = 0.0
    clauses = known.CLAUSE.split(plain(text))
    for clause in clauses:
        turned = known.TURN.search(clause)
        parts = [(clause[: turned.start()], 0.6), (clause[turned.end() :], 1.5)] if turned else [(clause, 1.0)]
        if turned:
            total *= 0.7
        for part, factor in parts:
            value = weigh_part(part, good, bad)
            total += factor * value
            size += abs(factor * value)
    return (total / math.sqrt(size + 4) if size else 0.0), good, bad


def weigh_part(part: str, good: list[str], bad: list[str]) -> float:
    """What one clause, or one side of a turn, weighs; its telling words join `good` and `bad`."""
    total = 0.0
    end = 0
    for weight, aspect in _ASPECTS:
        match = aspect.search(part)
        if match:
            total += weight
            (good if weight > 0 else bad).append(match[0])
            part = part.replace(match[0], "\x1f" * len(match[0]), 1)
    for at, word in _WORDS.find(part):
        weight = known.EMOJI.get(word) or known.WEIGHTS[word]
        if not weight:
            end = at + len(word)
            continue
        before = part[max(end, at - 6) : at]
        weight, shown = _turned(weight, word, before)
        total += weight
        if abs(weight) > 1:
            (good if weight > 0 else bad).append(shown)
        end = at + len(word)
    return total


def _turned(weight: float, word: str, before: str) -> tuple[float, str]:
    """The weight after the degree and negation words just before it, and the word as to be shown."""
    degree, negator = leading(before)
    shown = degree + word
    weight *= known.DEGREES[degree] if degree else 1.0
    if negator:
        return -0.7 * weight, negator + (" " if negator.isascii() else "") + shown
    return weight, shown


def leading(before: str) -> tuple[str, str]:
    """The degree word and the negation that a text ends in, each maybe ""; the negation stands before the degree."""
    tail = before.rstrip()
    degree = next((word for word in _DEGREES if tail.endswith(word)), "")
    tail = tail[: len(tail) - len(degree)].rstrip()
    return degree, next((word for word in _NEGATORS if tail.endswith(word)), "")


def _reasons(good: list[str], bad: list[str]) -> list[Text]:
    reasons = []
    if good:
        reasons.append(Text(f"提到{quoted(good)}，偏满意", f"Mentions {quoted_en(good)}: content"))
    if bad:
        reasons.append(Text(f"提到{quoted(bad)}，偏不满", f"Mentions {quoted_en(bad)}: discontent"))
    return reasons or [Text("语气平淡", "An even tone")]
