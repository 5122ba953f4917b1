"""Who may open a page. Every view states the permission it requires; one that states none stays closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from bihuan.people.models import User


class Request(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]
PUBLIC, SIGNED_IN = "public", "signed-in"

# Views of libraries, which state no permission of their own.
LIBRARY_PERMISSIONS = {"django.views.i18n.set_language": PUBLIC}


def requires(capability: str) -> Callable[[View], View]:
    """The view is for people with this capability (people/permissions.py)."""
    return _marked(capability)


def signed_in(view: View) -> View:
    """The view is for everybody with an account."""
    return _marked(SIGNED_IN)(view)


def public(view: View) -> View:
    """The view is for anybody; it must find its row by a signed or secret token."""
    return _marked(PUBLIC)(view)


def permission_of(view: Any) -> str | None:
    """The capability a view requires, PUBLIC, SIGNED_IN, or None where it states nothing."""
    return getattr(view, "permission", None) or LIBRARY_PERMISSIONS.get(
        f"{view.__module__}.{getattr(view, '__name__', '')}"
    )


def load(request: Request, model: type[models.Model], **which: Any) -> Any:
    """The row this person may see; a 404 for anything else."""
    rows = model.objects.visible_to(request.user)  # type: ignore[attr-defined]
    if shown_with := getattr(model, "SHOWN_WITH", ()):
        rows = rows.select_related(*shown_with)
    found = list(rows.filter(**which)[:1])
    if not found:
        raise Http404
    return found[0]


class ClosedByDefault:
    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Request, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        permission = permission_of(view)
        if permission == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if permission is None or (permission != SIGNED_IN and not request.user.can(permission)):
            raise PermissionDenied
        return None


def _marked(permission: str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark
