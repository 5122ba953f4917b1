"""Tokens for Chinese and English: words and numbers as they stand, Han text as overlapping pairs.

No segmenter: on the public sets characters separate the classes as well as words do, and pairs never depend
on a dictionary's idea of where a Chinese word ends.
"""

import re

METHOD = "han-pairs/1"

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{HAN}]+|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)*|[^\W\d_{HAN}a-z]+")
_ONE = re.compile(rf"[{HAN}]|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)*|[^\W\d_{HAN}a-z]+")
_HAN_START = re.compile(rf"[{HAN}]")
_DIGITS = re.compile(r"([a-z]{0,3})(\d+)")


def units(text: str) -> list[str]:
    """Every Han character, word and number of a normalised text, in order."""
    return _ONE.findall(text)


def tokens(text: str) -> list[str]:
    """Overlapping Han pairs (a lone Han character stands for itself), words and numbers of a normalised text, in order."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if len(run) > 1 and _HAN_START.match(run):
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            found.append(run)
    return found


def numbers(text: str) -> list[str]:
    """Digit runs with the letters glued before them ("t10"), without leading zeros and without a version's "v"."""
    return [
        ("" if lead in ("v", "ver", "rev", "rmb", "no", "id") else lead) + (run.lstrip("0") or "0")
        for lead, run in _DIGITS.findall(text)
    ]
