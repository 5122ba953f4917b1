"""Problems found: their list, one of them, and what a person teaches about it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.cases.forms import ProblemCaseForm
from bihuan.cases.models import Case
from bihuan.cases.problem_cases import MOST, cases_of, free_feedback, join_case, open_case
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.diagnosis.problem_status import problem_status
from bihuan.feedback import feedback_choices
from bihuan.feedback.models import Feedback
from bihuan.findings.flow import PROBLEM_FLOW
from bihuan.findings.forms import AddFeedbackForm, MergeForm, NameForm, SplitForm, WhyForm
from bihuan.findings.lists import PROBLEMS
from bihuan.findings.models import Finding, Member, Problem
from bihuan.web.access import Request, load, requires
from bihuan.web.finding_views import drilled, seen_by
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.tables import Listing

FEEDBACK = 30


@requires("findings.see")
def index(request: Request) -> HttpResponseBase:
    rows = Problem.objects.visible_to(request.user)
    found = Listing(request, rows, PROBLEMS)
    if file := found.export():
        return file
    page = found.page
    return render(
        request,
        "web/problems/index.html",
        {"list": found, "page": page, "words": feedback_choices, "seen": seen_by(request.user, list(page))},
    )


@requires("findings.see")
def show(request: Request, pk: int) -> HttpResponse:
    problem = load(request, Problem, pk=pk)
    if problem.merged_into_id and "stay" not in request.GET:
        return redirect("problems:detail", problem.merged_into_id)
    return page(request, problem)


def page(request: Request, problem: Problem, status: int = 200, **forms: Any) -> HttpResponse:
    """One problem; ``forms`` are those that were refused, shown open with what was typed."""
    feedback_items = Feedback.objects.visible_to(request.user).filter(member__problem=problem)
    context = {
        "problem": problem,
        "feedback_items": feedback_items.select_related("customer", "member").order_by("-received_at", "-id")[
            :FEEDBACK
        ],
        "quotes": quotes(problem, feedback_items),
        "total": feedback_items.count(),
        "customers": feedback_items.order_by().aggregate(n=Count("customer", distinct=True))["n"],
        "weeks": weeks(feedback_items),
        "by": [(title, names, spread(feedback_items, column)) for column, title, names in SPREAD],
        "findings": drilled(Finding.objects.current().filter(problem=problem), request.user),
        "status": problem_status(problem, request.user),
        "moves": {move.name for move in PROBLEM_FLOW.open_moves(problem)},
        "teaches": request.user.can("findings.teach"),
        "timeline": timeline.entries([problem.timeline], 30),
        "words": feedback_choices,
        "how": dict(Member.How.choices),
        "name": NameForm(initial={"title": problem.title, "seen": problem.version}),
        "merge": MergeForm(),
        "split": SplitForm(),
        "add": AddFeedbackForm(feedback_items=feedback_items),
        "why": WhyForm(),
        **forms,
    }
    return render(request, "web/problems/page.html", context, status=status)


def quotes(problem: Problem, feedback_items: Any) -> list[Feedback]:
    """What stands for many, in the engine's order; what has left the problem since, or is not for this person, is not quoted."""
    return sorted(feedback_items.filter(pk__in=problem.quotes), key=lambda feedback: problem.quotes.index(feedback.pk))


SPREAD: tuple[tuple[str, Text, dict[str, Any]], ...] = (
    ("channel", Text("渠道", "Channel"), dict(feedback_choices.CHANNELS)),
    ("product", Text("产品", "Product"), {}),
    ("app_version", Text("版本", "Version"), {}),
    ("system", Text("系统", "System"), {}),
    ("region", Text("地区", "Region"), {}),
)
TOP = 4


def spread(feedback_items: Any, column: str) -> list[tuple[str, int]]:
    """The most frequent values of a column, with their counts; the blank value is not one."""
    rows = feedback_items.exclude(**{column: ""}).order_by().values_list(column).annotate(n=Count("pk"))
    return list(rows.order_by("-n", column)[:TOP])


def weeks(feedback_items: Any) -> list[dict[str, Any]]:
    """Feedback items a week, the last twelve weeks in which there were any, oldest first."""
    rows = feedback_items.order_by().annotate(week=TruncWeek("received_at", tzinfo=clock.BEIJING)).values_list("week")
    counted = list(rows.annotate(n=Count("pk")).order_by("-week")[:12])[::-1]
    most = max([n for _, n in counted], default=1)
    return [{"week": week, "n": n, "most": most} for week, n in counted]


@require_POST
@requires("findings.teach")
def name(request: Request, pk: int) -> HttpResponse:
    problem, form = load(request, Problem, pk=pk), NameForm(request.POST)
    if submit(form, lambda **v: problem.rename(by=request.user, **v)):
        return redirect_with_message(request, _home(problem), Text("已改名。", "Renamed."))
    return page(request, load(request, Problem, pk=pk), 422, name=form)


