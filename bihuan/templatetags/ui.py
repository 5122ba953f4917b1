"""Components a template can draw with values: badges, moments, percentages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from bihuan.core import clock
from bihuan.core.text import Text, language
from bihuan.people.models import User

register = template.Library()

_SPRITE = static("icons.svg")


@register.filter
def moment(value: datetime | None) -> str:
    """2026-11-22 14:05 in the company's zone; an empty value is a dash."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else "–"


@register.filter
def day(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.strftime("%Y-%m-%d") if value else "–"


@register.filter
def ago(value: datetime | None) -> str:
    """How long ago, in one unit."""
    if value is None:
        return "–"
    seconds = int((clock.now() - value).total_seconds())
    if seconds < 60:
        return str(Text("刚刚", "just now"))
    for size, zh, en in ((86400, "天前", "d ago"), (3600, "小时前", "h ago"), (60, "分钟前", "min ago")):
        if seconds >= size:
            return f"{seconds // size} {Text(zh, en)}"
    return ""


@register.filter
def yuan(value: Any) -> str:
    return f"¥{value:,.2f}" if value is not None else "–"


@register.filter
def figure(value: Any) -> str:
    """A decimal without idle zeros: 5.0000 → 5, 1234.50 → 1,234.5."""
    return f"{value.normalize():,f}" if value is not None else "–"


@register.filter
def goal_text(goal: Any) -> str:
    """A goal in figures, in the reader's language."""
    return str(goal.describe(language()))


@register.filter
def percent(value: float | None) -> str:
    return f"{value:.0%}" if value is not None else "–"


@register.filter
def named(code: str, names: dict[str, Any]) -> Any:
    """The name of a code in a picklist; an unknown code shows itself."""
    return names.get(code, code)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def can(user: Any, capability: str) -> bool:
    return isinstance(user, User) and user.can(capability)


@register.simple_tag
def url(name: str, *places: Any) -> str:
    """Django's tag for our addresses, fast enough for the lines of a list."""
    return reverse(name, args=places)


@register.simple_tag
def options(named: Iterable[tuple[Any, Any]], chosen: Any) -> SafeString:
    """The options of a select: a list page has a hundred, so they are not drawn one by one by the template."""
    return SafeString(
        "".join(
            f'<option value="{escape(str(code))}"{" selected" if code == chosen else ""}>{escape(str(name))}</option>'
            for code, name in named
        )
    )


@register.simple_tag
def badge(text: Any, tone: str = "secondary") -> SafeString:
    return _badge(str(text), tone) if text else SafeString("")


@lru_cache(maxsize=1024)
def _badge(text: str, tone: str) -> SafeString:
    return format_html('<span class="badge bg-{}-lt">{}</span>', tone, text)


@register.simple_tag
def due(row: Any) -> SafeString:
    """How the due time of a case, clock, task, follow-up call or evaluation stands: the words and the colour of deadlines/due_status.py."""
    status = row.due_status
    if not (opens := _derivation(row)):
        return format_html('<span class="badge bg-{}-lt due">{}</span>', status.tone, status.text)
    hint = Text("看怎样推算出来", "See how it came about")
    return format_html(
        '<a class="badge bg-{}-lt due" href="{}" title="{}">{}</a>', status.tone, opens, hint, status.text
    )


def _derivation(row: Any) -> str:
    """The page that tells how the row's due time came about; a task's date is somebody's word and has none."""
    noun = getattr(row, "NOUN", "")
    if noun == "deadline":
        return reverse("deadlines:detail", args=[row.pk])
    if noun == "case":
        return reverse("deadlines:next_of_case", args=[row.pk])
    milestone = {"followup": "followup", "evaluation": "evaluate"}.get(noun)
    return reverse("deadlines:of_case", args=[row.case_id, milestone]) if milestone else ""


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A line icon from our own sprite."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#i-{}"></use></svg>', _SPRITE, name)


@register.simple_tag
def data(value: Any, element_id: str) -> SafeString:
    """Values for a script, as an inert JSON element."""
    return json_script(json.loads(json.dumps(value, default=str)), element_id)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present address's query with some parameters changed; None or "" removes one."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = value
    if "page" not in changes:
        params.pop("page", None)
    return "?" + params.urlencode()
