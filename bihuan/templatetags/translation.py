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


class Said(template.Node):
    def __init__(self, zh: str, en: str, values: dict[str, FilterExpression], name: str) -> None:
        self.zh, self.en, self.values, self.name = zh, en, values, name
        self.plain = {"zh": conditional_escape(zh), "en": conditional_escape(en)}

    def render(self, context: Context) -> str:
        said = self.plain[language()]
        if self.values:
            filled = {k: v.resolve(context) for k, v in self.values.items()}
            said = conditional_escape(str(Text(self.zh, self.en, filled)))
        if self.name:
            context[self.name] = said
            return ""
        return said


@register.tag
def t(parser: Parser, token: Token) -> Said:
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
    return Said(bits[0][1:-1], bits[1][1:-1], values, name)
