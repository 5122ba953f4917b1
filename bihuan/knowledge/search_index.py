"""What an article can be found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.full_text import Searchable, WordIndex

if TYPE_CHECKING:
    from bihuan.knowledge.models import Article


class ArticleWords(Searchable):
    class Meta:
        db_table = "search_article"
        indexes = [WordIndex(fields=["tokens"], name="search_article_words")]


def text_of(article: Article) -> str:
    said = (article.title, article.keywords, article.phenomenon, article.cause, article.steps, article.range)
    return "\n".join((article.number, *said))


def index(article: Article) -> None:
    """Make a new or edited article findable; inside the verb's transaction."""
    ArticleWords.put(article.pk, text_of(article))
