"""HTML from calls: text is escaped wherever it enters, so a customer's words can never become markup."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable

from bihuan.core.text import Text

KEPT = "\n\t\u200d"  # the joiner holds emoji together
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class Html(str):
    """Markup that is finished; any other string is text."""


def visible(text: str) -> str:
    """Text without control characters and direction overrides, which could make it read as something else."""
    if text.isprintable():
        return text
    return "".join(
        char if char in KEPT or unicodedata.category(char) not in ("Cc", "Cf", "Cs") else " " for char in text
    )


def escaped(child: object) -> str:
    return child if isinstance(child, Html) else html.escape(visible(str(child)))


def tag(name: str, *children: object, **attributes: object) -> Html:
    """One element; `cls` is class, `_` in a name is `-`, and None leaves an attribute out."""
    shown = "".join(
        f' {"class" if key == "cls" else key.replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{shown}>{''.join(map(escaped, children))}</{name}>")


def join(parts: Iterable[object], between: str = "") -> Html:
    return Html(between.join(map(escaped, parts)))


class Translate:
    """The language of a report."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, zh: str | Text, en: str = "") -> str:
        """The sentence in this language, of a pair or of a Text."""
        pair = zh if isinstance(zh, Text) else Text(zh, en)
        return pair.to(self.lang)


def document(t: Translate, title: str, style: str, body: Html) -> str:
    """A whole page that may load nothing and run nothing."""
    head = [
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">'),
        tag("title", title),
        Html(f"<style>{style}</style>"),
    ]
    lang = "zh-CN" if t.lang == "zh" else "en"
    return f"<!doctype html>\n{tag('html', tag('head', *head), tag('body', body), lang=lang)}\n"
