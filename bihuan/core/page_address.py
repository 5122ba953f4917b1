"""Where a page is. A list writes a hundred addresses of one pattern, so each pattern is asked of Django once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import reverse

_PLACE = 7_000_000_001
"""A number no pattern holds: it marks where the row's own goes."""


def address(name: str, *places: Any) -> str:
    """The address of the page with this name; ``places`` are its rows' numbers or words, in order."""
    if any(type(one) is not int for one in places):
        return reverse(name, args=places)
    return _pattern(name, len(places)).format(*places)


@lru_cache(maxsize=1024)
def _pattern(name: str, count: int) -> str:
    marks = range(_PLACE, _PLACE + count)
    pattern = reverse(name, args=marks).replace("{", "{{").replace("}", "}}")
    for mark in marks:
        pattern = pattern.replace(str(mark), "{}")
    return pattern
