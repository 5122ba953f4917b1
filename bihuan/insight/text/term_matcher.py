"""Known terms found in a normalised text by an Aho-Corasick automaton, in one pass whatever their number."""

from collections.abc import Iterable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


class Matches(NamedTuple):
    """`terms` as (start, term) in order, never overlapping; `triggers` are those that stand anywhere in the text."""

    terms: list[tuple[int, str]]
    triggers: frozenset[str]


_NO_TRIGGERS: frozenset[str] = frozenset()
_NONE = Matches([], _NO_TRIGGERS)


class TermMatcher:
    """Terms are found longest first and never overlap; a term in Latin letters or digits only as a whole word.

    `triggers` are looked for in the same pass and may lie anywhere, inside a term or across two: they show which
    costlier rule a text needs.
    """

    def __init__(self, terms: Iterable[str], triggers: Iterable[str] = ()) -> None:
        terms, triggers = dict.fromkeys(terms), frozenset(triggers)
        self._words = list(dict.fromkeys([*terms, *triggers]))
        self._is_term = [word in terms for word in self._words]
        self._is_trigger = [word in triggers for word in self._words]
        self._has_triggers = bool(triggers)
        self._bounded = [_latin(word[0]) or _latin(word[-1]) for word in self._words]
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def find(self, text: str) -> list[tuple[int, str]]:
        """(start, term) of each term, in order."""
        return self.scan(text).terms

    def scan(self, text: str) -> Matches:
        """The terms and the triggers of a text."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not found:
            return _NONE
        words, is_term, is_trigger = self._words, self._is_term, self._is_trigger
        triggers = [words[number] for number, _, _ in found if is_trigger[number]] if self._has_triggers else ()
        if len(found) > 1:
            found.sort(key=_longest_from_the_left)
        terms, free = [], 0
        for number, start, end in found:
            if start < free or not is_term[number]:
                continue
            if self._bounded[number] and not _whole_word(text, start, end):
                continue
            terms.append((start, words[number]))
            free = end
        return Matches(terms, frozenset(triggers) if triggers else _NO_TRIGGERS)


def _longest_from_the_left(found: tuple[int, int, int]) -> tuple[int, int]:
    return found[1], -found[2]


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _whole_word(text: str, start: int, end: int) -> bool:
    """Whether no Latin letter or digit goes on at either side of text[start:end]."""
    if start and _latin(text[start]) and _latin(text[start - 1]):
        return False
    return not (end < len(text) and _latin(text[end - 1]) and _latin(text[end]))
