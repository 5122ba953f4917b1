"""What belongs to one round of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.base_models import PartModel

if TYPE_CHECKING:
    from bihuan.cases.models import Case


class OfRound(PartModel):
    """A row about one round of its ``case``, told of on the case's timeline."""

    PART_OF = "case"
    if TYPE_CHECKING:
        case: Case
        round: int

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.subject_name

    @property
    def subject_name(self) -> str:
        return f"{self.case.number} R{self.round}"
