"""The life of an article: nobody publishes their own, and none is published with contact data inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.insight.text.masking import find
from bihuan.knowledge import article_choices, events

if TYPE_CHECKING:
    from bihuan.knowledge.models import Article


def contact_data(article: Article) -> list[Text]:
    """The parts of the article in which contact data or other personal data stand."""
    return [name for part, name in article_choices.PARTS.items() if find(getattr(article, part))]


def is_clean(article: Article) -> Text | None:
    parts = contact_data(article)
    if not parts:
        return None
    where = Text("、".join(p.zh for p in parts), ", ".join(p.en for p in parts))
    return Text(
        "“{where}”里有联系方式等个人信息，请删去后再提交：知识里不能有客户的个人信息。",
        "There is contact data in: {where}. Please remove it first; knowledge holds no personal data of customers.",
        where=where,
    )


def is_complete(article: Article) -> Text | None:
    missing = [article_choices.PARTS[p] for p in ("title", "phenomenon", "steps") if not getattr(article, p).strip()]
    return Text("请先填写{what}。", "Please fill in first: {what}.", what=missing[0]) if missing else None


_READY = (is_complete, is_clean)
FLOW = Flow(
    "article",
    states=(
        State("draft", Text("草稿", "Draft"), "secondary"),
        State("in_review", Text("待审", "In review"), "orange"),
        State("published", Text("已发布", "Published"), "green"),
        State("stale", Text("待更新", "To be updated"), "yellow"),
        State("retired", Text("停用", "Disabled"), "secondary", final=True),
    ),
    moves=(
        Move("submit", Text("提交审核", "Send for review"), ("draft",), "in_review", events.SUBMITTED, _READY),
        Move("return", Text("退回", "Return"), ("in_review",), "draft", events.RETURNED),
        Move("publish", Text("发布", "Publish"), ("in_review",), "published", events.PUBLISHED, _READY),
        Move("flag", Text("标记待更新", "Flag for update"), ("published",), "stale", events.FLAGGED),
        Move("revise", Text("修订", "Revise"), ("published", "stale"), "draft", events.REVISED),
        Move("renew", Text("复核有效", "Still right"), ("published", "stale"), "published", events.RENEWED),
        Move("retire", Text("停用", "Disable"), ("draft", "published", "stale"), "retired", events.RETIRED),
        Move("revive", Text("恢复", "Restore"), ("retired",), "draft", events.REVIVED),
    ),
)
