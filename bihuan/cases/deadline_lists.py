"""The two lists of deadlines: what comes due next in the cases a person may see, and every deadline with its derivation."""

from __future__ import annotations

import json

from django.db.models import F, Q

from bihuan.cases import open_deadlines
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.lists import ALL, ChoiceFilter, Column, LinkFilter, ListSpec, Rows, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import CalendarVersion
from bihuan.deadlines.cli_input import cli_input
from bihuan.deadlines.deadline_choices import MILESTONES
from bihuan.deadlines.models import Deadline, Pause
from bihuan.deadlines.models.deadline import DeadlineQuerySet
from bihuan.deadlines.time_units import Unit
from bihuan.deadlines.working_time import elapsed
from bihuan.people.models import User

DUE_SORTS = {"due": (Text("最近到期", "Next due"), ("due", "id"))}
DUE_FILTERS = (
    TextFilter(
        "q",
        Text("编号、标题、客户", "Number, title, customer"),
        ("case__number", "case__title", "case__customer__name", "external_request__number"),
    ),
    ChoiceFilter("milestone", Text("里程碑", "Milestone"), MILESTONES),
    LinkFilter(
        "owner", Text("一位负责人", "One owner"), lambda value: Q(case__owner=int(value) if value.isdecimal() else 0)
    ),
    LinkFilter(
        "team", Text("一个小组", "One team"), lambda value: Q(case__team=int(value) if value.isdecimal() else 0)
    ),
)
SORTS = {
    "due": (Text("最近到期", "Next due"), (F("due").asc(), "id")),
    "new": (Text("最新", "Newest"), ("-id",)),
}
FILTERS = (
    TextFilter("q", Text("事项编号", "Case number"), ("case__number",)),
    ChoiceFilter("milestone", Text("时限", "Deadline"), MILESTONES),
)
RELATED = ("case", "external_request__rule", "scheme", "calendar_version__calendar")


def due_tabs(user: User) -> tuple[Tab, ...]:
    """The parts of the list of what comes due; a number on a home page or in a digest counts with the same conditions."""
    return (
        Tab("next", Text("接下来", "Next"), open_deadlines.RUNS),
        Tab("overdue", Text("已超时", "Overdue"), open_deadlines.overdue()),
        Tab("today", Text("今天到期", "Due today"), open_deadlines.today()),
        Tab("soon", Text("24 小时内", "Within 24 h"), open_deadlines.soon()),
        Tab("mine", Text("我的", "Mine"), Q(case__owner=user)),
        Tab("paused", Text("暂停中", "Paused"), open_deadlines.paused()),
        Tab("external", Text("外部时限", "External deadline"), Q(milestone="external")),
    )


def due_list(user: User) -> ListSpec:
    """What comes due next, for this person."""
    return ListSpec(name="due", sorts=DUE_SORTS, filters=DUE_FILTERS, tabs=due_tabs(user), columns=_due_columns())


def all_list() -> ListSpec:
    """Every deadline, also met and ended ones."""
    return ListSpec(name="deadlines", sorts=SORTS, filters=FILTERS, tabs=_tabs(), columns=_columns())


def due_rows(user: User) -> Rows:
    """The open deadlines this person may see, with what a line shows of each."""
    rows = open_deadlines.open_deadlines(user)
    rows = rows.select_related("case__owner", "case__customer", "external_request__rule", "calendar_version")
    return rows.defer("calendar_version__data").prefetch_related("case__pauses")


def visible_deadlines(user: User) -> DeadlineQuerySet:
    """The deadlines of the cases this person may see; an auditor sees every deadline, and of a case its number only."""
    rows = Deadline.objects.all()
    return rows if user.can("audit.read") else rows.filter(case__in=Case.objects.visible_to(user))


