"""Text shown to people: Chinese and English side by side, the reader's language chosen when it is shown.

Used by the product and the engine alike, so nothing here knows Django: whoever knows the reader's language says so with
:func:`find_language_with`. Why not gettext: see docs/decisions/0002-two-languages-side-by-side.md.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class Text:
    """A sentence in Chinese and English with values for its ``{name}`` places; a value may itself be a Text.

    ``str()`` gives the sentence in the reader's language. A Text never changes; without values its braces are plain
    characters. It is no string: choose a language with :meth:`to` where one is needed.
    """

    __slots__ = ("en", "values", "zh")

    def __init__(self, zh: str, en: str, /, **values: Any) -> None:
        self.zh = zh
        self.en = en
        self.values = values

    def format(self, **values: Any) -> Text:
        """The same sentence with these values added."""
        return Text(self.zh, self.en, **{**self.values, **values})

    def to(self, language: str) -> str:
        """The sentence in "zh" or "en" (whatever is not "zh" is English)."""
        pattern = self.zh if language == "zh" else self.en
        if not self.values:
            return pattern
        return pattern.format_map({name: _to(value, language) for name, value in self.values.items()})

    def to_json(self) -> dict[str, str]:
        """Both languages, values filled in: {"zh": …, "en": …}."""
        return {"zh": self.to("zh"), "en": self.to("en")}

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> Text:
        """The Text back from :meth:`to_json`; KeyError where a language is missing."""
        return cls(data["zh"], data["en"])

    def __str__(self) -> str:
        return self.to(language())

    def __html__(self) -> str:
        """Escaped for HTML; Django's templates and format_html ask for it."""
        return html.escape(str(self))

    def deconstruct(self) -> tuple[str, tuple[str, str], dict[str, Any]]:
        """How Django's migrations write it: without its words, so that a new wording of a choice is no migration."""
        return "bihuan.core.text.Text", ("", ""), {}

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.values.items())
        return f"Text({self.zh!r}, {self.en!r}{values})"

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return (self.zh, self.en, self.values) == (other.zh, other.en, other.values)

    def __hash__(self) -> int:
        return hash((self.zh, self.en))

    def __deepcopy__(self, memo: Any) -> Text:
        return self  # a form's choices need not be made anew for each form


def language() -> str:
    """The reader's language: "zh" or "en"."""
    return _fixed.get() or _find_language()


def find_language_with(function: Callable[[], str]) -> None:
    """From now on `function` returns the reader's language ("zh" or "en"); before the first call it is "zh"."""
    global _find_language
    _find_language = function


@contextmanager
def fixed_language() -> Iterator[None]:
    """The language does not change inside: a page asks for it hundreds of times and looks it up once."""
    token = _fixed.set(_find_language())
    try:
        yield
    finally:
        _fixed.reset(token)


def _chinese() -> str:
    return "zh"


_find_language: Callable[[], str] = _chinese
_fixed: ContextVar[str] = ContextVar("fixed", default="")


def _to(value: Any, language: str) -> Any:
    return value.to(language) if isinstance(value, Text) else value
