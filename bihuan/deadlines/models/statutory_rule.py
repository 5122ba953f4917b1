"""StatutoryRule: deadlines that a law or an authority sets beside our own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines import events
from bihuan.deadlines.models.configurable_rule import Rule
from bihuan.deadlines.statutory_limits import SHIPPED
from bihuan.deadlines.time_units import length_text
from bihuan.people.models import User


class StatutoryRule(Rule):
    """One wording of one limit, in force from a day on. A later wording is another row; the earlier one stays."""

    NOUN = "statutory_rule"
    KEYS = ("code", "valid_from")
    SHIPPED = SHIPPED

    code = models.CharField(max_length=24)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=60)
    channel = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    unit = models.CharField(max_length=16)
    valid_from = models.DateField()
    source = models.TextField()

    class Meta:
        db_table = "statutory_rule"
        ordering = ["code", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_wording_a_day")]

    @property
    def name(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def length(self) -> Text:
        """The limit in words."""
        return length_text(self.amount, self.unit)

    def validate_values(self, **changes: Any) -> None:
        super().validate_values(**changes)
        day = changes.get("valid_from", self.valid_from)
        if type(self).objects.filter(code=self.code, valid_from=day).exclude(pk=self.pk).exists():
            raise Refused(Text("这一天已经有一条规定。", "There is a wording from that day already."))

    @classmethod
    def in_force_on(cls, day: date) -> list[StatutoryRule]:
        """The wording of every limit in force on ``day``."""
        found: dict[str, StatutoryRule] = {}
        for row in cls.all_rows():
            if row.active and row.valid_from <= day:
                found.setdefault(row.code, row)
        return list(found.values())

    @transaction.atomic
    def add_wording(self, *, by: User, valid_from: date, amount: Any, unit: str, source: str) -> StatutoryRule:
        """Another wording of the same limit, from ``valid_from`` on. Deadlines already running keep theirs."""
        super().validate_values(amount=amount, unit=unit)
        if type(self).objects.filter(code=self.code, valid_from=valid_from).exists():
            raise Refused(Text("这一天已经有一条规定。", "There is a wording from that day already."))
        if len(source.strip()) < 4:
            raise Refused(Text("请写明依据（文件、条款）。", "Please state the source: text and article."))
        made = type(self).objects.create(
            code=self.code, zh=self.zh, en=self.en, channel=self.channel, amount=amount, unit=unit,
            valid_from=valid_from, source=source.strip(),
        )  # fmt: skip
        record(events.RULE_ADDED, made, by=by.actor, rule=made.name, length=made.length, day=valid_from)
        return made

    @property
    def is_coming(self) -> bool:
        return self.valid_from > clock.today()
