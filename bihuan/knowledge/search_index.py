"""What an article can be found by."""

from __future__ import annotations

from bihuan.audit.full_text import Searchable, WordIndex


class ArticleWords(Searchable):
    class Meta:
        db_table = "search_article"
        indexes = [WordIndex(fields=["tokens"], name="search_article_words")]


def index(pk: int, text: str) -> None:
    """Make a new or edited article findable by ``text`` (Article.search_text); inside the verb's transaction."""
    ArticleWords.index_row(pk, text)
