"""Tokens for Chinese and English: words and numbers as they stand, Han text as overlapping pairs.

No segmenter: on the public sets characters separate the classes as well as words do, and pairs never depend
on a dictionary's idea of where a Chinese word ends.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

METHOD = "han-pairs/1"

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{HAN}]+|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)*|[^\W\d_{HAN}a-z]+")
_ONE = re.compile(rf"[{HAN}]|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)*|[^\W\d_{HAN}a-z]+")
_HAN_START = re.compile(rf"[{HAN}]")
_DIGITS = re.compile(r"([a-z]{0,3})(\d+)")


def units(plain: str) -> list[str]:
    """Every Han character, word and number of an already plain text, in order."""
    return _ONE.findall(plain)


def tokens(plain: str) -> list[str]:
    """Overlapping Han pairs (a lone Han character stands for itself), words and numbers of a plain text, in order."""
    found: list[str] = []
    for run in _RUN.findall(plain):
        if len(run) > 1 and _HAN_START.match(run):
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            found.append(run)
    return found


def numbers(plain: str) -> list[str]:
    """Digit runs with the letters glued before them ("t10"), without leading zeros and without a version's "v"."""
    return [
        ("" if lead in ("v", "ver", "rev", "rmb", "no", "id") else lead) + (run.lstrip("0") or "0")
        for lead, run in _DIGITS.findall(plain)
    ]


def han_share(plain: str) -> float:
    """How much of the text is Han, 0-1; an empty text has none."""
    letters = [char for char in plain if not char.isspace()]
    return sum(1 for char in letters if _HAN_START.match(char)) / len(letters) if letters else 0.0


class Lexicon:
    """Known words found in a plain text: longest first, never overlapping; Latin words only as whole words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words), key=len, reverse=True):
            self._by_start[word[:1]].append(word)

    def find(self, plain: str) -> list[tuple[int, str]]:
        """Start and word of every hit, in order."""
        found, at, size = [], 0, len(plain)
        while at < size:
            for word in self._by_start.get(plain[at], ()):
                if plain.startswith(word, at) and self._whole(plain, at, word):
                    found.append((at, word))
                    at += len(word) - 1
                    break
            at += 1
        return found

    @staticmethod
    def _whole(plain: str, at: int, word: str) -> bool:
        end = at + len(word)
        if word[0].isascii() and word[0].isalnum() and at and plain[at - 1].isascii() and plain[at - 1].isalnum():
            return False
        return not (
            word[-1].isascii()
            and word[-1].isalnum()
            and plain[end : end + 1].isascii()
            and plain[end : end + 1].isalnum()
        )
