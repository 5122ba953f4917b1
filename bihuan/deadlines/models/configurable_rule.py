"""Rule: a row of a table that everybody can read and the administrator can change. No method has such a number in its code."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Self

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.flow import edit
from bihuan.audit.models import Event
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.deadlines import events
from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.time_units import LENGTH, microseconds, unit_of, whole_amount
from bihuan.people.models import User


class Rule(SubjectModel, BaseModel):
    """The base. ``SHIPPED``: the rows an organisation starts with; they are written when the table is first
    read. ``KEYS``: the fields by which one row is told from another."""

    SHIPPED: ClassVar[tuple[dict[str, Any], ...]] = ()
    KEYS: ClassVar[tuple[str, ...]]
    NOUN = "rule"

    active = models.BooleanField(default=True)

    class Meta:
        abstract = True

    @property
    @abstractmethod
    def name(self) -> Text:
        """What people call the row."""

    @property
    def subject_name(self) -> str:
        return self.name.to("zh")

    @classmethod
    def all_rows(cls) -> list[Self]:
        """Every row, retired ones too."""
        found = list(cls._base_manager.order_by(*(cls._meta.ordering or ())))
        if found:
            return found
        with transaction.atomic():
            for row in cls.SHIPPED:
                keys = {k: row[k] for k in cls.KEYS}
                cls._base_manager.get_or_create(**keys, defaults=row)
        return list(cls._base_manager.order_by(*(cls._meta.ordering or ())))

    @transaction.atomic
    def change(self, *, by: User, seen: int | None = None, **changes: Any) -> Event | None:
        """Change the row; what runs by it keeps what it was promised."""
        self.validate_values(**changes)
        return edit(self, changes, by=by.actor, event_type=events.RULE_CHANGED, seen=seen, rule=self.name)

    def validate_values(self, **changes: Any) -> None:
        """Raise Refused for values that make no sense together."""
        unit, amount = changes.get("unit"), changes.get("amount")
        if unit is None or amount is None:
            return
        try:
            kind = unit_of(unit)
            (microseconds if kind in LENGTH else whole_amount)(float(amount), kind)
        except InputError as bad:
            raise Refused(Text("期限不能用：{why}", "This limit does not work: {why}", why=str(bad))) from None
