"""What the weekly report counts, and the addresses of the lists that show exactly those rows.

The lists filter by the same conditions (feedback/conditions.py, feedback/lists.py, web/case_views.py), so that a number and its list cannot differ.
"""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from bihuan.audit.models import Event
from bihuan.cases import events as case_events
from bihuan.core import clock

_KEYS = {"channel": "channel", "problem_type": "type", "product": "product_is", "scope": "scope", "urgency": "urgency", "sentiment": "sentiment"}  # fmt: skip


def archived_between(first: date, last: date) -> Q:
    """Cases archived from the first to the last day, both included."""
    events = Event.objects.filter(kind=case_events.ARCHIVED.key, at__gte=clock.midnight(first))
    events = events.filter(at__lt=clock.midnight(last + timedelta(days=1)))
    return Q(pk__in=events.values("subject_id"))


def archived(value: str) -> Q:
    """Cases archived within ``value`` ("2026-11-16..2026-11-22"); none for anything else."""
    try:
        first, last = (date.fromisoformat(part) for part in value.split(".."))
    except ValueError:
        return Q(pk__in=())
    return archived_between(first, last)


def feedback_items(first: date, last: date, team: int | None = None, **axes: str) -> str:
    """The address of the list of counted feedback items of these days with these labels ("" means: without one)."""
    asked = {"from": first.isoformat(), "to": last.isoformat(), "counted": "1"}
    asked |= {"team": str(team)} if team else {}
    for axis, code in axes.items():
        asked |= {_KEYS[axis]: code} if code else {"blank": axis}
    return f"{reverse('feedback:list')}?{urlencode(asked)}"


def cases(team: int | None = None, **asked: str) -> str:
    """The address of the list of cases that ``asked`` narrows."""
    return f"{reverse('cases:list')}?{urlencode({'view': 'all', **asked, **({'team': str(team)} if team else {})})}"
