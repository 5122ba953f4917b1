"""The first page after signing in, and the pages for when there is nothing to show."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.web.access import Request, public, requires, signed_in
from bihuan.web.dashboard import acts, dashboard_cards


@signed_in
def home(request: Request) -> HttpResponse:
    return render(request, "web/home/page.html", {"cards": dashboard_cards(request.user), "acts": acts(request.user)})


@requires("setup.edit")
def patterns(request: HttpRequest) -> HttpResponse:
    """Every component on one page."""
    return render(request, "web/home/patterns.html")


@public
def healthz(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def no_permission(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)
