"""Two published versions side by side: what went and what came, marked."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from bihuan.core.text import Text
from bihuan.knowledge.models import ArticleVersion

Parts = list[tuple[str, bool]]
LONGEST = 6000
"""Characters compared one by one; longer texts are compared line by line."""


@dataclass(frozen=True)
class Difference:
    """One part of the article: both texts in pieces, each with whether it differs."""

    name: Text
    before: Parts
    after: Parts
    same: bool


def compare(before: ArticleVersion, after: ArticleVersion) -> list[Difference]:
    pairs = zip(before.parts, after.parts, strict=True)
    return [Difference(name, *_marked(old, new), same=old == new) for (name, old), (_, new) in pairs]


def _marked(old: str, new: str) -> tuple[Parts, Parts]:
    long = len(old) + len(new) > LONGEST
    a, b = (old.splitlines(True), new.splitlines(True)) if long else (list(old), list(new))
    went: Parts = []
    came: Parts = []
    for kind, i, j, m, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        went += [("".join(a[i:j]), kind != "equal")] if j > i else []
        came += [("".join(b[m:n]), kind != "equal")] if n > m else []
    return went, came
