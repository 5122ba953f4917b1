"""Who is to hear from us: customers owed word of the progress this week (S2-31), and those who said it first, once it
is changed (S3-I06). One tap keeps that they were told."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from bihuan.cases import case_choices
from bihuan.cases.forms import CommunicationChannelForm
from bihuan.cases.models import Case, CaseFeedback, Communication
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.execution.case_tasks import awaiting_customer_update, progress_update_text
from bihuan.execution.customer_update_lists import RESULTS, progress_list, result_rows
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import previous_page, redirect_with_message
from bihuan.web.tables import Listing

RECORDED = Text("已记录告知客户。", "The customer update is recorded.")


@requires("see.business")
def index(request: Request) -> HttpResponseBase:
    found = Listing(
        request,
        awaiting_customer_update(request.user).select_related("customer", "contact", "owner"),
        progress_list(),
    )
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
    rows = result_rows(request.user).select_related(
        "case", "feedback__customer", "feedback__contact", "customer_updated_by"
    )
    found = Listing(
        request,
        rows,
        RESULTS,
    )
    context: dict[str, Any] = {"list": found, "ways": case_choices.COMMUNICATION_CHANNELS}
    return found.export() or render(request, "web/customer_updates/results.html", context)


@require_POST
@requires("case.edit")
def result(request: Request, pk: int) -> HttpResponse:
    """This customer was told what was changed."""
    load(request, CaseFeedback, pk=pk).record_customer_update(by=request.user, channel=_way(request))
    return redirect_with_message(request, previous_page(request, "customer_updates:results"), RECORDED)


def _way(request: Request) -> str:
    form = CommunicationChannelForm(request.POST)
    if not form.is_valid():
        raise Refused(Text("请选择告知方式。", "Please choose how the customer was updated."))
    return str(form.cleaned_data["way"])
