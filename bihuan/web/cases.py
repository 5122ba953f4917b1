"""Pages of the case."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from bihuan.cases.flow import CLOSED
from bihuan.cases.models import Case
from bihuan.core.text import both
from bihuan.ledger import trail
from bihuan.web.case_frame import frame
from bihuan.web.doors import Request, load, needs
from bihuan.web.tables import ALL, Listing, View, Words

SORTS = {"new": (both("最新", "Newest"), ("-id",))}
VIEWS = (View("open", both("进行中", "Open"), ~Q(status__in=CLOSED)), ALL)


@needs("see.business")
def index(request: Request) -> HttpResponse:
    rows = Case.objects.visible_to(request.user).select_related("customer", "owner")
    words = Words("q", both("编号、标题", "Number, title"), ("number", "title"))
    return render(
        request, "web/cases/index.html", {"list": Listing(request, rows, views=VIEWS, filters=(words,), sorts=SORTS)}
    )


@needs("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    return render(
        request,
        "web/cases/page.html",
        frame(case, request.user, "case_show") | {"timeline": trail.entries([case.trail])},
    )
