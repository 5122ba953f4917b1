"""Help for customers: articles meant for them, each as it was last published."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.core.tokens import MAX_QUERY_LENGTH
from bihuan.knowledge.models import Article, ArticleVersion
from bihuan.portal.public_access import public

READ = ("title", "phenomenon", "steps", "keywords")


@public
def index(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:MAX_QUERY_LENGTH]
    rows = _published().order_by("-article__reuse_count", "-article")
    for word in query.replace("\x00", " ").split():
        rows = rows.filter(Q(*[(f"{part}__icontains", word) for part in READ], _connector=Q.OR))
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "portal/help.html", {"page": page, "query": query})


@public
def show(request: HttpRequest, number: str) -> HttpResponse:
    text = _published().filter(article__number=number).first()
    if text is None:
        raise Http404
    return render(request, "portal/help_article.html", {"text": text})


def _published() -> QuerySet[ArticleVersion]:
    """The live version of each article for customers: drafts of a revision stay inside."""
    live = ArticleVersion.objects.filter(
        article__in=Article.objects.for_customers(), version_number=F("article__version_number")
    )
    return live.select_related("article")
