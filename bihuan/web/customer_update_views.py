"""Who is to hear from us: customers owed word of the progress this week (S2-31), and those who said it first, once it
is changed (S3-I06). One tap keeps that they were told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from bihuan.cases import case_choices
from bihuan.cases.models import HAS_RESULT, Case, CaseFeedback, Communication
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.forms import Form, choices
from bihuan.core.lists import ALL, Column, ListSpec, Rows, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.execution.case_tasks import awaiting_customer_update, progress_update_text
from bihuan.people.models import User
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import previous_page, redirect_with_message
from bihuan.web.tables import Listing

SORTS = {"due": (Text("最早该说的在前", "First due first"), ("tell_due", "id"))}
RESULT_SORTS = {
    "old": (Text("最早的在前", "Oldest first"), ("case__updated_at", "id")),
    "new": (Text("最近的在前", "Newest first"), ("-case__updated_at", "-id")),
}
RESULT_TABS = (
    Tab(
        "waiting",
        Text("待告知", "To be updated"),
        Q(customer_updated_round=None) | Q(customer_updated_round__lt=F("case__round")),
    ),
    Tab("told", Text("已告知", "Updated"), Q(customer_updated_round=F("case__round"))),
    ALL,
)
RESULT_COLUMNS = (
    Column(Text("客户", "Customer"), lambda one: one.feedback.customer),
    Column(Text("联系方式", "Contact"), lambda one: one.feedback.contact),
    Column(Text("反馈", "Feedback"), lambda one: one.feedback.number),
    Column(Text("事项", "Case"), lambda one: str(one.case)),
    Column(
        Text("告知时间", "Updated at"),
        lambda one: one.customer_updated_at if one.customer_updated_round == one.case.round else None,
    ),
    Column(
        Text("告知人", "Updated by"),
        lambda one: one.customer_updated_by if one.customer_updated_round == one.case.round else None,
    ),
)
COLUMNS = (
    Column(Text("事项", "Case"), lambda case: str(case)),
    Column(Text("客户", "Customer"), lambda case: case.customer),
    Column(Text("联系方式", "Contact"), lambda case: case.contact),
    Column(Text("最迟告知", "Update by"), lambda case: case.tell_due),
    Column(Text("负责人", "Owner"), lambda case: case.owner),
)
RECORDED = Text("已记录告知客户。", "The customer update is recorded.")


class WayForm(Form):
    way = forms.ChoiceField(choices=choices(case_choices.COMMUNICATION_CHANNELS))


def tabs() -> tuple[Tab, ...]:
    """The parts of the list as of now; the week ends on Sunday night."""
    tonight = clock.midnight(clock.today() + timedelta(days=1))
    sunday = clock.midnight(clock.today() + timedelta(days=7 - clock.today().weekday()))
    return (
        Tab("week", Text("本周", "This week"), Q(tell_due__lt=sunday)),
        Tab("today", Text("今天", "Today"), Q(tell_due__lt=tonight)),
        Tab("overdue", Text("已晚", "Late"), Q(tell_due__lt=clock.now())),
        ALL,
    )


def origins(user: User) -> Rows:
    """The feedback items of known customers in cases whose work is done."""
    known = Q(feedback__customer__isnull=False) | Q(feedback__contact__isnull=False)
    return CaseFeedback.objects.visible_to(user).filter(known, case__status__in=HAS_RESULT)


@requires("see.business")
def index(request: Request) -> HttpResponseBase:
    found = Listing(
        request,
        awaiting_customer_update(request.user).select_related("customer", "contact", "owner"),
        ListSpec(tabs=tabs(),
        filters=(TextFilter("q", Text("编号、标题、客户", "Number, title, customer"), ("number", "title", "customer__name")),),
        sorts=SORTS,
        columns=COLUMNS,
        name="telling"),
    )  # fmt: skip
    if file := found.export():
        return file
    page = found.page
    steps = _steps([case.pk for case in page])
    lines = [(case, progress_update_text(case, *steps.get(case.pk, (0, 0)))) for case in page]
    context = {
        "list": found,
        "page": page,
        "lines": lines,
        "ways": case_choices.COMMUNICATION_CHANNELS,
        "now": clock.now(),
    }
    return render(request, "web/customer_updates/index.html", context)


def _steps(cases: list[int]) -> dict[int, tuple[int, int]]:
    """How many steps of each case's present round are done, and how many there are."""
    here = Q(tasks__round=F("round")) & ~Q(tasks__status="cancelled")
    counted = Case.objects.filter(pk__in=cases).annotate(
        done=Count("tasks", filter=here & Q(tasks__status="done")), steps=Count("tasks", filter=here)
    )
    return {pk: (done, steps) for pk, done, steps in counted.values_list("pk", "done", "steps")}


@require_POST
@requires("case.edit")
def progress(request: Request, pk: int) -> HttpResponse:
    """The customer was told how far it is, in the words shown."""
    case = get_object_or_404(awaiting_customer_update(request.user), pk=pk)
    text = progress_update_text(case, *_steps([pk])[pk])
    Communication.log(case, by=request.user.actor, kind="progress", channel=_way(request), content=text.to("zh"))
    return redirect_with_message(request, previous_page(request, "customer_updates:list"), RECORDED)


@requires("see.business")
def results(request: Request) -> HttpResponseBase:
    rows = origins(request.user).select_related(
        "case", "feedback__customer", "feedback__contact", "customer_updated_by"
    )
    found = Listing(
        request,
        rows,
        ListSpec(tabs=RESULT_TABS,
        filters=(TextFilter("q", Text("编号、标题、客户", "Number, title, customer"), ("case__number", "case__title", "feedback__number", "feedback__customer__name")),),
        sorts=RESULT_SORTS,
        columns=RESULT_COLUMNS,
        name="results"),
    )  # fmt: skip
    context: dict[str, Any] = {"list": found, "ways": case_choices.COMMUNICATION_CHANNELS}
    return found.export() or render(request, "web/customer_updates/results.html", context)


@require_POST
@requires("case.edit")
def result(request: Request, pk: int) -> HttpResponse:
    """This customer was told what was changed."""
    load(request, CaseFeedback, pk=pk).record_customer_update(by=request.user, channel=_way(request))
    return redirect_with_message(request, previous_page(request, "customer_updates:results"), RECORDED)


def _way(request: Request) -> str:
    form = WayForm(request.POST)
    if not form.is_valid():
        raise Refused(Text("请选择告知方式。", "Please choose how the customer was updated."))
    return str(form.cleaned_data["way"])
