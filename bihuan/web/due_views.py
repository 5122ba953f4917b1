"""What comes due next and why: every open limit in one list, with the acts that help."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases import open_deadlines
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.lists import ChoiceFilter, Column, LinkFilter, ListSpec, Rows, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.deadlines.deadline_choices import MILESTONES
from bihuan.deadlines.models import Deadline
from bihuan.deadlines.time_units import Unit
from bihuan.deadlines.working_time import elapsed
from bihuan.people.models import User
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import back, redirect_with_message
from bihuan.web.tables import Listing

SORTS = {"due": (Text("最近到期", "Next due"), ("due", "id"))}
FILTERS = (
    TextFilter("q", Text("编号、标题、客户", "Number, title, customer"), ("case__number", "case__title", "case__customer__name", "external_request__number")),
    ChoiceFilter("milestone", Text("里程碑", "Milestone"), MILESTONES),
    LinkFilter("owner", Text("一位负责人", "One owner"), lambda value: Q(case__owner=int(value) if value.isdecimal() else 0)),
    LinkFilter("team", Text("一个小组", "One team"), lambda value: Q(case__team=int(value) if value.isdecimal() else 0)),
)  # fmt: skip


def tabs(user: User) -> tuple[Tab, ...]:
    """The parts of the list; a number on a home page or in a digest counts with the same conditions."""
    return (
        Tab("next", Text("接下来", "Next"), open_deadlines.RUNS),
        Tab("overdue", Text("已超时", "Overdue"), open_deadlines.overdue()),
        Tab("today", Text("今天到期", "Due today"), open_deadlines.today()),
        Tab("soon", Text("24 小时内", "Within 24 h"), open_deadlines.soon()),
        Tab("mine", Text("我的", "Mine"), Q(case__owner=user)),
        Tab("standing", Text("暂停中", "Paused"), open_deadlines.standing()),
        Tab("outside", Text("外部时限", "External deadline"), Q(milestone="external")),
    )


def columns() -> tuple[Column, ...]:
    return (
        Column(Text("时限", "Deadline"), lambda c: c.due_status.text),
        Column(Text("到期时间", "Due"), lambda c: c.due),
        Column(Text("里程碑", "Milestone"), lambda c: c.name),
        Column(Text("剩余工作时间", "Working time left"), working_time_left),
        Column(Text("事项", "Case"), lambda c: c.case.number),
        Column(Text("标题", "Title"), lambda c: c.case.title),
        Column(Text("级别", "Level"), lambda c: c.case.level_name),
        Column(Text("负责人", "Owner"), lambda c: c.case.owner or ""),
        Column(Text("暂停原因", "Waiting"), lambda c: open_pause(c).note if c.is_paused else ""),
        Column(Text("怎么算出来的", "How it came about"), lambda c: c.explanation),
    )


def with_related(rows: Rows) -> Rows:
    """With what a line shows of each."""
    rows = rows.select_related("case__owner", "case__customer", "external_request__rule", "calendar_version")
    return rows.defer("calendar_version__data").prefetch_related("case__pauses")


@requires("see.business")
def index(request: Request) -> HttpResponseBase:
    """Sorted by due time; each with owner, milestone, working time left, why, and urge or reassign beside it."""
    listing = Listing(
        request, with_related(open_deadlines.limits(request.user)), ListSpec(tabs=tabs(request.user), filters=FILTERS, sorts=SORTS,
        columns=columns(), name="due"),
    )  # fmt: skip
    if (file := listing.export()) is not None:
        return file
    page = listing.page
    lines = [
        {"deadline": c, "left": working_time_left(c), "wait": open_pause(c) if c.is_paused else None} for c in page
    ]
    return render(request, "web/due/index.html", {"list": listing, "page": page, "lines": lines})


def working_time_left(one: Deadline) -> Any:
    """The working time between now and its due time; nothing for what is over it or stands."""
    now = clock.now()
    if one.is_paused or one.due <= now:
        return ""
    from_now = elapsed(one.calendar, now, one.due, Unit.WORKING_HOURS)
    return Text("无（下班时间到期）", "none (due out of hours)") if from_now * 60 < 1 else hours_text(from_now)


def hours_text(hours: float) -> Any:
    whole, minutes = divmod(round(hours * 60), 60)
    if not whole:
        return Text("{m} 分钟", "{m} min", m=minutes)
    return (
        Text("{h} 小时 {m} 分", "{h} h {m} min", h=whole, m=minutes) if minutes else Text("{h} 小时", "{h} h", h=whole)
    )


def open_pause(one: Deadline) -> Any:
    """The pause it stands in."""
    return next((p for p in one.case.pauses.all() if p.end is None), None)


@require_POST
@requires("case.assign")
def urge(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    said = case.remind(by=request.user, note=request.POST.get("note", ""))
    words = Text("已催办 {who}。", "{who} is reminded.", who=case.owner)
    if said is None:
        words = Text("一小时内已经催过 {who}。", "{who} was reminded within the hour.", who=case.owner)
    return redirect_with_message(request, back(request, reverse("deadlines:due")), words)
