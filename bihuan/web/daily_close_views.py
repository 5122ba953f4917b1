"""The daily close: the day's numbers of the team, each leading to its rows, and the supervisor's signature."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.feedback.models.daily_close import PARTS, DailyClose, count, last_days, rows_of_day, rows_of_team
from bihuan.feedback.triage_forms import SignForm
from bihuan.people.models import Team
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message, submit


@requires("daily.close")
def today(request: Request) -> HttpResponse:
    return page(request, _day(request.GET.get("day", "")), _team(request))


@requires("daily.close")
def close(request: Request, day: str) -> HttpResponse:
    """GET: that day. POST: sign it."""
    when, team = _day(day), _team(request)
    if request.method != "POST":
        return page(request, when, team)
    form = SignForm(request.POST)
    if submit(form, lambda comment: DailyClose.sign(by=request.user, day=when, team=team, comment=comment)):
        return redirect_with_message(request, _address(when, team), Text("已签署。", "Signed."))
    return page(request, when, team, form)


@requires("daily.close")
def rows(request: Request, day: str, part: str) -> HttpResponse:
    """The feedback items one number of the page counts."""
    if part not in PARTS:
        raise Http404
    when, team = _day(day), _team(request)
    found = (
        rows_of_day(rows_of_team(team), when, part)
        .select_related("customer", "merged_into")
        .order_by("received_at", "id")
    )
    context = {
        "day": when,
        "team": team,
        "part": PARTS[part][0],
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "back": _address(when, team),
    }
    return render(request, "web/daily_close/rows.html", context)


def page(request: Request, day: date, team: Team | None, form: SignForm | None = None) -> HttpResponse:
    counts = count(rows_of_team(team), day)
    earlier = rows_of_team(team).untriaged().filter(received_at__lt=clock.midnight(day)).count()
    days = last_days(team, clock.today())
    context = {
        "day": day,
        "team": team,
        "which": "" if team else "none",
        "tiles": [(part, name, counts[part]) for part, (name, _) in PARTS.items()],
        "counts": counts,
        "earlier": earlier,
        "signed": DailyClose.objects.filter(day=day, team=team).select_related("by").first(),
        "form": form or SignForm(),
        "days": days,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < clock.today() else None,
    }
    return render(request, "web/daily_close/page.html", context, status=422 if form else 200)


def _team(request: Request) -> Team | None:
    """One's own team, or the pool of no team where the address says so."""
    return None if request.GET.get("team") == "none" else request.user.team


def _address(day: date, team: Team | None) -> str:
    return reverse("daily_close:day", args=[day.isoformat()]) + ("" if team else "?team=none")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError:
        raise Http404 from None
