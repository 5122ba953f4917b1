"""Problems found: their list, one of them, and what a person teaches about it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.cases.forms import TopicCaseForm
from bihuan.cases.models import Case
from bihuan.cases.problem_cases import MOST, cases_of, free_voices, join_case, open_case
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.diagnosis.problem_status import standing
from bihuan.feedback import feedback_choices
from bihuan.feedback.models import Feedback
from bihuan.findings.flow import TOPICS
from bihuan.findings.forms import MergeForm, NameForm, PutForm, SplitForm, WhyForm
from bihuan.findings.models import Member, Signal, Topic
from bihuan.web.access import Request, load, needs
from bihuan.web.finding_views import drilled, seen_by
from bihuan.web.responses import attempt, done
from bihuan.web.tables import ALL, Choice, Column, Listing, View, Words

VOICES = 30
SORTS = {
    "size": (Text("反馈最多", "Most voices"), ("-size", "id")),
    "new": (Text("最近出现", "Heard last"), ("-last_at", "-id")),
    "first": (Text("最新发现", "Found last"), ("-id",)),
}
VIEWS = (
    View("standing", Text("现有问题", "Problems"), Q(status__in=("proposed", "confirmed"))),
    View("proposed", Text("待确认", "Proposed"), Q(status="proposed")),
    View("confirmed", Text("已确认", "Confirmed"), Q(status="confirmed")),
    View("dismissed", Text("不作为问题", "Set aside"), Q(status="dismissed")),
    ALL,
)
FILTERS = (
    Words("q", Text("编号、名称", "Number, name"), ("number", "title")),
    Choice("scope", Text("影响范围", "Scope"), feedback_choices.SCOPES),
)
COLUMNS = (
    Column(Text("编号", "Number"), lambda t: t.number),
    Column(Text("问题", "Problem"), lambda t: t.title),
    Column(Text("状态", "State"), lambda t: t.state.name),
    Column(Text("影响范围", "Scope"), lambda t: feedback_choices.SCOPES.get(t.scope, "")),
    Column(Text("反馈数", "Voices"), lambda t: t.size),
    Column(Text("首次", "First"), lambda t: t.first_at),
    Column(Text("最近", "Last"), lambda t: t.last_at),
    Column(Text("关键词", "Keywords"), lambda t: "、".join(t.keywords)),
)


@needs("findings.see")
def index(request: Request) -> HttpResponseBase:
    rows = Topic.objects.visible_to(request.user)
    found = Listing(request, rows, views=VIEWS, filters=FILTERS, sorts=SORTS, columns=COLUMNS, name="topics")
    if file := found.export():
        return file
    page = found.page
    return render(
        request,
        "web/problems/index.html",
        {"list": found, "page": page, "words": feedback_choices, "seen": seen_by(request.user, list(page))},
    )


@needs("findings.see")
def show(request: Request, pk: int) -> HttpResponse:
    topic = load(request, Topic, pk=pk)
    if topic.merged_into_id and "stay" not in request.GET:
        return redirect("topics_show", topic.merged_into_id)
    return page(request, topic)


def page(request: Request, topic: Topic, status: int = 200, **forms: Any) -> HttpResponse:
    """One problem; ``forms`` are those that were refused, shown open with what was typed."""
    voices = Feedback.objects.visible_to(request.user).filter(member__topic=topic)
    context = {
        "topic": topic,
        "voices": voices.select_related("customer", "member").order_by("-received_at", "-id")[:VOICES],
        "quotes": quotes(topic, voices),
        "total": voices.count(),
        "customers": voices.order_by().aggregate(n=Count("customer", distinct=True))["n"],
        "weeks": weeks(voices),
        "by": [(title, names, spread(voices, column)) for column, title, names in SPREAD],
        "signals": drilled(Signal.objects.standing().filter(topic=topic), request.user),
        "standing": standing(topic, request.user),
        "moves": {move.name for move in TOPICS.open_moves(topic)},
        "teaches": request.user.can("findings.teach"),
        "timeline": timeline.entries([topic.trail], 30),
        "words": feedback_choices,
        "how": dict(Member.How.choices),
        "name": NameForm(initial={"title": topic.title, "seen": topic.version}),
        "merge": MergeForm(),
        "split": SplitForm(),
        "put": PutForm(voices=voices),
        "why": WhyForm(),
        **forms,
    }
    return render(request, "web/problems/page.html", context, status=status)


def quotes(topic: Topic, voices: Any) -> list[Feedback]:
    """What stands for many, in the engine's order; what has left the problem since, or is not for this person, is not quoted."""
    return sorted(voices.filter(pk__in=topic.quotes), key=lambda voice: topic.quotes.index(voice.pk))


SPREAD: tuple[tuple[str, Text, dict[str, Any]], ...] = (
    ("channel", Text("渠道", "Channel"), dict(feedback_choices.CHANNELS)),
    ("product", Text("产品", "Product"), {}),
    ("app_version", Text("版本", "Version"), {}),
    ("system", Text("系统", "System"), {}),
    ("region", Text("地区", "Region"), {}),
)
TOP = 4


def spread(voices: Any, column: str) -> list[tuple[str, int]]:
    """The most frequent values of a column, with their counts; the blank value is not one."""
    rows = voices.exclude(**{column: ""}).order_by().values_list(column).annotate(n=Count("pk"))
    return list(rows.order_by("-n", column)[:TOP])