def _tabs() -> tuple[Tab, ...]:
    runs = Q(met_at=None, ended_at=None)
    late = Q(met_at__gt=F("due")) | Q(met_at=None, ended_at__gt=F("due")) | (runs & open_deadlines.overdue())
    return (
        Tab("open", Text("进行中", "In progress"), runs),
        Tab("missed", Text("超时", "Missed"), late),
        Tab("provisional", Text("暂定", "Provisional"), runs & Q(provisional=True)),
        Tab("met", Text("已完成", "Met"), ~Q(met_at=None)),
        ALL,
    )


def _due_columns() -> tuple[Column, ...]:
    return (
        Column(Text("时限", "Deadline"), lambda c: c.due_status.text),
        Column(Text("到期时间", "Due"), lambda c: c.due),
        Column(Text("里程碑", "Milestone"), lambda c: c.name),
        Column(Text("剩余工作时间", "Working time left"), working_time_left),
        Column(Text("事项", "Case"), lambda c: c.case.number),
        Column(Text("标题", "Title"), lambda c: c.case.title),
        Column(Text("级别", "Level"), lambda c: c.case.level_name),
        Column(Text("负责人", "Owner"), lambda c: c.case.owner or ""),
        Column(Text("暂停原因", "Waiting"), pause_note),
        Column(Text("怎么算出来的", "How it came about"), lambda c: c.explanation),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(Text("事项编号", "Case number"), lambda c: c.case.number),
        Column(Text("时限", "Deadline"), lambda c: c.name),
        Column(Text("轮次", "Round"), lambda c: c.round),
        Column(Text("起算", "Start"), lambda c: c.start),
        Column(Text("长度", "Length"), lambda c: c.length),
        Column(Text("到期", "Due"), lambda c: c.due),
        Column(Text("暂定", "Provisional"), lambda c: Text("暂定", "provisional") if c.provisional else ""),
        Column(Text("完成", "Met at"), lambda c: c.met_at),
        Column(Text("是否超时", "Missed"), lambda c: Text("超时", "missed") if c.missed else ""),
        Column(Text("依据方案", "Scheme"), lambda c: scheme_of(c) or ""),
        Column(Text("日历版本", "Calendar"), lambda c: calendar_version_of(c).label),
        Column(Text("推算", "Derivation"), lambda c: c.explanation),
        Column(Text("验算（bihuan deadline）", "Check (bihuan deadline)"), check_line),
    )


def working_time_left(deadline: Deadline) -> Text | str:
    """The working time between now and its due time; "" for one that is overdue or paused."""
    now = clock.now()
    if deadline.is_paused or deadline.due <= now:
        return ""
    hours = elapsed(deadline.calendar, now, deadline.due, Unit.WORKING_HOURS)
    return Text("无（下班时间到期）", "none (due out of hours)") if hours * 60 < 1 else hours_text(hours)


def hours_text(hours: float) -> Text:
    whole, minutes = divmod(round(hours * 60), 60)
    if not whole:
        return Text("{m} 分钟", "{m} min", m=minutes)
    if not minutes:
        return Text("{h} 小时", "{h} h", h=whole)
    return Text("{h} 小时 {m} 分", "{h} h {m} min", h=whole, m=minutes)


def open_pause(deadline: Deadline) -> Pause | None:
    """The pause its case is in."""
    return next((pause for pause in deadline.case.pauses.all() if pause.end is None), None)


def pause_note(deadline: Deadline) -> str:
    pause = open_pause(deadline) if deadline.is_paused else None
    return pause.note if pause else ""


def scheme_of(deadline: Deadline) -> str | None:
    return f"{deadline.scheme} v{deadline.scheme.version_number}" if deadline.scheme else None


def calendar_version_of(deadline: Deadline) -> CalendarVersion:
    return deadline.calendar_version or CalendarVersion.objects.in_force()


def check_line(deadline: Deadline) -> str:
    """The JSON line for which ``bihuan deadline`` answers the same minute."""
    return json.dumps(cli_input(calendar_version_of(deadline).data, deadline.derivation()), ensure_ascii=False)
