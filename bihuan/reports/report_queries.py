"""What the weekly report counts, and the addresses of the lists that show exactly those rows.

The lists filter by the same conditions (feedback/conditions.py, feedback/lists.py, cases/lists.py), so that a number and its list cannot differ.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

_KEYS = {"channel": "channel", "problem_type": "type", "product": "product_is", "scope": "scope", "urgency": "urgency", "sentiment": "sentiment"}  # fmt: skip


def feedback_items(first: date, last: date, team: int | None = None, **axes: str) -> str:
    """The address of the list of counted feedback items of these days with these labels ("" means: without one)."""
    query = {"from": first.isoformat(), "to": last.isoformat(), "counted": "1"}
    query |= {"team": str(team)} if team else {}
    for axis, code in axes.items():
        query |= {_KEYS[axis]: code} if code else {"blank": axis}
    return f"{reverse('feedback:list')}?{urlencode(query)}"


def cases(team: int | None = None, **query: str) -> str:
    """The address of the list of cases that ``query`` narrows."""
    return f"{reverse('cases:list')}?{urlencode({'view': 'all', **query, **({'team': str(team)} if team else {})})}"
