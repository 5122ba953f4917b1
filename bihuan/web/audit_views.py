"""The audit log as the auditor reads it: who did what, when, to what; and whether nothing was changed since.

Rows of the log only, with personal numbers masked: nothing here opens a case, a feedback item or a contact.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from bihuan.audit.lists import NOUNS, event_list
from bihuan.audit.models import Event, Seal
from bihuan.audit.verification import check_chains
from bihuan.feedback.personal_data import hidden
from bihuan.web.access import Request, requires
from bihuan.web.tables import Listing

NEWEST = 200


@requires("audit.read")
def index(request: Request) -> HttpResponseBase:
    rows = Event.objects.visible_to(request.user).select_related("actor")
    found = Listing(request, rows, event_list(hidden))
    context = {"list": found, "nouns": NOUNS, "sealed": Seal.objects.order_by("-id").only("at", "hash").first()}
    return found.export() or render(request, "web/audit/index.html", context)


@requires("audit.read")
def chain(request: Request, noun: str, pk: int) -> HttpResponse:
    """All that was done to one subject, and whether each event is as it was written."""
    rows = Event.objects.visible_to(request.user).filter(subject_kind=noun, subject_id=pk)
    links = list(check_chains(rows.select_related("actor").order_by("seq")))
    if not links:
        raise Http404
    context: dict[str, Any] = {
        "last": links[-1][0],
        "noun": NOUNS.get(noun, noun),
        "links": links[: -NEWEST - 1 : -1],
        "count": len(links),
        "wrong": sum(bool(faults) for _, faults in links),
    }
    return render(request, "web/audit/chain.html", context)
