"""Pages of the customer's feedback item."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from bihuan.audit import attachments, timeline
from bihuan.cases.contact_access import is_assigned_to
from bihuan.cases.models import Case
from bihuan.core.compiled_query import CompiledQuery
from bihuan.core.text import Text
from bihuan.feedback import completeness, feedback_choices, personal_data
from bihuan.feedback.column_mapping import FIELD_NAMES
from bihuan.feedback.flow import FLOW
from bihuan.feedback.lists import LISTED_COLUMNS, UNUSED_COLUMNS, feedback_list
from bihuan.feedback.models import Feedback
from bihuan.web.access import Request, load, requires
from bihuan.web.label_panel import panel
from bihuan.web.tables import Listing


@requires("see.business")
def index(request: Request) -> HttpResponseBase:
    rows = Feedback.objects.visible_to(request.user)
    if "export" in request.GET:
        rows = rows.select_related("customer", "contact", "recorder", "labelled_by").defer(*UNUSED_COLUMNS)
    else:
        rows = rows.select_related("customer", "contact", "merged_into").only(*LISTED_COLUMNS)
    listing = Listing(request, rows, feedback_list(request.user))
    return listing.export() or render(request, "web/feedback/index.html", {"list": listing, "words": feedback_choices})


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, load(request, Feedback, pk=pk))


def page(request: Request, feedback: Feedback, status: int = 200, **forms: Any) -> HttpResponse:
    """The feedback item's page; ``forms`` are those that were refused, shown open with what was typed."""
    return render(
        request,
        "web/feedback/page.html",
        {
            "feedback": feedback,
            "texts": feedback.shown_to(request.user),
            "case": next(iter(_cases.fetch(feedback.pk)), None),
            "percent": completeness.percent(feedback),
            "missing": completeness.missing(feedback),
            "files": attachments.list_for(feedback),
            "personal": feedback.contact_id is None and any(one.contact for one in personal_data.found(feedback.text)),
            "assigned": feedback.contact is not None and is_assigned_to(request.user, feedback.contact),
            "moves": {m.name for m in FLOW.open_moves(feedback)},
            "written": _written(feedback),
            "timeline": timeline.entries([feedback.timeline]),
            "words": feedback_choices,
            **panel(request, feedback),
            **forms,
        },
        status=status,
    )


def _written(feedback: Feedback) -> list[tuple[Text, str]]:
    """Cells of the sheet it came by that were not understood, or read by a remembered word, as they stood."""
    kept = feedback.extra.get("unread", {}) | feedback.extra.get("written", {})
    return [(FIELD_NAMES[name], personal_data.hidden(cell)) for name, cell in kept.items() if name in FIELD_NAMES]


@CompiledQuery
def _cases(feedback: int) -> QuerySet[Case]:
    return Case.objects.filter(links__feedback=feedback).only("number", "title", "status")
