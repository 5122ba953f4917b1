"""Pages anybody may open. Each must find its row by a secret word in the address."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Mark a view as open to anybody (bihuan/web/access.py closes every view without a mark)."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view
