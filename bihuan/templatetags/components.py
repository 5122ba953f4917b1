"""Blocks that many pages share, drawn with values. A title is given in both languages, as for ``t``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from bihuan.core.text import Text

register = template.Library()

SEPARATORS = {",": Text("、", ", "), ";": Text("；", "; ")}


@register.simple_block_tag
def card(
    content: SafeString, zh: str = "", en: str = "", *, id: str = "", classes: str = "", **values: Any
) -> SafeString:
    """A section of a page, perhaps with a title: ``{% card "时限" "Deadlines" id="deadlines" %}…{% endcard %}``."""
    title = format_html("<h2>{}</h2>", Text(zh, en).format(**values)) if zh else ""
    anchor = format_html(' id="{}"', id) if id else ""
    classes = f"card {classes}" if classes else "card"
    opening = format_html('<section class="{}"{}><div class="card-body">{}', classes, anchor, title)
    return SafeString(f"{opening}{content}</div></section>")


@register.simple_tag
def loop_stage(number: int, name: Any, mark: str) -> SafeString:
    """A stage of the loop in the bar above a case; ``mark`` is done, now or nothing."""
    state = {"done": ' class="is-done"', "now": ' class="is-now" aria-current="step"'}.get(mark, "")
    shown = "✓" if mark == "done" else number
    return SafeString(f'<li{state}><span class="dot">{shown}</span>{conditional_escape(name)}</li>')


@register.simple_tag
def quotation(text: Any, *, long: bool = False) -> SafeString:
    """A verbatim text with its line breaks. A long one scrolls, so the keyboard can reach it."""
    if long:
        return format_html('<blockquote class="verbatim verbatim-long" tabindex="0">{}</blockquote>', text)
    return format_html('<blockquote class="verbatim">{}</blockquote>', text)


@register.simple_tag
def cell_field(field: BoundField) -> SafeString:
    """A form field in a cell of a table: the label is for screen readers, the errors stand below."""
    label = format_html('<label class="visually-hidden" for="{}">{}</label>', field.id_for_label, field.label)
    errors = format_html_join(
        "", '<div class="field-error" role="alert">{}</div>', ((error,) for error in field.errors)
    )
    return SafeString(f"{label}{field}{errors}")


@register.filter
def listed(values: Iterable[Any], separator: str = ",") -> SafeString:
    """The values as one text, with the comma (or semicolon) of the reader's language between them."""
    return SafeString(str(SEPARATORS[separator]).join(conditional_escape(str(value)) for value in values))


@register.filter
def named_each(codes: Iterable[str], names: dict[str, Any]) -> list[Any]:
    """The names of codes in a dictionary; an unknown code shows itself."""
    return [names.get(code, code) for code in codes]


@register.filter
def marked(parts: Iterable[tuple[str, bool]], element: str) -> SafeString:
    """Pieces of a text, those that are meant put into an element: mark (found), ins or del (changed)."""
    opening, closing = f"<{element}>", f"</{element}>"
    return SafeString(
        "".join(
            f"{opening}{conditional_escape(text)}{closing}" if meant else conditional_escape(text)
            for text, meant in parts
        )
    )
