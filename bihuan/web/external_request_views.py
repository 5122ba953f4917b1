"""External requests of a case: registered, answered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.cases.forms import AnswerForm, ExternalRequestForm
from bihuan.cases.models import Case, ExternalRequest
from bihuan.core.text import Text
from bihuan.web.access import Request, load, requires
from bihuan.web.case_edit_views import small
from bihuan.web.responses import redirect_with_message, submit


@requires("case.edit")
def add(request: Request, pk: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    form = ExternalRequestForm(request.POST or None)
    if request.method == "POST" and submit(
        form, lambda **fields: ExternalRequest.register(case, by=request.user.actor, **fields)
    ):
        message = Text("外部时限已登记。", "The external deadline is recorded.")
        return redirect_with_message(request, reverse("cases:detail", args=[pk]), message)
    hint = Text(
        "12315、12345 等转来的编号和期限；它的时限单独计算，挂起也不停。",
        "The number and deadline of 12315, 12345 and the like; the deadline runs by itself and no pause stops it.",
    )
    return small(request, case, form, Text("登记外部时限", "Record an external deadline"), Text("登记", "Record"), hint)


@requires("case.edit")
def answer(request: Request, pk: int, row: int) -> HttpResponse:
    case = load(request, Case, pk=pk)
    external_request = get_object_or_404(case.external_requests.select_related("case", "rule"), pk=row)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and submit(
        form, lambda text, at: external_request.answer_with(text, by=request.user.actor, at=at)
    ):
        return redirect_with_message(
            request, reverse("cases:detail", args=[pk]), Text("对外答复已登记。", "The answer is recorded.")
        )
    title = Text("登记对外答复：{what}", "Record the answer: {what}", what=external_request.name)
    return small(request, case, form, title, Text("登记答复", "Record the answer"))
