"""Handing a case over: offered, taken, returned once, ruled on."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.cases.forms import ReasonForm
from bihuan.cases.models import Case
from bihuan.cases.models.handover import LIVE, Handover
from bihuan.cases.route_forms import HandoverForm
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.responses import redirect_with_message, submit

DONE = {
    "offer": Text("已转交，对方接收前仍由你们负责。", "Offered; it stays yours until it is taken."),
    "drop": Text("不转交。", "Not handed over."),
    "accept": Text("已接收，由你们负责。", "Taken; it is yours now."),
    "return": Text("已退回，等主管裁定。", "Returned; the supervisor rules."),
}


@requires("case.edit")
def handover(request: Request, pk: int) -> HttpResponse:
    """Where the case is on its way to, and the form to send it on."""
    case = load(request, Case, pk=pk)
    form = HandoverForm(request.POST or None)
    if request.method == "POST" and submit(form, lambda **v: Handover.request(case, by=request.user, **v)):
        return redirect_with_message(request, reverse("cases:handover", args=[pk]), DONE["offer"])
    return page(request, case, {"form": form} if form.errors else {})


def page(request: Request, case: Case, tried: dict[str, Form]) -> HttpResponse:
    rows = list(case.handovers.select_related("team", "lead", "from_team", "by", "table").order_by("-id"))
    live = next((row for row in rows if row.status in LIVE), None)
    context = frame(case, request.user, "cases:handover") | {
        "live": live,
        "mine": live is not None and live.may_be_accepted_by(request.user),
        "past": [row for row in rows if row is not live],
        "form": HandoverForm(),
        "ruling_form": HandoverForm(initial={"team": live.team_id, "lead": live.lead_id} if live else {}),
        "reason_form": ReasonForm(),
    }
    return render(request, "web/cases/handover.html", context | tried, status=422 if tried else 200)


@require_POST
@requires("case.edit")
def step(request: Request, pk: int, move: str) -> HttpResponse:
    case = load(request, Case, pk=pk)
    live = case.handovers.select_related("team", "lead", "case").filter(status__in=LIVE).first()
    if live is None or move not in DONE:
        raise Http404
    if move in ("offer", "accept"):
        live.transition(move, by=request.user)
        return redirect_with_message(request, reverse("cases:detail", args=[pk]), DONE[move])
    form = ReasonForm(request.POST)
    if submit(form, lambda reason: live.transition(move, by=request.user, reason=reason)):
        return redirect_with_message(request, reverse("cases:handover", args=[pk]), DONE[move])
    return page(request, case, {"reason_form": form})


@require_POST
@requires("case.rule")
def ruling(request: Request, pk: int) -> HttpResponse:
    """The supervisor decides whose it is."""
    case = load(request, Case, pk=pk)
    live = case.handovers.select_related("team", "lead", "case").filter(status__in=("offered", "returned")).first()
    if live is None:
        raise Http404
    form = HandoverForm(request.POST)
    if submit(form, lambda **v: live.rule_on(by=request.user, **v)):
        return redirect_with_message(
            request, reverse("cases:detail", args=[pk]), Text("已裁定，不再退回。", "Ruled; it is not returned again.")
        )
    return page(request, case, {"ruling_form": form})
