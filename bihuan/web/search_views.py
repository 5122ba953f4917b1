"""One search over feedback items, cases and articles: three groups, newest first, only what its reader may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.audit.full_text import Searchable
from bihuan.cases import search_index as case_search_index
from bihuan.cases.models import Case
from bihuan.core import tokens
from bihuan.core.snippets import snippet
from bihuan.core.text import Text
from bihuan.feedback import search_index as feedback_search_index
from bihuan.feedback.models import Feedback
from bihuan.knowledge import search_index as article_search_index
from bihuan.knowledge.models import Article
from bihuan.web.access import Request, requires

FIRST, MORE = 8, 20
COUNTED = 1000
"""Hits are counted up to here; beyond, "1,000+" says enough and costs nothing."""


@dataclass(frozen=True)
class Group:
    """One kind of thing that can be found. ``also``: columns of related rows its line shows."""

    key: str
    title: Text
    icon: str
    model: Any
    index: type[Searchable]
    url: str
    text: Callable[[Any], str]
    also: tuple[str, ...] = ()


def _feedback_text(feedback: Feedback) -> str:
    who = f"{feedback.customer.name}：" if feedback.customer and feedback.customer.name else ""
    return f"{who}{feedback.title} {feedback.text}".strip()


def _article_text(article: Article) -> str:
    return f"{article.title} {article.phenomenon} {article.cause} {article.steps} {article.keywords}"


def _case_text(case: Case) -> str:
    return f"{case.title} {case.description}"


GROUPS: tuple[Group, ...] = (
    Group("cases", Text("事项", "Cases"), "folder", Case, case_search_index.CaseWords, "cases:detail", _case_text),
    Group(
        "articles",
        Text("知识", "Knowledge"),
        "book",
        Article,
        article_search_index.ArticleWords,
        "articles:detail",
        _article_text,
    ),
    Group(
        "feedback",
        Text("反馈", "Feedback"),
        "inbox",
        Feedback,
        feedback_search_index.FeedbackWords,
        "feedback:detail",
        _feedback_text,
        ("customer",),
    ),
)


@dataclass(frozen=True)
class Found:
    """A group's hits on one page: lines (row and snippet), the count as shown, and where the next page begins."""

    group: Group
    lines: list[tuple[Any, list[tuple[str, bool]]]]
    count: int
    more: bool
    next_before: int | None

    @property
    def counted(self) -> str:
        return f"{COUNTED:,}+" if self.more else f"{self.count:,}"


@requires("see.business")
def search(request: Request) -> HttpResponse:
    query = request.GET.get("q", "").strip()[: tokens.MAX_QUERY_LENGTH]
    one = next((g for g in GROUPS if g.key == request.GET.get("in")), None)
    before = request.GET.get("before", "")
    pk = int(before) if before.isdecimal() and len(before) < 18 else None
    groups = [_found(request, g, query, MORE if one else FIRST, pk) for g in ((one,) if one else GROUPS)]
    context = {
        "query": query,
        "groups": [g for g in groups if g and g.count],
        "one": one,
        "nothing_to_ask": not tokens.query_words(query),
    }
    return render(request, "web/search/page.html", context)


def _found(request: Request, group: Group, query: str, size: int, before: int | None) -> Found | None:
    ids = group.index.matching_ids(query)
    if ids is None:
        return None
    seen = group.model.objects.visible_to(request.user).filter(pk__in=ids).order_by("-pk")
    keys = list(seen.values_list("pk", flat=True)[: COUNTED + 1])
    here = keys if before is None else list(seen.filter(pk__lt=before).values_list("pk", flat=True)[: size + 1])
    rows = group.model.objects.select_related(*group.also).in_bulk(here[:size]) if here else {}
    words = tokens.query_words(query)
    lines = [(rows[pk], snippet(group.text(rows[pk]), words)) for pk in here[:size]]
    return Found(
        group, lines, min(len(keys), COUNTED), len(keys) > COUNTED, here[size - 1] if len(here) > size else None
    )
