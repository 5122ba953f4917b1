"""The remembered words of sheets: the value each is read as, who mapped it, and forgetting it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.audit import timeline
from bihuan.core.text import Text
from bihuan.feedback.lists import VALUE_MAPPINGS
from bihuan.feedback.models import ValueMapping
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import redirect_with_message
from bihuan.web.tables import Listing


@requires("feedback.import")
def index(request: Request) -> HttpResponse:
    rows = ValueMapping.objects.visible_to(request.user).filter(remembered=True).select_related("by")
    context = {
        "list": Listing(request, rows, VALUE_MAPPINGS),
        "timeline": timeline.entries(["imports/mappings"], 50),
    }
    return render(request, "web/imports/value_mappings.html", context)


@requires("feedback.import")
def removal(request: Request, pk: int) -> HttpResponse:
    mapping = load(request, ValueMapping, pk=pk)
    if request.method == "POST":
        mapping.forget(by=request.user.actor)
    return redirect_with_message(
        request,
        "imports:value_mappings",
        Text("已忘记。以后的表格遇到它会再问。", "Forgotten; sheets to come ask again."),
    )
