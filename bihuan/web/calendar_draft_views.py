"""The draft of a calendar's next version: edited, filled from a holiday file, previewed, published."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.deadlines import holiday_files
from bihuan.deadlines.calendar_forms import DayForm, HolidayFileForm, WeekForm, hours_as_typed
from bihuan.deadlines.calendar_preview import changes, effect
from bihuan.deadlines.calendar_versions import DAY_KINDS, CalendarVersion, WorkCalendar
from bihuan.deadlines.recalculation import recalculate_soon
from bihuan.web import calendar_year
from bihuan.web.access import Request, requires
from bihuan.web.calendar_views import requested_year, week, years
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.version_views import Answer, VersionViews


@requires("setup.edit")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, draft_or_404(pk))


def draft_or_404(pk: int) -> CalendarVersion:
    draft = CalendarVersion.objects.select_related("calendar").filter(calendar=pk, status="draft").first()
    if draft is None:
        raise Http404
    return draft


def page(request: Request, draft: CalendarVersion, **tried: Any) -> HttpResponse:
    """The whole page; ``tried`` holds a form that was refused, or a file that was not understood."""
    held, today = draft.calendar.current, clock.today()
    found = changes(held.data, draft.data, today)
    days = _dated(draft)
    number = requested_year(request) if "year" in request.GET or not found else found[-1].day.year
    context = {
        "calendar": draft.calendar,
        "draft": draft,
        "held": held,
        "changes": [one for one in found if not one.is_past],
        "past_changes": [one for one in found if one.is_past],
        "changed": len(found),
        "week_changes": draft.data["hours"] != held.data["hours"],
        "known_changes": draft.data["known_until"] != held.data["known_until"],
        "effect": effect(draft),
        "week": week(draft),
        "week_form": WeekForm(
            initial={"valid_from": max(draft.valid_from, today), **hours_as_typed(draft.data["hours"])}
        ),
        "day_form": DayForm(),
        "notice_form": HolidayFileForm(),
        "own_days": [one for one in days if one[1]["kind"] == "company"],
        "official_days": [one for one in days if one[1]["kind"] != "company"],
        "year": number,
        "years": years(draft, number),
        "months": calendar_year.year(draft, number, frozenset(one.day for one in found)),
        "legend": calendar_year.legend(),
        "kinds": {kind: name for kind, (_, name) in calendar_year.MARKS.items()},
        "notice": None,
    } | tried
    return render(request, "web/calendars/draft.html", context, status=422 if tried else 200)


def _dated(draft: CalendarVersion) -> list[tuple[date, Any, Text]]:
    """Days of their own from today on: date, entry, kind."""
    today = clock.today().isoformat()
    found = draft.data["overrides"].items()
    return [
        (date.fromisoformat(day), one, DAY_KINDS[one["kind"]])
        for day, one in sorted(found)
        if day >= today and isinstance(one, dict) and "kind" in one
    ]


@require_POST
@requires("setup.edit")
def set_week(request: Request, pk: int) -> HttpResponse:
    draft, form = draft_or_404(pk), WeekForm(request.POST)
    return _saved(request, draft, "week_form", form, lambda **v: draft.set_week(by=request.user, **v))


@require_POST
@requires("setup.edit")
def set_day(request: Request, pk: int) -> HttpResponse:
    draft, form = draft_or_404(pk), DayForm(request.POST)

    def verb(day: date, until: date | None, **_: Any) -> None:
        draft.set_day(by=request.user, day=day, until=until, entry=form.override(draft.data["hours"]))

    return _saved(request, draft, "day_form", form, verb)


@require_POST
@requires("setup.edit")
def clear_day(request: Request, pk: int, day: str) -> HttpResponse:
    try:
        draft_or_404(pk).clear_day(by=request.user, day=date.fromisoformat(day))
    except ValueError:
        raise Http404 from None
    return redirect_with_message(request, reverse("calendars:draft", args=[pk]))


@require_POST
@requires("setup.edit")
def import_holidays(request: Request, pk: int) -> HttpResponse:
    """A holiday file: all of it or, with every line that was not understood, nothing."""
    draft, form = draft_or_404(pk), HolidayFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, draft, notice_form=form)
    upload = form.cleaned_data["file"]
    holidays = holiday_files.read(upload.read())
    if holidays.errors:
        return page(request, draft, notice=(upload.name, holidays.errors))
    if not submit(form, lambda file: draft.import_holidays(by=request.user, holidays=holidays, file=file.name[:80])):
        return page(request, draft, notice_form=form)
    message = Text(
        "已读入 {n} 天。请核对下面的变化，再发布。", "{n} days read. Check the changes below, then publish.",
        n=len(holidays.days),
    )  # fmt: skip
    if holidays.skipped:
        names = "、".join(f"{title}" for _, title in holidays.skipped[:5])
        message = Text(
            "{message}没有写明休或班而未采用的日程 {n} 条：{names}", "{message} {n} events say neither off nor work and were left out: {names}",
            message=message, n=len(holidays.skipped), names=names,
        )  # fmt: skip
    return redirect_with_message(request, reverse("calendars:draft", args=[pk]), message)


VERSIONS = VersionViews(
    capability="setup.edit",
    find=draft_or_404,
    start=lambda user, pk: get_object_or_404(WorkCalendar, pk=pk).begin_draft(by=user),
    drafted=Answer(lambda draft: reverse("calendars:draft", args=[draft.calendar_id])),
    published=Answer(
        lambda draft: reverse("calendars:version", args=[draft.pk]),
        lambda draft: Text(
            "第 {n} 版已生效，进行中的时限正在重算。",
            "v{n} is in force; open deadlines are being derived anew.",
            n=draft.version_number,
        ),
    ),
    discarded=Answer(
        lambda draft: reverse("calendars:detail", args=[draft.calendar_id]),
        lambda draft: Text("草稿已放弃。", "Draft discarded."),
    ),
    after_publish=recalculate_soon.enqueue,
)
begin, publish, discard = VERSIONS.draft(), VERSIONS.publish(), VERSIONS.discard()


def _saved(request: Request, draft: CalendarVersion, name: str, form: Form, verb: Any) -> HttpResponse:
    if submit(form, verb):
        return redirect_with_message(
            request, reverse("calendars:draft", args=[draft.calendar_id]), Text("已保存到草稿。", "Saved in the draft.")
        )
    return page(request, draft, **{name: form})
