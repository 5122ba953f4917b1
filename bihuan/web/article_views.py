"""Pages of knowledge."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.audit import timeline
from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.knowledge import article_choices
from bihuan.knowledge.article_comparison import compare
from bihuan.knowledge.article_draft import draft, of_case
from bihuan.knowledge.flow import FLOW, contact_data
from bihuan.knowledge.forms import ArticleForm
from bihuan.knowledge.lists import article_list
from bihuan.knowledge.models import Article
from bihuan.web.access import Request, load, requires
from bihuan.web.case_layout import frame
from bihuan.web.responses import redirect_with_message, submit
from bihuan.web.tables import Listing


@requires("see.business")
def index(request: Request) -> HttpResponseBase:
    rows = Article.objects.visible_to(request.user).select_related("author", "reviewer")
    found = Listing(request, rows, article_list())
    return found.export() or render(request, "web/articles/index.html", {"list": found})


@requires("article.write")
def new(request: Request) -> HttpResponse:
    form = ArticleForm(request.POST or None, initial={"kind": "question"})
    if request.method == "POST" and (article := _written(request, form, None)):
        return redirect_with_message(
            request, reverse("articles:detail", args=[article.pk]), Text("已存为草稿。", "Saved as a draft.")
        )
    return render(request, "web/articles/edit.html", {"form": form}, status=422 if form.errors else 200)


@requires("article.write")
def from_case(request: Request, pk: int) -> HttpResponse:
    """An article from this case, prefilled; those already written from it stand above."""
    case = load(request, Case, pk=pk)
    form = ArticleForm(request.POST or None, initial=draft(case) if request.method == "GET" else None)
    if request.method == "POST" and (article := _written(request, form, case)):
        return redirect_with_message(
            request, reverse("articles:detail", args=[article.pk]), Text("已存为草稿。", "Saved as a draft.")
        )
    context = frame(case, request.user, "articles:from_case") | {"form": form, "written": of_case(case)}
    return render(request, "web/articles/from_case.html", context, status=422 if form.errors else 200)


def _written(request: Request, form: ArticleForm, case: Case | None) -> Article | None:
    made: list[Article] = []
    submit(form, lambda seen, **values: made.append(Article.write(by=request.user, case=case, **values)))
    return made[0] if made else None


@requires("see.business")
def show(request: Request, pk: int) -> HttpResponse:
    article = load(request, Article, pk=pk)
    writes, reviews = request.user.can("article.write"), request.user.can("article.review")
    allowed = {m.name for m in FLOW.open_moves(article)}
    ratings = list(article.ratings.values_list("helpful", flat=True))
    context = {
        "article": article,
        "parts": [(name, getattr(article, part)) for part, name in article_choices.PARTS.items() if part != "title"],
        "source": Case.objects.visible_to(request.user).filter(pk=article.case_id).first(),
        "personal": contact_data(article),
        "can": {name: name in allowed and (writes if name in WRITERS else reviews) for name in (*WRITERS, *REVIEWERS)}
        | {"flag": "flag" in allowed},
        "writes": writes,
        "helpful": sum(ratings),
        "rated": len(ratings),
        "timeline": timeline.entries([article.timeline]),
    }
    return render(request, "web/articles/page.html", context)


@requires("article.write")
def edit(request: Request, pk: int) -> HttpResponse:
    article = load(request, Article, pk=pk)
    stored = {name: getattr(article, name) for name in ArticleForm.base_fields if name != "seen"}
    form = ArticleForm(request.POST or None, initial=stored | {"seen": article.version})
    if request.method == "POST" and submit(form, lambda **values: article.edit(by=request.user, **values)):
        return redirect_with_message(request, reverse("articles:detail", args=[pk]), Text("已保存。", "Saved."))
    context = {"form": form, "article": article, "personal": contact_data(article)}
    return render(request, "web/articles/edit.html", context, status=422 if form.errors else 200)


WRITERS: dict[str, Any] = {
    "submit": lambda article, by, reason: article.submit(by=by),
    "revise": lambda article, by, reason: article.revise(by=by),
}
REVIEWERS: dict[str, Any] = {
    "publish": lambda article, by, reason: article.publish(by=by),
    "return": lambda article, by, reason: article.return_(by=by, reason=reason),
    "renew": lambda article, by, reason: article.renew(by=by),
    "retire": lambda article, by, reason: article.retire(by=by, reason=reason),
    "revive": lambda article, by, reason: article.revive(by=by),
}


@require_POST
@requires("article.write")
def step(request: Request, pk: int, move: str) -> HttpResponse:
    """What writers do with an article: submit, revise."""
    return _step(request, pk, move, WRITERS)


@require_POST
@requires("article.review")
def verdict(request: Request, pk: int, move: str) -> HttpResponse:
    """What reviewers do with an article: publish, return, renew, retire, revive."""
    return _step(request, pk, move, REVIEWERS)


def _step(request: Request, pk: int, move: str, verbs: dict[str, Any]) -> HttpResponse:
    article = load(request, Article, pk=pk)
    if move not in verbs:
        raise Http404
    verbs[move](article, request.user, request.POST.get("reason", ""))
    return redirect_with_message(request, reverse("articles:detail", args=[pk]), article.state.name)


@require_POST
@requires("see.business")
def flags(request: Request, pk: int) -> HttpResponse:
    load(request, Article, pk=pk).flag(by=request.user, reason=request.POST.get("reason", ""))
    return redirect_with_message(
        request, reverse("articles:detail", args=[pk]), Text("已标记待更新。", "Flagged for update.")
    )


@require_POST
@requires("see.business")
def rating(request: Request, pk: int) -> HttpResponse:
    load(request, Article, pk=pk).rate(by=request.user, helpful=request.POST.get("helpful") == "yes")
    return redirect_with_message(request, reverse("articles:detail", args=[pk]), Text("谢谢评价。", "Thank you."))


@require_POST
@requires("see.business")
def uses(request: Request, pk: int, article: int) -> HttpResponse:
    """This article helped with this case."""
    case = load(request, Case, pk=pk)
    load(request, Article, pk=article).use(case, by=request.user)
    return redirect_with_message(request, reverse("cases:detail", args=[pk]), Text("已记录使用。", "Use noted."))


@requires("see.business")
def versions(request: Request, pk: int) -> HttpResponse:
    """Two published versions compared; the newest two unless the address says which."""
    article = load(request, Article, pk=pk)
    kept = list(article.versions.select_related("by").order_by("-version_number"))
    by_number = {str(r.version_number): r for r in kept}
    after = by_number.get(request.GET.get("to", ""), kept[0] if kept else None)
    before = by_number.get(
        request.GET.get("from", ""), next((r for r in kept if after and r.version_number < after.version_number), None)
    )
    differing = compare(before, after) if before and after else []
    context = {"article": article, "kept": kept, "before": before, "after": after, "differing": differing}
    return render(request, "web/articles/versions.html", context)
