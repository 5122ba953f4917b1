"""Text shown to people: both languages side by side, the reader's one chosen when it is drawn.

Why not gettext: see docs/decisions/0002-two-languages-side-by-side.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import get_language

if TYPE_CHECKING:
    Lazy = str
else:
    Lazy = Promise


class Text(Lazy):
    """A sentence in Chinese and English. ``str()`` gives the one of the active language.

    Values for ``{name}`` places are given by :meth:`with_`; a value may itself be a Text.
    """

    zh: str
    en: str
    values: dict[str, Any]

    def __init__(self, zh: str, en: str, values: dict[str, Any] | None = None) -> None:
        self.zh = zh
        self.en = en
        self.values = values or {}

    def with_(self, **values: Any) -> Text:
        return Text(self.zh, self.en, {**self.values, **values})

    def in_(self, language: str) -> str:
        pattern = self.zh if language == "zh" else self.en
        if not self.values:
            return pattern
        return pattern.format_map({k: _in(v, language) for k, v in self.values.items()})

    def __str__(self) -> str:
        return self.in_(language())

    def __repr__(self) -> str:
        return f"Text({self.zh!r}, {self.en!r})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Text):
            return (self.zh, self.en, self.values) == (other.zh, other.en, other.values)
        return str(self) == other

    def __hash__(self) -> int:
        return hash((self.zh, self.en))

    def __mod__(self, values: Any) -> str:
        return str(self) % values

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(str(self), name)

    def __len__(self) -> int:
        return len(str(self))

    def __html__(self) -> str:
        from_str: str = str(self)
        return from_str.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    def __deepcopy__(self, memo: Any) -> Text:
        return self  # never changed, so that a form's choices need not be made anew for each form

    def __reduce__(self) -> tuple[Any, ...]:
        return (Text, (self.zh, self.en, self.values))


def both(zh: str, en: str, **values: Any) -> Text:
    """The short way to write a Text."""
    return Text(zh, en, values)


def language() -> str:
    """The reader's language: "zh" or "en"."""
    return _reading.get() or _active()


@contextmanager
def one_reader() -> Iterator[None]:
    """The language does not change inside: a page asks for it hundreds of times, Django is asked once."""
    held = _reading.set(_active())
    try:
        yield
    finally:
        _reading.reset(held)


_reading: ContextVar[str] = ContextVar("reading", default="")


def _active() -> str:
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def _in(value: Any, language: str) -> Any:
    return value.in_(language) if isinstance(value, Text) else value
