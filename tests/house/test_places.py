"""A word of the glossary, searched over the names of files and functions, leads to the place within two hits."""

from __future__ import annotations

import re

from tests.house.source import PRODUCT, functions, of

Hit = tuple[int, int, str]

QUESTIONS = {
    "where a deadline is recalculated": ("recalculat", "bihuan/deadlines/recalculation.py"),
    "where a case may be archived": ("archiv", "bihuan/followup/archive.py"),
    "where an imported row becomes feedback": ("intake", "bihuan/feedback/intake.py"),
    "where a notification gets its recipients": ("recipient", "bihuan/notifications/recipients.py"),
    "where the sentence about a scenario is written": (
        "scenario sentence",
        "bihuan/insight/scenario_detection/scenario_results.py",
    ),
}
"""Question → what somebody types, and where it should lead."""


def search(words: str) -> list[str]:
    """Files whose name, alone or with the name of a function in it, has all the words: those with the fewest others first."""
    typed = words.split()
    hits: list[Hit] = []
    for path in PRODUCT:
        for name in [path.stem, *(f"{path.stem} {f.name}" for f in functions(path))]:
            tokens = re.findall(r"[a-z]+", name.lower())
            if all(any(token.startswith(word) for token in tokens) for word in typed):
                exact = sum(word in tokens for word in typed)
                hits.append((len(tokens) - len(typed), -exact, of(path)))
    return list(dict.fromkeys(path for _, _, path in sorted(hits)))


def test_the_glossary_leads_to_the_place():
    missed = {
        question: search(words)[:4]
        for question, (words, place) in QUESTIONS.items()
        if not any(hit.startswith(place) for hit in search(words)[:2])
    }
    assert missed == {}
