"""Pause, PauseLimit: when the deadlines of a case are paused, and for how long they may be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.deadlines.deadline_choices import PAUSE_REASONS
from bihuan.deadlines.models.configurable_rule import Rule
from bihuan.deadlines.models.deadline import Deadline, due_of
from bihuan.deadlines.time_units import length_text


class PauseLimit(Rule):
    """The longest a case may wait for one reason, without a word to whoever is waited for."""

    NOUN = "pause_limit"
    KEYS = ("reason",)
    SHIPPED = (
        {"reason": "customer", "amount": 5, "unit": "working_days"},
        {"reason": "third_party", "amount": 10, "unit": "working_days"},
    )

    reason = models.CharField(max_length=12, unique=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    unit = models.CharField(max_length=16)

    class Meta:
        db_table = "pause_limit"
        ordering = ["id"]

    @property
    def name(self) -> Text:
        return Text("挂起上限：{reason}", "Longest pause: {reason}", reason=PAUSE_REASONS[self.reason])

    @property
    def length(self) -> Text:
        """The limit in words."""
        return length_text(self.amount, self.unit)

    @classmethod
    def until(cls, reason: str, start: datetime) -> datetime | None:
        """Until when a pause begun at ``start`` may last; None where the table sets no limit."""
        held = next((row for row in cls.all_rows() if row.reason == reason and row.active), None)
        return due_of(company_calendar(), start, held.amount, held.unit).at if held else None


class Pause(models.Model):
    """A time in which the deadlines of a case are paused, because the next move is not ours (C-25).

    ``until``: the end it has at the latest, as PauseLimit had it when it began. Nothing after that counts as paused,
    whoever forgot to resume.
    """

    case = models.ForeignKey("bihuan.Case", on_delete=models.PROTECT, related_name="pauses")
    start = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)
    end = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=12)
    note = models.TextField()
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "pause"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(end=None), name="one_open_pause_a_case"),
            models.CheckConstraint(
                condition=models.Q(reason__in=["customer", "third_party"]), name="only_two_reasons_to_wait"
            ),
        ]
        indexes = [models.Index(fields=["end", "until"], name="pause_open_until")]

    @property
    def reason_name(self) -> Text:
        return PAUSE_REASONS[self.reason]

    @classmethod
    def begin(cls, case: Any, *, reason: str, note: str, by: Actor) -> Pause:
        """Pause the case's deadlines from now on."""
        start = clock.now()
        made = cls.objects.create(
            case=case, start=start, until=PauseLimit.until(reason, start), reason=reason, note=note, by=by
        )
        Deadline.pause_all(case, start)
        return made

    @classmethod
    def finish(cls, case: Any, *, by: Actor) -> None:
        """Let them run again; due times move on by what the pause took."""
        held = cls.objects.filter(case=case, end=None).first()
        if held is None:
            return
        held.end = held.end_by(clock.now())
        held.save(update_fields=["end"])
        for one in Deadline.objects.running(case):
            one.recalculate_after_pause(by=by)
        Deadline.update_case_next_due(case)

    def end_by(self, now: datetime) -> datetime:
        """Its end or, while it is open, how far it has come by ``now``."""
        return max(self.start, self.end or min(now, self.until or now))

    @property
    def is_over_limit(self) -> bool:
        """Whether it was let run to its limit instead of being resumed."""
        return self.until is not None and (self.end or clock.now()) >= self.until
