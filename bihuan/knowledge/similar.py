"""Articles that may help with a case: published ones that share its telling words, with those words as the reason."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from bihuan.cases.models import Case
from bihuan.core import tokens
from bihuan.core.text import Text
from bihuan.knowledge.models import Article
from bihuan.knowledge.search_index import ArticleWords

QUERY_WORDS, CANDIDATES, SHOWN = 60, 200, 3
LIKELY = 0.2
"""Share of the case's words, weighed by how rare they are among the candidates, that an article must hold."""


@dataclass(frozen=True)
class Similar:
    """An article, how much of the case's words it holds (0-1), and the reason to show."""

    article: Article
    score: float
    reason: Text


def similar_articles(case: Case) -> list[Similar]:
    """The likeliest few, best first. Two queries."""
    text = tokens.normalized(f"{case.title}\n{case.product}\n{case.description[:400]}")
    grams = [g for g in tokens.tokens(text) if len(g) > 1][: QUERY_WORDS * 4]
    if not grams:
        return []
    near = ArticleWords.with_any_token(grams, CANDIDATES)
    rarity = _rarity(grams, [set(kept.split()) for _, _, kept in near])
    whole = sum(rarity.values())
    scored = [
        (sum(rarity[g] for g in set(kept.split()) & rarity.keys()) / whole, pk, plain) for pk, plain, kept in near
    ]
    best = sorted(((s, pk, plain) for s, pk, plain in scored if s >= LIKELY), reverse=True)
    likely = [pk for _, pk, _ in best[:20]]
    live = Article.objects.filter(version_number__gt=0).exclude(status="retired").in_bulk(likely)
    found = [Similar(live[pk], round(s, 2), _reason(text, plain)) for s, pk, plain in best[:20] if pk in live]
    return found[:SHOWN]


def _rarity(grams: list[str], near: list[set[str]]) -> dict[str, float]:
    seen = Counter(g for one in near for g in one)
    return {g: math.log(1 + (len(near) + 1) / (1 + seen[g])) for g in grams}


def _reason(text: str, plain: str) -> Text:
    shared = _shared(text, plain)
    return Text(
        "都提到{words}",
        "both speak of {words}",
        words=Text("、".join(f"“{w}”" for w in shared), ", ".join(f"“{w}”" for w in shared)),
    )


def _shared(text: str, plain: str, most: int = 3) -> list[str]:
    """The longest pieces of words both texts hold, longest first."""
    found: list[str] = []
    for run in tokens.runs(text):
        at = 0
        while at < len(run):
            end = at
            while end < len(run) and run[at : end + 1] in plain:
                end += 1
            if end - at >= 2:
                found.append(run[at:end])
            at = max(end, at + 1)
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:most]
