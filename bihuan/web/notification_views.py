"""A person's notifications, newest first, each leading to what it is about."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit.models import Event
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.text import Text, language
from bihuan.deadlines.models import Deadline
from bihuan.notifications.lists import NOTIFICATIONS
from bihuan.notifications.models import Digest, Notification
from bihuan.web.access import Request, load, signed_in
from bihuan.web.responses import redirect_with_message
from bihuan.web.tables import Listing

PLACES = {
    "task": "tasks:detail", "case": "cases:detail", "feedback": "feedback:detail", "article": "articles:detail",
    "import": "imports:detail", "report": "reports:issue",
}  # fmt: skip
"""Where an event's subject, else its timeline, is to be seen."""


@signed_in
def index(request: Request) -> HttpResponse:
    request.user.set_language(language())
    rows = Notification.objects.visible_to(request.user).select_related("event__actor")
    listing = Listing(request, rows, NOTIFICATIONS)
    page = listing.page
    digest = Digest.objects.filter(user=request.user, day=clock.today()).first()
    context = {"list": listing, "page": page, "lines": lines(request, list(page)), "digest": digest}
    return render(request, "web/notifications/index.html", context | {"language": language()})


def lines(request: Request, notices: list[Notification]) -> list[dict[str, Any]]:
    """Each notification with its case, as far as its reader may see it, and the present state of the deadline it names."""
    timelines = [n.event.timeline.partition("/") for n in notices]
    keys = {int(pk) for noun, _, pk in timelines if noun == "case"}
    cases = Case.objects.visible_to(request.user).in_bulk(keys) if keys else {}
    deadlines = (
        Deadline.objects.filter(case__in=cases)
        .select_related("case", "external_request__rule")
        .prefetch_related("case__pauses")
    )
    limits = deadlines.in_bulk({n.event.subject_id for n in notices if n.event.subject_kind == "deadline"})
    found = []
    for notice, (noun, _, pk) in zip(notices, timelines, strict=True):
        case = cases.get(int(pk)) if noun == "case" else None
        limit = limits.get(notice.event.subject_id) if notice.event.subject_kind == "deadline" else None
        next_one = case if case and case.next_due and notice.event.subject_kind == "case" else None
        found.append({"notice": notice, "case": case, "limit": limit, "next": next_one})
    return found


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """Mark it read and go to its matter."""
    notice = load(request, Notification, pk=pk)
    Notification.objects.filter(pk=notice.pk).mark_read(request.user)
    return redirect(address(notice.event))


@require_POST
@signed_in
def read(request: Request) -> HttpResponse:
    """Mark one (``notice``) or all of one's notices as read."""
    rows, key = Notification.objects.visible_to(request.user), request.POST.get("notice", "")
    count = (rows.filter(pk=int(key)) if key.isdecimal() else rows).mark_read(request.user)
    return redirect_with_message(
        request, "notifications:list", Text("已标为已读：{n} 条。", "Marked as read: {n}.", n=count)
    )


def address(event: Event) -> str:
    noun, _, pk = event.timeline.partition("/")
    if event.subject_kind in PLACES:
        noun, pk = event.subject_kind, str(event.subject_id)
    return reverse(PLACES[noun], args=[int(pk)]) if noun in PLACES else reverse("notifications:list")
