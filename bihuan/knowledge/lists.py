"""The list of articles: what it filters, sorts, shows and exports."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from bihuan.core import clock
from bihuan.core.lists import ALL, ChoiceFilter, Column, ListSpec, Tab, TextFilter
from bihuan.core.text import Text
from bihuan.knowledge import article_choices
from bihuan.knowledge.models import OVERDUE_STATES, unused
from bihuan.knowledge.search_index import ArticleWords


@dataclass(frozen=True)
class ArticleSearch(TextFilter):
    """A search box that asks the index of articles."""

    def where(self, value: str) -> Q:
        ids = ArticleWords.matching_ids(value)
        return Q(pk__in=ids) if ids is not None else Q()


SORTS = {
    "new": (Text("最新", "Newest"), ("-id",)),
    "used": (Text("最常使用", "Most used"), ("-reuse_count", "-id")),
    "due": (Text("最早到期", "Review due"), ("review_due", "id")),
}
FILTERS = (
    ArticleSearch("q", Text("编号、标题、内容", "Number, title, text"), ()),
    ChoiceFilter("kind", Text("类型", "Type"), article_choices.KINDS),
    ChoiceFilter("audience", Text("读者", "Audience"), article_choices.AUDIENCES),
)
COLUMNS = (
    Column(Text("编号", "Number"), lambda a: a.number),
    Column(Text("标题", "Title"), lambda a: a.title),
    Column(Text("类型", "Type"), lambda a: article_choices.KINDS[a.kind]),
    Column(Text("读者", "Audience"), lambda a: article_choices.AUDIENCES[a.audience]),
    Column(Text("状态", "State"), lambda a: a.state.name),
    Column(Text("版本", "Version"), lambda a: a.version_number),
    Column(Text("作者", "Author"), lambda a: a.author),
    Column(Text("审核人", "Reviewer"), lambda a: a.reviewer),
    Column(Text("发布时间", "Published"), lambda a: a.published_at),
    Column(Text("复核日期", "Review due"), lambda a: a.review_due),
    Column(Text("使用次数", "Times used"), lambda a: a.reuse_count),
)


def tabs() -> tuple[Tab, ...]:
    return (
        Tab("published", Text("已发布", "Published"), Q(status__in=OVERDUE_STATES)),
        Tab("review", Text("待审", "In review"), Q(status="in_review")),
        Tab("drafts", Text("草稿", "Drafts"), Q(status="draft")),
        Tab("overdue", Text("复核到期", "Review overdue"), Q(status__in=OVERDUE_STATES, review_due__lt=clock.today())),
        Tab("stale", Text("待更新", "To be updated"), Q(status="stale")),
        Tab("unused", Text("一年未用", "Unused for a year"), unused()),
        ALL,
    )


def article_list() -> ListSpec:
    return ListSpec("articles", SORTS, tabs=tabs(), filters=FILTERS, columns=COLUMNS)