def weeks(voices: Any) -> list[dict[str, Any]]:
    """Voices a week, the last twelve weeks in which there were any, oldest first."""
    rows = voices.order_by().annotate(week=TruncWeek("received_at", tzinfo=clock.BEIJING)).values_list("week")
    counted = list(rows.annotate(n=Count("pk")).order_by("-week")[:12])[::-1]
    most = max([n for _, n in counted], default=1)
    return [{"week": week, "n": n, "most": most} for week, n in counted]


@require_POST
@needs("findings.teach")
def name(request: Request, pk: int) -> HttpResponse:
    topic, form = load(request, Topic, pk=pk), NameForm(request.POST)
    if attempt(form, lambda **v: topic.rename(by=request.user, **v)):
        return done(request, _home(topic), Text("已改名。", "Renamed."))
    return page(request, load(request, Topic, pk=pk), 422, name=form)


@require_POST
@needs("findings.teach")
def confirmation(request: Request, pk: int) -> HttpResponse:
    topic = load(request, Topic, pk=pk)
    topic.confirm(by=request.user, seen=_seen(request))
    return done(
        request, _home(topic), Text("已确认。以后的分析不会拆开它。", "Confirmed. No later run takes it apart.")
    )


@require_POST
@needs("findings.teach")
def merging(request: Request, pk: int) -> HttpResponse:
    topic, form = load(request, Topic, pk=pk), MergeForm(request.POST)
    if attempt(form, lambda into, reason: topic.merge(into, by=request.user, reason=reason, seen=_seen(request))):
        return done(request, _home(topic), Text("已并入 {n}。", "Merged into {n}.", n=topic.survivor.number))
    return page(request, load(request, Topic, pk=pk), 422, merge=form)


@require_POST
@needs("findings.teach")
def splitting(request: Request, pk: int) -> HttpResponse:
    """``voice``: the ticked ones, by key."""
    topic, form, made = load(request, Topic, pk=pk), SplitForm(request.POST), []
    chosen = [int(one) for one in request.POST.getlist("voice") if one.isdecimal()]
    voices = Feedback.objects.visible_to(request.user).filter(pk__in=chosen)
    if attempt(form, lambda **v: made.append(topic.split(voices, by=request.user, seen=_seen(request), **v))):
        return done(request, _home(made[0]), Text("已分成两个问题。", "It is two problems now."))
    return page(request, load(request, Topic, pk=pk), 422, split=form, chosen=chosen)


@require_POST
@needs("findings.teach")
def members(request: Request, pk: int) -> HttpResponse:
    """Put a voice, named by its number, in this problem."""
    topic = load(request, Topic, pk=pk)
    form = PutForm(request.POST, voices=Feedback.objects.visible_to(request.user))
    if attempt(form, lambda voice: topic.put(voice, by=request.user)):
        return done(request, _home(topic), Text("已归入。", "Put in."))
    return page(request, topic, 422, put=form)


@require_POST
@needs("findings.teach")
def member_removal(request: Request, pk: int, voice: int) -> HttpResponse:
    topic, form = load(request, Topic, pk=pk), WhyForm(request.POST)
    row = get_object_or_404(Feedback.objects.visible_to(request.user), pk=voice)
    if attempt(form, lambda reason: topic.not_this(row, by=request.user, reason=reason)):
        return done(
            request, _home(topic), Text("已移出，以后的分析不会再放回来。", "Taken out; no later run puts it back.")
        )
    return page(request, topic, 422, removal=form)


@require_POST
@needs("findings.teach")
def dismissal(request: Request, pk: int) -> HttpResponse:
    topic, form = load(request, Topic, pk=pk), WhyForm(request.POST)
    verb = topic.revive if topic.status == "dismissed" else topic.dismiss
    if attempt(form, lambda reason: verb(by=request.user, reason=reason, seen=_seen(request))):
        return done(request, _home(topic))
    return page(request, load(request, Topic, pk=pk), 422, why=form)


@needs("case.open")
def case(request: Request, pk: int) -> HttpResponse:
    """Open a case for the whole problem, or put its free voices in one that holds some already (``case``: its key)."""
    topic = load(request, Topic, pk=pk)
    if request.method == "POST" and request.POST.get("case", "").isdecimal():
        there = load(request, Case, pk=int(request.POST["case"]))
        count = join_case(topic, there, by=request.user)
        return done(
            request, reverse("case_show", args=[there.pk]), Text("归入了 {n} 条反馈。", "{n} voices put in.", n=count)
        )
    form, made = TopicCaseForm(request.POST or None, initial={"title": topic.title, "kind": "problem"}), []
    if request.method == "POST" and attempt(form, lambda **v: made.append(open_case(topic, by=request.user, **v))):
        return done(
            request,
            reverse("case_show", args=[made[0].pk]),
            Text("已立项。下一步：定级。", "Case opened. Next: rate it."),
        )
    context = {
        "topic": topic,
        "form": form,
        "free": free_voices(topic, request.user).count(),
        "most": MOST,
        "cases": cases_of(topic, request.user)[:20],
    }
    return render(request, "web/problems/case.html", context, status=422 if form.errors else 200)


def _home(topic: Topic) -> str:
    return reverse("topics_show", args=[topic.survivor.pk])


def _seen(request: Request) -> int | None:
    asked = request.POST.get("seen", "")
    return int(asked) if asked.isdecimal() else None
