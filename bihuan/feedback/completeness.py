"""How much of a record is there, and what is missing (S1-13). The contact is optional and never counts (S3-11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from bihuan.core.text import Text

if TYPE_CHECKING:
    from bihuan.feedback.models.feedback import Feedback


@dataclass(frozen=True)
class Wanted:
    """A field a whole record has; ``fault`` ones are asked of faults only."""

    field: str
    title: Text
    fault: bool = False

    @property
    def blank(self) -> Q:
        return Q(**{f"{self.field}__isnull": True}) if self.field in _NULLABLE else Q(**{self.field: ""})


_NULLABLE = {"customer", "occurred_at"}
_ALWAYS = 2  # channel and words: a record cannot be saved without them
WANTED: tuple[Wanted, ...] = (
    Wanted("customer", Text("客户", "Customer")),
    Wanted("title", Text("要解决什么", "What must be solved")),
    Wanted("demand", Text("希望的结果", "Result expected")),
    Wanted("nature", Text("性质", "Kind")),
    Wanted("occurred_at", Text("发生时间", "Happened at")),
    Wanted("product", Text("产品", "Product")),
    Wanted("app_version", Text("版本", "Version"), fault=True),
    Wanted("system", Text("操作系统", "Operating system"), fault=True),
    Wanted("frequency", Text("频率", "Frequency"), fault=True),
)

INCOMPLETE = Q()
for _field in WANTED:
    INCOMPLETE |= _field.blank & (Q(nature="fault") if _field.fault else Q())


def missing(feedback: Feedback) -> list[Text]:
    """The titles of what is still missing, in the order of the form."""
    return [w.title for w in _fields_of(feedback) if not _value(feedback, w)]


def percent(feedback: Feedback) -> int:
    """0 to 100."""
    expected = len(_fields_of(feedback)) + _ALWAYS
    return round(100 * (expected - len(missing(feedback))) / expected)


def _fields_of(feedback: Feedback) -> list[Wanted]:
    return [w for w in WANTED if not w.fault or feedback.nature == "fault"]


def _value(feedback: Feedback, wanted: Wanted) -> object:
    return getattr(feedback, f"{wanted.field}_id" if wanted.field == "customer" else wanted.field)