@require_POST
@requires("findings.teach")
def confirmation(request: Request, pk: int) -> HttpResponse:
    problem = load(request, Problem, pk=pk)
    problem.confirm(by=request.user, seen=_seen(request))
    return redirect_with_message(
        request, _home(problem), Text("已确认。以后的分析不会拆开它。", "Confirmed. No later run takes it apart.")
    )


@require_POST
@requires("findings.teach")
def merging(request: Request, pk: int) -> HttpResponse:
    problem, form = load(request, Problem, pk=pk), MergeForm(request.POST)
    if submit(form, lambda into, reason: problem.merge(into, by=request.user, reason=reason, seen=_seen(request))):
        return redirect_with_message(
            request, _home(problem), Text("已并入 {n}。", "Merged into {n}.", n=problem.survivor.number)
        )
    return page(request, load(request, Problem, pk=pk), 422, merge=form)


@require_POST
@requires("findings.teach")
def splitting(request: Request, pk: int) -> HttpResponse:
    """``feedback item``: the ticked ones, by key."""
    problem, form, made = load(request, Problem, pk=pk), SplitForm(request.POST), []
    chosen = [int(one) for one in request.POST.getlist("feedback") if one.isdecimal()]
    feedback_items = Feedback.objects.visible_to(request.user).filter(pk__in=chosen)
    if submit(form, lambda **v: made.append(problem.split(feedback_items, by=request.user, seen=_seen(request), **v))):
        return redirect_with_message(request, _home(made[0]), Text("已分成两个问题。", "It is two problems now."))
    return page(request, load(request, Problem, pk=pk), 422, split=form, chosen=chosen)


@require_POST
@requires("findings.teach")
def members(request: Request, pk: int) -> HttpResponse:
    """Put a feedback item, named by its number, in this problem."""
    problem = load(request, Problem, pk=pk)
    form = AddFeedbackForm(request.POST, feedback_items=Feedback.objects.visible_to(request.user))
    if submit(form, lambda feedback: problem.add(feedback, by=request.user)):
        return redirect_with_message(request, _home(problem), Text("已归入。", "Put in."))
    return page(request, problem, 422, add=form)


@require_POST
@requires("findings.teach")
def member_removal(request: Request, pk: int, feedback: int) -> HttpResponse:
    problem, form = load(request, Problem, pk=pk), WhyForm(request.POST)
    row = get_object_or_404(Feedback.objects.visible_to(request.user), pk=feedback)
    if submit(form, lambda reason: problem.exclude(row, by=request.user, reason=reason)):
        return redirect_with_message(
            request, _home(problem), Text("已移出，以后的分析不会再放回来。", "Taken out; no later run puts it back.")
        )
    return page(request, problem, 422, removal=form)


@require_POST
@requires("findings.teach")
def dismissal(request: Request, pk: int) -> HttpResponse:
    problem, form = load(request, Problem, pk=pk), WhyForm(request.POST)
    verb = problem.revive if problem.status == "dismissed" else problem.dismiss
    if submit(form, lambda reason: verb(by=request.user, reason=reason, seen=_seen(request))):
        return redirect_with_message(request, _home(problem))
    return page(request, load(request, Problem, pk=pk), 422, why=form)


@requires("case.open")
def case(request: Request, pk: int) -> HttpResponse:
    """Open a case for the whole problem, or put its free feedback items in one that holds some already (``case``: its key)."""
    problem = load(request, Problem, pk=pk)
    if request.method == "POST" and request.POST.get("case", "").isdecimal():
        there = load(request, Case, pk=int(request.POST["case"]))
        count = join_case(problem, there, by=request.user)
        return redirect_with_message(
            request,
            reverse("cases:detail", args=[there.pk]),
            Text("归入了 {n} 条反馈。", "{n} feedback items put in.", n=count),
        )
    form, made = ProblemCaseForm(request.POST or None, initial={"title": problem.title, "kind": "problem"}), []
    if request.method == "POST" and submit(form, lambda **v: made.append(open_case(problem, by=request.user, **v))):
        return redirect_with_message(
            request,
            reverse("cases:detail", args=[made[0].pk]),
            Text("已立项。下一步：定级。", "Case opened. Next: assess it."),
        )
    context = {
        "problem": problem,
        "form": form,
        "free": free_feedback(problem, request.user).count(),
        "most": MOST,
        "cases": cases_of(problem, request.user)[:20],
    }
    return render(request, "web/problems/case.html", context, status=422 if form.errors else 200)


def _home(problem: Problem) -> str:
    return reverse("problems:detail", args=[problem.survivor.pk])


def _seen(request: Request) -> int | None:
    version = request.POST.get("seen", "")
    return int(version) if version.isdecimal() else None
