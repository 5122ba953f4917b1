"""Pages of reports: the week as it stands now, and reports issued."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.people.models import Team
from bihuan.reports import summary_drafts
from bihuan.reports.deadline_report import limits_report
from bihuan.reports.forms import IssueForm
from bihuan.reports.models import ReportIssue
from bihuan.reports.report_document import Document
from bihuan.reports.weekly_report import Week, weekly
from bihuan.reports.writers.excel_writer import workbook
from bihuan.reports.writers.html_writer import page
from bihuan.web.access import Request, load, requires
from bihuan.web.draft_panel import chosen, draft_context
from bihuan.web.responses import redirect_with_message

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("report.see")
def index(request: Request) -> HttpResponse:
    issued = (
        ReportIssue.objects.visible_to(request.user).select_related("author", "team").order_by("-first", "-id")[:100]
    )
    this = Week.named(_name(0))
    return render(
        request,
        "web/reports/index.html",
        {"issued": issued, "weeks": [Week.named(_name(n)) for n in range(8)], "this": this},
    )


@requires("report.see")
def week(request: Request) -> HttpResponse:
    shown, team = requested_week(request)
    document = weekly(request.user, shown, team)
    if request.GET.get("export") == "xlsx":
        request.user.log_export("weekly", document.figures[0].value, shown.name)
        return _file(document, f"weekly-{shown.name}.xlsx")
    draft = draft_context(
        "summary",
        summary_drafts.about(shown, team, request.user),
        ask=reverse("drafts:summary"),
        drop=reverse("drafts:discard_summary"),
        use=f"{reverse('reports:weekly')}?week={shown.name}{f'&team={team.pk}' if team else ''}#issue",
        shown=request.user.can("report.sign"),
    )
    taken = chosen(request, draft["draft"])
    context = draft | {
        "document": page(document),
        "week": shown,
        "team": team,
        "teams": Team.objects.order_by("pk") if request.user.can("see.all") else [],
        "before": shown.earlier().name,
        "after": Week.named(_after(shown)).name if shown.full and shown.last < clock.today() else "",
        "now": _name(0),
        "form": IssueForm(initial={**taken.content, "draft": taken.pk} if taken else None),
    }
    return render(request, "web/reports/weekly.html", context)


@requires("report.see")
def limits(request: Request) -> HttpResponse:
    """Time limits kept and missed, and who paused: of the last week, month or quarter."""
    requested = request.GET.get("days", "")
    days = int(requested) if requested in {"7", "30", "90"} else 30
    document = limits_report(request.user, days)
    if request.GET.get("export") == "xlsx":
        request.user.log_export("limits", document.figures[0].value, f"days={days}")
        return _file(document, f"limits-{clock.today():%Y%m%d}.xlsx")
    return render(request, "web/reports/limits.html", {"document": page(document), "days": days, "spans": (7, 30, 90)})


@require_POST
@requires("report.sign")
def issues(request: Request) -> HttpResponse:
    """Freeze the week as it is now."""
    shown, team = requested_week(request)
    form = IssueForm(request.POST)
    form.is_valid()
    issue = summary_drafts.freeze(weekly(request.user, shown, team), shown, team, by=request.user, **form.cleaned_data)
    return redirect_with_message(
        request,
        reverse("reports:issue", args=[issue.pk]),
        Text("已定稿，数字不再变化。", "Frozen; its figures no longer change."),
    )


@requires("report.see")
def issue(request: Request, pk: int) -> HttpResponse:
    one = load(request, ReportIssue, pk=pk)
    document = Document.from_data(one.document)
    if request.GET.get("export") == "xlsx":
        request.user.log_export("weekly", document.figures[0].value, one.week)
        return _file(document, f"weekly-{one.week}-{one.pk}.xlsx")
    context = {"issue": one, "document": page(document), "timeline": timeline.entries([one.timeline])}
    return render(request, "web/reports/issue.html", context)


@require_POST
@requires("report.sign")
def review(request: Request, pk: int) -> HttpResponse:
    load(request, ReportIssue, pk=pk).review(by=request.user)
    return redirect_with_message(request, reverse("reports:issue", args=[pk]), Text("已审核。", "Reviewed."))


@require_POST
@requires("report.sign")
def publication(request: Request, pk: int) -> HttpResponse:
    load(request, ReportIssue, pk=pk).publish(by=request.user)
    return redirect_with_message(request, reverse("reports:issue", args=[pk]), Text("已签发。", "Published."))


def requested_week(request: Request) -> tuple[Week, Team | None]:
    """The week and the team of a request."""
    data: Any = request.POST if request.method == "POST" else request.GET
    key = data.get("team", "")
    team = Team.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 9 else None
    return Week.named(data.get("week", "")), team


def _name(back: int) -> str:
    """The name of the week so many weeks ago."""
    year, number, _ = (clock.today() - timedelta(weeks=back)).isocalendar()
    return f"{year}-W{number:02d}"


def _after(week: Week) -> str:
    year, number, _ = (week.first + timedelta(weeks=1)).isocalendar()
    return f"{year}-W{number:02d}"


def _file(document: Document, name: str) -> HttpResponse:
    answer = HttpResponse(workbook(document), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
