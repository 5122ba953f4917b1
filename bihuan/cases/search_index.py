"""What a case can be found by."""

from __future__ import annotations

from bihuan.audit.full_text import Searchable, WordIndex


class CaseWords(Searchable):
    class Meta:
        db_table = "search_case"
        indexes = [WordIndex(fields=["tokens"], name="search_case_words")]


def index(pk: int, text: str) -> None:
    """Make a new or edited case findable by ``text`` (Case.search_text); inside the verb's transaction."""
    CaseWords.index_row(pk, text)
