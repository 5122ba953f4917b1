"""Words for searching: what a text is indexed by, and what a query asks the index for.

Every run of letters and digits is cut into overlapping grams: two characters where it is Han, three elsewhere, with the
shorter tails kept. A query word asks for its whole grams, or for a prefix where it is shorter than one; what comes back
is checked for the word itself. So the answer is exactly that of a plain substring scan, for one character as for forty
(measured against trigram and segmented indexes, which find nothing or too little for short Chinese words).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.insight.text.normalize import normalize
from bihuan.insight.text.tokenizer import HAN

LONGEST = 50_000
"""Characters of one text that are indexed; PostgreSQL refuses word lists of more than a megabyte."""
MAX_QUERY_LENGTH = 100
"""Characters of a query that are read."""

# ASCII punctuation parts tokens in SQLite's tokenizer; anything that is neither letter nor digit does here.
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN = re.compile(rf"[{HAN}]")


@dataclass(frozen=True)
class Word:
    """One word of a query: grams that must all be there, prefixes likewise, and whether the word must be looked at
    again in the text because its grams could stand apart."""

    text: str
    grams: tuple[str, ...]
    prefixes: tuple[str, ...]
    recheck: bool


def normalized(text: str) -> str:
    """The text as it is compared: widths, case and traditional characters folded, spaces single."""
    return normalize(text[:LONGEST].replace("\x00", " "))


def tokens(text: str) -> list[str]:
    """The distinct grams of a text already ``normal``, sorted."""
    return sorted({run[i : i + _size(run)] for run in _RUN.findall(text) for i in range(len(run))})


def runs(text: str) -> list[str]:
    """The runs of Han characters and of other letters and digits, in order."""
    return _RUN.findall(text)


def query_words(query: str) -> list[Word]:
    """The words of a query; those without a letter or digit are left out."""
    return [
        word
        for text in dict.fromkeys(normalized(query[:MAX_QUERY_LENGTH]).split())
        if (word := _word(text)).grams or word.prefixes
    ]


def _word(text: str) -> Word:
    runs = _RUN.findall(text)
    long = [(run, _size(run)) for run in runs if len(run) >= _size(run)]
    grams = {run[i : i + size] for run, size in long for i in range(len(run) - size + 1)}
    prefixes = {run for run in runs if len(run) < _size(run)}
    return Word(
        text, tuple(sorted(grams)), tuple(sorted(prefixes)), recheck=len(grams) + len(prefixes) > 1 or [text] != runs
    )


def _size(run: str) -> int:
    return 2 if _HAN.match(run) else 3
