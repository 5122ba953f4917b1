"""Both languages at the place of use: ``{% t "新建反馈" "New feedback" %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from bihuan.core.text import Text

register = template.Library()


@register.simple_tag
def t(zh: str, en: str, **values: Any) -> SafeString:
    """The sentence in the reader's language; ``{name}`` places are filled and escaped."""
    return conditional_escape(str(Text(zh, en, values)))
