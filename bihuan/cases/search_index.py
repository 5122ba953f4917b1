"""What a case can be found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.full_text import Searchable, WordIndex

if TYPE_CHECKING:
    from bihuan.cases.models import Case


class CaseWords(Searchable):
    class Meta:
        db_table = "search_case"
        indexes = [WordIndex(fields=["tokens"], name="search_case_words")]


def text_of(case: Case) -> str:
    numbers = dict.fromkeys(case.outsides.exclude(number="").values_list("number", flat=True))
    return "\n".join((case.number, case.title, case.description, *numbers))


def index(case: Case) -> None:
    """Make a new or edited case findable; inside the verb's transaction."""
    CaseWords.put(case.pk, text_of(case))
