"""Sentences of a report with the numbers in them: a count knows its rows, whatever the wording around it."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any, NamedTuple

from bihuan.core.text import Text
from bihuan.insight.analysis.row_sets import Key


class Count(NamedTuple):
    """A number of rows and the name of their set: a value of a sentence, a number in plain text, a link on a page."""

    value: int
    rows: Key

    def __str__(self) -> str:
        return f"{self.value:,}"


def parts(sentence: Text, language: str) -> Iterator[str | Count]:
    """The sentence in "zh" or "en" as its texts and counts, in order; a Text among its values is taken apart as well."""
    if not sentence.values:
        yield sentence.to(language)
        return
    for literal, name, _, _ in string.Formatter().parse(sentence.zh if language == "zh" else sentence.en):
        if literal:
            yield literal
        if name is not None:
            yield from _value(sentence.values[name], language)


def _value(value: Any, language: str) -> Iterator[str | Count]:
    if isinstance(value, Count):
        yield value
    elif isinstance(value, Text):
        yield from parts(value, language)
    else:
        yield str(value)
