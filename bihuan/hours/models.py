"""Clock and Pause: how long something may take, and when that time stood still.

A due time is derived by worktime from start, amount, unit and pauses; nobody types one. A case is known here only
by what a clock needs of it: its key, its round, its timeline and the place to note its next due time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction

from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.hours import events, words
from bihuan.hours.calendar import Calendar
from bihuan.hours.explain import explain
from bihuan.hours.schemes import Scheme
from bihuan.hours.worktime import Due, add
from bihuan.ledger.chain import record
from bihuan.ledger.kinds import Kind
from bihuan.ledger.models import Actor

__all__ = ["Clock", "Pause", "Scheme"]


class Pause(models.Model):
    """A time in which all clocks of a case stand still, because the next move is not ours (C-25)."""

    case = models.ForeignKey("bihuan.Case", on_delete=models.PROTECT, related_name="pauses")
    start = models.DateTimeField(default=clock.now)
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

    @classmethod
    def begin(cls, case: Any, *, reason: str, note: str, by: Actor) -> Pause:
        """Let the case's clocks stand from now on."""
        return cls.objects.create(case=case, reason=reason, note=note, by=by)

    @classmethod
    def finish(cls, case: Any, *, by: Actor) -> None:
        """Let them run again; due times move on by what the pause took."""
        if not cls.objects.filter(case=case, end=None).update(end=clock.now()):
            return
        for one in Clock.objects.running(case):
            one.move_on(by=by)
        Clock.note_next(case)


class Clocks(models.QuerySet["Clock"]):
    def live(self, case: Any) -> Clocks:
        """The clocks of the case's present round that were not replaced."""
        return self.filter(case=case, round=case.round, ended_at=None)

    def running(self, case: Any) -> Clocks:
        return self.live(case).filter(met_at=None)


class Clock(models.Model):
    """One time limit of one case in one round. ``ended_at``: it no longer counts (replaced, or the case closed)."""

    NOUN = "clock"

    case = models.ForeignKey("bihuan.Case", on_delete=models.PROTECT, related_name="clocks")
    round = models.PositiveSmallIntegerField()
    milestone = models.CharField(max_length=16, choices=list(words.MILESTONES.items()))
    start = models.DateTimeField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    unit = models.CharField(max_length=16)
    due = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Clocks.as_manager()

    class Meta:
        db_table = "clock"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "milestone"], condition=models.Q(ended_at=None), name="one_clock_a_milestone"
            )
        ]
        indexes = [models.Index(fields=["met_at", "ended_at", "due"], name="clock_open_due")]

    def __str__(self) -> str:
        return f"{self.milestone} {self.due:%Y-%m-%d %H:%M}"

    @property
    def fact_name(self) -> str:
        return self.case.fact_name

    @property
    def trail(self) -> str:
        return f"case/{self.case_id}"

    @classmethod
    @transaction.atomic
    def begin(
        cls, case: Any, milestone: str, amount: float, unit: str, by: Actor, start: datetime | None = None
    ) -> Clock:
        """Start the milestone's clock in the case's present round; the same target again changes nothing.

        Another target replaces the clock from its original start, and the old promise stays readable. A clock that
        is met stays met. ``unit`` is one of hours/units.py.
        """
        held = cls.objects.select_for_update().live(case).filter(milestone=milestone).first()
        if held and (held.met_at or (float(held.amount), held.unit) == (float(amount), unit)):
            return held
        if held:
            held.ended_at = clock.now()
            held.save(update_fields=["ended_at"])
        new = cls(case=case, round=case.round, milestone=milestone, amount=amount, unit=unit)
        new.start = held.start if held else start or clock.now()
        new._derive()
        new.save()
        new._tell(events.REPLACED if held else events.SET, by, before=_minute(held.due) if held else None)
        cls.note_next(case)
        return new

    @classmethod
    @transaction.atomic
    def meet(cls, case: Any, milestone: str, by: Actor, at: datetime | None = None) -> Clock | None:
        """The milestone is reached; None where no clock runs towards it. A late one stays visible as missed."""
        one = cls.objects.select_for_update().running(case).filter(milestone=milestone).first()
        if one is None:
            return None
        one._derive()
        one.met_at = max(at or clock.now(), one.start)
        one.save(update_fields=["due", "provisional", "met_at"])
        one._tell(events.MET_LATE if one.missed else events.MET, by)
        cls.note_next(case)
        return one

    @classmethod
    def stop_all(cls, case: Any) -> None:
        """The case is closed: what still runs no longer counts, and stays readable as it stood."""
        cls.objects.running(case).update(ended_at=clock.now())
        cls.note_next(case)

    @classmethod
    def note_next(cls, case: Any) -> None:
        """Write the case's next due time on it, by which lists sort (C-26)."""
        case.next_due = cls.objects.running(case).aggregate(first=models.Min("due"))["first"]
        type(case)._base_manager.filter(pk=case.pk).update(next_due=case.next_due)

    @property
    def missed(self) -> bool:
        """Whether its due time went by before it was met or ended."""
        return self.due < (self.met_at or self.ended_at or clock.now())

    @property
    def explanation(self) -> Text:
        """How the due time came about, in one sentence."""
        return Text(*explain(self._due()))

    def move_on(self, *, by: Actor) -> None:
        """Derive the due time anew after a pause."""
        before = self.due
        self._derive()
        if self.due != before:
            self.save(update_fields=["due", "provisional"])
            self._tell(events.MOVED, by)

    def _derive(self) -> None:
        due = self._due()
        self.due, self.provisional = due.at, due.provisional

    def _due(self) -> Due:
        until = self.met_at or self.ended_at or clock.now()
        pauses = [(p.start, max(p.start, p.end or until)) for p in self.case.pauses.all()]
        return add(Calendar.from_json("cn"), self.start, float(self.amount), self.unit, pauses)

    def _tell(self, kind: Kind, by: Actor, **details: Any) -> None:
        record(kind, self, by=by, milestone=words.MILESTONES[self.milestone], due=_minute(self.due), **details)


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"
