"""Tokens for Chinese and English: words and numbers as they stand, Han text as overlapping pairs.

No segmenter: on the public sets characters separate the classes as well as words do, and pairs never depend
on a dictionary's idea of where a Chinese word ends.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import add

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


class Lexicon:
    """Known words found in a plain text: longest first, never overlapping; Latin words only as whole words."""

    def __init__(self, words: Iterable[str]) -> None:
        """Words by their first two characters: hardly a place in a text begins one."""
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self._alone: set[str] = set()
        for word in sorted(set(words), key=len, reverse=True):
            if len(word) > 1:
                self._by_start[word[:2]].append(word)
            else:
                self._alone.add(word)
        self._by_start = dict(self._by_start)

    def find(self, plain: str) -> list[tuple[int, str]]:
        """Start and word of every hit, in order."""
        found: list[tuple[int, str]] = []
        known, alone, end = self._by_start, self._alone, 0
        for at, pair in enumerate(map(add, plain, plain[1:] + " ")):
            if at < end or (pair not in known and pair[0] not in alone):
                continue
            for word in (*known.get(pair, ()), pair[0]):
                if (len(word) > 1 or word in alone) and plain.startswith(word, at) and self._whole(plain, at, word):
                    found.append((at, word))
                    end = at + len(word)
                    break
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
