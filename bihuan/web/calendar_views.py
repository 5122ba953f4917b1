"""Working calendars: which there are, one as a year, its versions and what each of them moved."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.audit.models import Event
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.calendar_forms import WEEKDAY_NAMES, CalendarForm, TeamsForm
from bihuan.deadlines.calendar_versions import CalendarVersion, WorkCalendar
from bihuan.deadlines.recalculation import outdated_deadlines
from bihuan.web import calendar_year
from bihuan.web.access import Request, requires, signed_in
from bihuan.web.responses import redirect_with_message, submit

SHOWN = 200


@signed_in
def index(request: Request) -> HttpResponse:
    """All calendars, for everybody: hours are no secret. A POST makes another one."""
    CalendarVersion.objects.in_force()
    first = WorkCalendar.objects.filter(company=True).first()
    makes = request.method == "POST" and request.user.can("setup.edit")
    form = CalendarForm(request.POST if makes else None, initial={"source": first, "zone": "Asia/Shanghai"})
    if makes:
        made: list[WorkCalendar] = []
        if submit(form, lambda **v: made.append(WorkCalendar.create_copy(by=request.user, **v))):
            return redirect_with_message(
                request, reverse("calendars:detail", args=[made[0].pk]), Text("已新建日历。", "Calendar made.")
            )
    rows = WorkCalendar.objects.order_by("-company", "id").prefetch_related("teams", "versions")
    shown = [(one, *_current_and_draft(one)) for one in rows]
    context = {"calendars": shown, "form": form, "today": clock.today()}
    return render(request, "web/calendars/index.html", context, status=422 if form.errors else 200)


def _current_and_draft(calendar: WorkCalendar) -> tuple[CalendarVersion, CalendarVersion | None]:
    held = {one.status: one for one in calendar.versions.all()}
    return held["current"], held.get("draft")


@signed_in
def show(request: Request, pk: int) -> HttpResponse:
    """The version in force."""
    calendar = get_object_or_404(WorkCalendar, pk=pk)
    return page(request, calendar.current)


@signed_in
def version(request: Request, pk: int) -> HttpResponse:
    """Any version, also a replaced one: a deadline of then was derived by it."""
    return page(request, get_object_or_404(CalendarVersion.objects.select_related("calendar"), pk=pk))


def page(request: Request, version: CalendarVersion, teams_form: TeamsForm | None = None) -> HttpResponse:
    calendar, number = version.calendar, requested_year(request)
    moved = Event.objects.filter(kind__in=("deadline.recalculated", "deadline.confirmed"), details__version=version.pk)
    if version.published_at:
        moved = moved.filter(at__gte=version.published_at)
    context = {
        "calendar": calendar,
        "version": version,
        "year": number,
        "years": years(version, number),
        "months": calendar_year.year(version, number),
        "legend": calendar_year.legend(),
        "week": week(version),
        "earlier": version.data.get("earlier", []),
        "versions": calendar.versions.exclude(status="discarded").order_by("-version_number"),
        "draft": calendar.draft,
        "moved": [timeline.entry(event) for event in moved.select_related("actor").order_by("-id")[:SHOWN]],
        "left": outdated_deadlines().filter(calendar_version__calendar=calendar).count(),
        "teams_form": teams_form or TeamsForm(initial={"teams": calendar.teams.all()}),
        "timeline": timeline.entries([calendar.timeline]),
    }
    return render(request, "web/calendars/page.html", context, status=422 if teams_form else 200)


def requested_year(request: Request) -> int:
    year = request.GET.get("year", "")
    return int(year) if year.isdecimal() and 2000 <= int(year) <= 2100 else clock.today().year


def years(version: CalendarVersion, number: int) -> list[int]:
    """The years to choose from: last year to the one after the last that is known."""
    last = max(version.known_until.year + 1, clock.today().year + 1, number)
    return list(range(min(clock.today().year - 1, number), last + 1))


def week(version: CalendarVersion) -> list[tuple[Any, str]]:
    """Each weekday with its hours in force now."""
    return [
        (WEEKDAY_NAMES[key], calendar_year.hours(spans))
        for key, spans in zip(WEEKDAY_NAMES, version.value.weekly, strict=True)
    ]


@require_POST
@requires("setup.edit")
def teams(request: Request, pk: int) -> HttpResponse:
    calendar = get_object_or_404(WorkCalendar, pk=pk)
    form = TeamsForm(request.POST)
    if submit(form, lambda **v: calendar.assign_teams(by=request.user, **v)):
        message = Text("已保存，从现在起新开始的时限按它计算。", "Saved; deadlines that start from now on follow it.")
        return redirect_with_message(request, reverse("calendars:detail", args=[pk]), message)
    return page(request, calendar.current, form)
