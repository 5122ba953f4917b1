"""RoundModel: the base of what belongs to one round of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.base_models import PartModel
from bihuan.cases.models.case import Case


class RoundModel(PartModel):
    """A row about one round of its ``case``, shown on the case's timeline."""

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
