"""The pool of requirements: ranked with its reasons, and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.deadlines.models import Scheme
from bihuan.feedback.models import Feedback
from bihuan.requirements import requirement_choices
from bihuan.requirements.flow import FLOW, OPEN
from bihuan.requirements.forms import ChangeForm, NewForm, PlaceForm, ReasonForm, ScoreForm
from bihuan.requirements.lists import requirement_list
from bihuan.requirements.models import Requirement, Score
from bihuan.requirements.requirement_ranking import ranked
from bihuan.web.access import Request, load, requires
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.tables import Listing


@requires("see.business")
def index(request: Request) -> Any:
    by = request.GET.get("by", "")
    by = by if by in requirement_choices.ORDERING else requirement_choices.ORDERING[0]
    rows = Requirement.objects.visible_to(request.user).select_related("customer", "case", "iteration")
    table = Listing(request, ranked(rows, by), requirement_list())
    if file := table.export():
        return file
    page = table.page
    ids = [row.scored_id for row in page if row.scored_id]
    context = {
        "list": table,
        "page": page,
        "by": by,
        "methods": [(code, Scheme.current(code).name, code == by) for code in requirement_choices.ORDERING],
        "scores": Score.objects.select_related("scheme").in_bulk(ids),
    }
    return render(request, "web/requirements/index.html", context)


@requires("requirement.write")
def new(request: Request) -> HttpResponse:
    """Put a requirement; with ``?feedback=`` from a feedback item, whose words it begins with."""
    key = request.GET.get("feedback", "")
    feedback = load(request, Feedback, pk=int(key)) if key.isdecimal() else None
    initial = (
        {"title": feedback.title or feedback.text[:60], "description": feedback.text, "method": "feedback"}
        if feedback
        else {}
    )
    form = NewForm(request.POST or None, initial=initial)
    more = (
        {"feedback": feedback, "customer": feedback.customer, "team": feedback.team or request.user.team}
        if feedback
        else {}
    )
    made: list[Requirement] = []
    if request.method == "POST" and submit(
        form, lambda **v: made.append(Requirement.create(by=request.user, **more, **v))
    ):
        return redirect_with_message(
            request, reverse("requirements:detail", args=[made[0].pk]), Text("需求已登记。", "Requirement put.")
        )
    context = {"form": form, "feedback": feedback}
    return render(request, "web/requirements/new.html", context, status=422 if form.errors else 200)


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    return page(request, load(request, Requirement, pk=pk))


def page(request: Request, row: Requirement, tried: dict[str, Form] | None = None) -> HttpResponse:
    context = {
        "row": row,
        "scores": row.scores.filter(effective=True).select_related("scheme", "by").order_by("id"),
        "earlier": row.scores.filter(effective=False).select_related("scheme", "by").order_by("-id")[:20],
        "methods": [(code, Scheme.current(code).name) for code in requirement_choices.ORDERING],
        "moves": [(m.name, m.title) for m in FLOW.open_moves(row) if m.name in ("confirm", "deliver")],
        "reasoned": [(m.name, m.title) for m in FLOW.open_moves(row) if m.name in ("question", "reject")],
        "place_form": PlaceForm(
            initial={"disposition": row.disposition, "iteration": row.iteration_id, "pool": row.pool}
        ),
        "reason_form": ReasonForm(),
        "stands": row.status in OPEN,
        "timeline": timeline.entries([row.timeline], newest=60),
    }
    return render(request, "web/requirements/page.html", context | (tried or {}), status=422 if tried else 200)


@requires("requirement.write")
def edit(request: Request, pk: int) -> HttpResponse:
    row = load(request, Requirement, pk=pk)
    stored = {name: getattr(row, name) for name in NewForm.base_fields}
    form = ChangeForm(request.POST or None, initial=stored | {"seen": row.version})
    if request.method == "POST" and submit(form, lambda **v: row.edit(by=request.user, **v)):
        return redirect_with_message(request, reverse("requirements:detail", args=[pk]), Text("已保存。", "Saved."))
    context = {"form": form, "row": row}
    return render(request, "web/requirements/edit.html", context, status=422 if form.errors else 200)


@requires("requirement.decide")
def score(request: Request, pk: int, code: str) -> HttpResponse:
    """Judge it by one of the ordering schemes."""
    row = load(request, Requirement, pk=pk)
    scheme = Scheme.current(code if code in requirement_choices.ORDERING else requirement_choices.ORDERING[0])
    held = row.scores.filter(code=scheme.code, effective=True).first()
    initial = held.inputs | {f"{k}_reason": v for k, v in held.reasons.items()} if held else {}
    form = ScoreForm(scheme, request.POST or None, initial=initial)
    if request.method == "POST" and submit(
        form, lambda **v: row.score(by=request.user, scheme=scheme, inputs=form.inputs(), reasons=form.reasons())
    ):
        return redirect_with_message(request, reverse("requirements:detail", args=[pk]), Text("已评分。", "Scored."))
    context = {"form": form, "row": row, "scheme": scheme}
    return render(request, "web/requirements/score.html", context, status=422 if form.errors else 200)


@require_POST
@requires("requirement.decide")
def place(request: Request, pk: int) -> HttpResponse:
    row = load(request, Requirement, pk=pk)
    form = PlaceForm(request.POST)
    if submit(form, lambda **v: row.place(by=request.user, **v)):
        return redirect_with_message(request, reverse("requirements:detail", args=[pk]), Text("已安排。", "Placed."))
    return page(request, row, {"place_form": form})


@require_POST
@requires("requirement.decide")
def verdict(request: Request, pk: int, move: str) -> HttpResponse:
    """Find it real, ask for more, find it not real, deliver."""
    row = load(request, Requirement, pk=pk)
    if move not in ("confirm", "question", "reject", "deliver"):
        move = "confirm"
    form = ReasonForm(request.POST)
    if move in ("confirm", "deliver"):
        row.judge_as(move, by=request.user)
    elif not submit(form, lambda reason: row.judge_as(move, by=request.user, reason=reason)):
        return page(request, row, {"reason_form": form})
    return redirect_with_message(request, reverse("requirements:detail", args=[pk]), Text("已记录。", "Recorded."))


@require_POST
@requires("requirement.write")
def appeal(request: Request, pk: int) -> HttpResponse:
    row = load(request, Requirement, pk=pk)
    form = ReasonForm(request.POST)
    if submit(form, lambda reason: row.judge_as("appeal", by=request.user, reason=reason)):
        return redirect_with_message(
            request, reverse("requirements:detail", args=[pk]), Text("已申诉，重新分析。", "Appealed; analysed again.")
        )
    return page(request, row, {"reason_form": form})
