"""Both languages at the place of use: ``{% t "新建反馈" "New feedback" %}``.

A page says a hundred sentences, so the plain ones are escaped when the template is compiled and only picked when drawn.
``{% t "…" "…" n=count %}`` fills ``{n}`` places; ``{% t "…" "…" as name %}`` keeps the sentence for later.
"""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.html import conditional_escape

from bihuan.core.text import Text, language

register = template.Library()


class TranslateNode(template.Node):
    def __init__(self, zh: str, en: str, values: dict[str, FilterExpression], name: str) -> None:
        self.text, self.values, self.name = Text(zh, en), values, name
        self.plain = {"zh": conditional_escape(zh), "en": conditional_escape(en)}

    def render(self, context: Context) -> str:
        shown = self.plain[language()]
        if self.values:
            shown = conditional_escape(str(self.text.format(**{k: v.resolve(context) for k, v in self.values.items()})))
        if self.name:
            context[self.name] = shown
            return ""
        return shown


@register.tag
def t(parser: Parser, token: Token) -> TranslateNode:
    """The sentence in the reader's language."""
    bits = token.split_contents()[1:]
    name = bits[-1] if len(bits) > 3 and bits[-2] == "as" else ""
    bits = bits[:-2] if name else bits
    if len(bits) < 2 or any(b[0] not in "\"'" or b[-1] != b[0] for b in bits[:2]):
        raise template.TemplateSyntaxError('{% t %} takes two quoted sentences: {% t "中文" "English" %}')
    rest = bits[2:]
    values = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError(f"{{% t %}} does not understand {rest}")
    return TranslateNode(bits[0][1:-1], bits[1][1:-1], values, name)
