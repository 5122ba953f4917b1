"""The weekly review: disputes first, then what was sorted in the week; decided together."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.feedback import feedback_choices
from bihuan.feedback.models import Dispute, Feedback, ReviewMeeting
from bihuan.feedback.models.review_meeting import week_of
from bihuan.feedback.triage_forms import MeetingForm, RulingForm
from bihuan.web.access import Request, requires
from bihuan.web.responses import redirect_with_message, submit


@requires("feedback.rule")
def index(request: Request) -> HttpResponse:
    return page(request)


@require_POST
@requires("feedback.rule")
def meetings(request: Request) -> HttpResponse:
    form = MeetingForm(request.POST)
    if submit(form, lambda people: ReviewMeeting.hold(by=request.user, people=list(people))):
        return redirect_with_message(request, "label_review:detail", Text("评审会已登记。", "The meeting is entered."))
    return page(request, meeting_form=form)


@require_POST
@requires("feedback.rule")
def ruling(request: Request, pk: int) -> HttpResponse:
    dispute = get_object_or_404(_disputes(request), pk=pk)
    form = RulingForm(request.POST, prefix=f"d{pk}")
    meeting = ReviewMeeting.objects.filter(day=clock.today()).first()
    if submit(
        form, lambda ruling, **labels: dispute.rule(by=request.user, meeting=meeting, ruling=ruling, labels=labels)
    ):
        return redirect_with_message(
            request, "label_review:detail", Text("{n} 已判定。", "{n} is ruled on.", n=dispute.feedback.number)
        )
    return page(request, bad=(pk, form))


def page(
    request: Request, meeting_form: MeetingForm | None = None, bad: tuple[int, RulingForm] | None = None
) -> HttpResponse:
    day = _day(request.GET.get("week", ""))
    start, end = week_of(day)
    meeting = ReviewMeeting.objects.filter(day=clock.today()).prefetch_related("people").first()
    disputes = _disputes(request).filter(ruled_at=None).order_by("at")
    context = {
        "monday": start.date(),
        "sunday": (end - timedelta(days=1)).date(),
        "before": (start - timedelta(days=7)).date(),
        "after": end.date() if end.date() <= clock.today() else None,
        "meeting": meeting,
        "meeting_form": meeting_form or MeetingForm(initial={"people": [request.user.pk]}),
        "disputes": [
            (one, one.feedback.shown_to(request.user), bad[1] if bad and bad[0] == one.pk else _form(one))
            for one in disputes
        ],
        "page": Paginator(_sorted(request, start, end), 30).get_page(request.GET.get("page")),
        "ruled": _disputes(request).filter(ruled_at__gte=start, ruled_at__lt=end).order_by("-ruled_at")[:30],
        "types": feedback_choices.PROBLEM_TYPES,
        "scopes": feedback_choices.SCOPES,
        "urgencies": feedback_choices.URGENCIES,
        "tones": feedback_choices.TONES,
    }
    return render(request, "web/label_review/page.html", context, status=422 if meeting_form or bad else 200)


def _disputes(request: Request) -> QuerySet[Dispute]:
    seen = Feedback.objects.visible_to(request.user).values("pk")
    return Dispute.objects.filter(feedback__in=seen).select_related(
        "feedback__customer", "feedback__contact", "by", "ruled_by", "meeting"
    )


def _sorted(request: Request, start: datetime, end: datetime) -> QuerySet[Feedback]:
    rows = Feedback.objects.visible_to(request.user).filter(labelled_at__gte=start, labelled_at__lt=end)
    return rows.exclude(status="disputed").select_related("customer", "labelled_by").order_by("-labelled_at", "-id")


def _form(dispute: Dispute) -> RulingForm:
    feedback = dispute.feedback
    guess = {axis: feedback.suggested.get(axis, {}).get("code") for axis in ("problem_type", "urgency")}
    first = {axis: getattr(feedback, axis) or guess.get(axis) for axis in ("problem_type", "scope", "urgency")}
    return RulingForm(prefix=f"d{dispute.pk}", initial=first)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
