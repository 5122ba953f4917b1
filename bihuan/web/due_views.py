"""What comes due next and why: every open deadline in one list, with the acts that help."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases.deadline_lists import due_list, due_rows, open_pause, working_time_left
from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import previous_page, redirect_with_message
from bihuan.web.tables import Listing


@requires("see.business")
def index(request: Request) -> HttpResponseBase:
    """Sorted by due time; each with owner, milestone, working time left, why, and remind or reassign beside it."""
    listing = Listing(request, due_rows(request.user), due_list(request.user))
    if (file := listing.export()) is not None:
        return file
    page = listing.page
    lines = [
        {"deadline": row, "left": working_time_left(row), "pause": open_pause(row) if row.is_paused else None}
        for row in page
    ]
    return render(request, "web/due/index.html", {"list": listing, "page": page, "lines": lines})


@require_POST
@requires("case.assign")
def remind(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    event = case.remind(by=request.user, note=request.POST.get("note", ""))
    message = Text("已催办 {who}。", "{who} is reminded.", who=case.owner)
    if event is None:
        message = Text("一小时内已经催过 {who}。", "{who} was reminded within the hour.", who=case.owner)
    return redirect_with_message(request, previous_page(request, reverse("deadlines:due")), message)
