"""Deadline: how long something may take.

A due time is derived by worktime from start, amount, unit and pauses; nobody types one. A case is known here only
by what a deadline needs of it: its key, its round, whether it waits, its pauses, its timeline and the place to note its next due time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.event_types import EventType
from bihuan.audit.models import Actor
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.deadlines import deadline_choices, events
from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.calendar_versions import CalendarVersion
from bihuan.deadlines.due_status import DueStatus, describe_due
from bihuan.deadlines.explanation import explain
from bihuan.deadlines.models.escalation import EscalationStep
from bihuan.deadlines.pauses import Pause as Span
from bihuan.deadlines.priority_schemes import Scheme
from bihuan.deadlines.time_units import length_text
from bihuan.deadlines.working_time import Due, add

NEW_LEVEL = Text("定级变化", "new assessment")
_on_due_change: dict[str, Callable[[Any], None]] = {}


def install_due_changes(functions: Mapping[str, Callable[[Any], None]]) -> None:
    """Milestone → what a later package does, in the same transaction, with a deadline whose due time has changed
    (bihuan/transitions.py)."""
    _on_due_change.update(functions)


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def live(self, case: Any) -> DeadlineQuerySet:
        """The deadlines of the case's present round that were not replaced; external_request ones run on over rounds."""
        here = models.Q(round=case.round) | models.Q(external_request__isnull=False)
        return self.filter(here, case=case, ended_at=None)

    def running(self, case: Any) -> DeadlineQuerySet:
        return self.live(case).filter(met_at=None)

    def open(self) -> DeadlineQuerySet:
        """Every deadline that is neither met nor ended."""
        return self.filter(met_at=None, ended_at=None)


class Deadline(models.Model):
    """One time limit of one case in one round. ``ended_at``: it no longer counts (replaced, or the case closed).

    ``occurrence`` counts what recurs (the weekly customer update); ``check_at``: when the sweep has to check it next,
    None while it is paused or when nothing is to come. ``calendar_version``: what it was derived by (empty in old rows:
    the shipped table); ``scheme``: the version of the scheme whose level requires it.
    """

    NOUN = "deadline"

    case = models.ForeignKey("bihuan.Case", on_delete=models.PROTECT, related_name="deadlines")
    round = models.PositiveSmallIntegerField()
    milestone = models.CharField(max_length=16, choices=list(deadline_choices.MILESTONES.items()))
    occurrence = models.PositiveSmallIntegerField(default=1)
    external_request = models.ForeignKey(
        "bihuan.ExternalRequest", on_delete=models.PROTECT, null=True, blank=True, related_name="deadlines"
    )
    start = models.DateTimeField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    unit = models.CharField(max_length=16)
    calendar_version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, null=True, related_name="deadlines")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    check_at = models.DateTimeField(null=True, blank=True, editable=False)
    met_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        db_table = "deadline"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "milestone", "occurrence"],
                condition=models.Q(ended_at=None, external_request=None),
                name="one_deadline_a_milestone",
            ),
            models.UniqueConstraint(
                fields=["external_request"],
                condition=models.Q(ended_at=None, external_request__isnull=False),
                name="one_deadline_an_outside_limit",
            ),
        ]
        indexes = [
            models.Index(fields=["met_at", "ended_at", "due"], name="deadline_open_due"),
            models.Index(fields=["check_at"], condition=models.Q(check_at__isnull=False), name="deadline_check_at"),
            models.Index(
                fields=["calendar_version"],
                condition=models.Q(met_at=None, ended_at=None),
                name="deadline_open_calendar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.due:%Y-%m-%d %H:%M}"

    @property
    def subject_name(self) -> str:
        return self.case.subject_name

    @property
    def timeline(self) -> str:
        return f"case/{self.case_id}"

    @classmethod
    @transaction.atomic
    def begin(
        cls, case: Any, milestone: str, amount: float, unit: str, by: Actor, start: datetime | None = None,
        external_request: Any = None, recurs: bool = False, scheme: Scheme | None = None,
    ) -> Deadline:  # fmt: skip
        """Start the milestone's deadline in the case's present round; the same target again changes nothing.

        Another target replaces the deadline from its original start, and the old promise stays readable. A deadline that
        is met stays met; where the milestone ``recurs``, the next occurrence begins. ``unit`` is one of deadlines/time_units.py.
        """
        held = cls.objects.select_for_update().live(case).filter(milestone=milestone, external_request=external_request)
        last = held.order_by("-occurrence").first()
        over = last is not None and last.met_at is not None
        if last and not (over and recurs) and (over or last._has_target(amount, unit)):
            return last
        new = cls(
            case=case, round=case.round, milestone=milestone, external_request=external_request, amount=amount, unit=unit, scheme=scheme,
            calendar_version=CalendarVersion.objects.in_force(case.team_id),
        )  # fmt: skip
        if last is None or over:
            new.occurrence = last.occurrence + 1 if last else 1
            return new._start(start or clock.now(), events.SET, by)
        return new._replace(last, last.start, NEW_LEVEL, by)

    @classmethod
    @transaction.atomic
    def bring_forward(
        cls, case: Any, milestone: str, amount: float, unit: str, by: Actor, why: Text
    ) -> Deadline | None:
        """Bring a running deadline forward to ``amount`` from now; None where none runs, the held one if it is sooner."""
        held = cls.objects.select_for_update().running(case).filter(milestone=milestone).first()
        if held is None:
            return None
        new = cls(
            case=case, round=case.round, milestone=milestone, occurrence=held.occurrence, amount=amount, unit=unit, scheme=held.scheme,
            calendar_version=CalendarVersion.objects.in_force(case.team_id),
        )  # fmt: skip
        new.start = clock.now()
        if new._due().at >= held.due:
            return held
        return new._replace(held, new.start, why, by)

    @classmethod
    @transaction.atomic
    def meet(
        cls, case: Any, milestone: str, by: Actor, at: datetime | None = None, external_request: Any = None
    ) -> Deadline | None:
        """The milestone is reached; None where no deadline for it is open. A late one stays visible as missed."""
        held = (
            cls.objects.select_for_update().running(case).filter(milestone=milestone, external_request=external_request)
        )
        deadline = held.first()
        if deadline is None:
            return None
        deadline.met_at, deadline.check_at = max(at or clock.now(), deadline.start), None
        due = deadline._due()
        deadline.due, deadline.provisional = due.at, due.provisional
        deadline.save(update_fields=["due", "provisional", "met_at", "check_at"])
        deadline._record(events.MET_LATE if deadline.missed else events.MET, by)
        cls.update_case_next_due(case)
        return deadline

    @classmethod
    def stop(cls, case: Any, *milestones: str) -> None:
        """These deadlines no longer count (all but external ones when none is named), and stay readable as they were."""
        rows = cls.objects.running(case)
        rows = rows.filter(milestone__in=milestones) if milestones else rows.filter(external_request=None)
        for one in rows.select_related("case", "calendar_version"):
            one._end()
        cls.update_case_next_due(case)

    @classmethod
    def pause_all(cls, case: Any, since: datetime) -> None:
        """The case waits: nothing comes due meanwhile, but for what no wait of ours stops and what is over already."""
        rows = cls.objects.running(case).exclude(milestone__in=deadline_choices.NEVER_PAUSED)
        rows.filter(due__gt=since).update(check_at=None)
        cls.update_case_next_due(case)

    @classmethod
    def update_case_next_due(cls, case: Any) -> None:
        """Write the case's next due time on it, by which lists sort (C-26); while it is paused, of what runs on."""
        rows = cls.objects.running(case).order_by("due").values("due", "milestone", "provisional")
        on = models.Q(milestone__in=deadline_choices.NEVER_PAUSED) | models.Q(due__lte=case.paused_since)
        runs_on = rows.filter(on).first() if case.paused_for else None
        first = runs_on or rows.first()
        noted = first or {"due": None, "milestone": "", "provisional": False}
        case.next_due, case.next_milestone, case.next_provisional = noted.values()
        type(case)._base_manager.filter(pk=case.pk).update(
            next_due=case.next_due, next_milestone=case.next_milestone, next_provisional=case.next_provisional
        )

    @property
    def missed(self) -> bool:
        """Whether its due time went by before it was met or ended; a paused deadline has not missed it."""
        return self.due < (self.met_at or self.ended_at or clock.now()) and not self.is_paused

    @property
    def name(self) -> Text:
        """What is to be reached; an external_request limit by its own name."""
        return self.external_request.name if self.external_request else deadline_choices.MILESTONES[self.milestone]

    @property
    def length(self) -> Text:
        """Amount and unit in words."""
        return length_text(self.amount, self.unit)

    @property
    def explanation(self) -> Text:
        """How the due time came about, in one sentence."""
        explanation = explain(self._due())
        return (
            Text(
                "{source}；{explanation}",
                "{source}; {explanation}",
                source=self.external_request.source,
                explanation=explanation,
            )
            if self.external_request
            else explanation
        )

    @property
    def due_status(self) -> DueStatus:
        """Whether it is met, paused, overdue or still open, in words."""
        since = next((p.start for p in self.case.pauses.all() if p.end is None), None) if self.is_paused else None
        return describe_due(
            self.due, provisional=self.provisional, paused_since=since, met_at=self.met_at, ended=bool(self.ended_at)
        )

    @property
    def is_paused(self) -> bool:
        """Whether it is paused now."""
        ran_out = self.met_at or self.ended_at or self.milestone in deadline_choices.NEVER_PAUSED
        return not ran_out and any(p.end is None and p.start < self.due for p in self.case.pauses.all())

    @property
    def is_running(self) -> bool:
        """Whether time still runs on it: it is not met, not ended and not paused."""
        return not (self.met_at or self.ended_at or self.is_paused)

    def recalculate_after_pause(self, *, by: Actor) -> None:
        """Derive the due time anew after a pause."""
        before = self.due
        self._derive()
        self.save(update_fields=["due", "provisional", "check_at"])
        if self.due != before:
            self._record(events.MOVED, by)
            self.follow()

    def recalculate(self, version: CalendarVersion, due: Due) -> None:
        """The calendar version now in force makes another due time of it, or one that is no longer provisional."""
        before, self.due, self.provisional = self.due, due.at, due.provisional
        self.save(update_fields=["due", "provisional"])
        details = {"calendar": version.label, "version": version.pk}
        if before == self.due and not self.provisional:
            self._record(events.CONFIRMED, Actor.system(), **details)
        else:
            state = Text("（暂定）", " (provisional)") if self.provisional else ""
            self._record(events.RECALCULATED, Actor.system(), before=_minute(before), state=state, **details)
        self.update_case_next_due(self.case)
        self.follow()

    def follow(self) -> None:
        """Let the package that keeps a date of its own beside this deadline change it too."""
        if update := _on_due_change.get(self.milestone):
            update(self)

    def derivation(self) -> Due:
        """The due time worked out again from what is stored; a pause that is still open lasts until now."""
        return self._due()

    def due_if(self, pauses: Sequence[Span] = ()) -> datetime:
        """What the due time would be with these pauses beside those that were."""
        return self._due(pauses).at

    def escalation_times(self, policy: Sequence[EscalationStep]) -> list[tuple[EscalationStep, datetime]]:
        """Every escalation step with the moment this deadline reaches it."""
        due, spans = self._due(), self._pause_spans()
        return [(step, step.time_reached(due, spans)) for step in policy]

    def schedule_check(self, steps: Sequence[tuple[EscalationStep, datetime]], reached: set[int]) -> None:
        """Note when the first of its escalation steps not yet ``reached`` (keys) comes."""
        rest = [at for step, at in steps if step.pk not in reached]
        self.check_at = min(rest, default=None) if self.is_running else None

    @property
    def calendar(self) -> Calendar:
        return (self.calendar_version or CalendarVersion.objects.in_force()).value

    def _has_target(self, amount: float, unit: str) -> bool:
        return (float(self.amount), self.unit) == (float(amount), unit)

    def _start(self, start: datetime, kind: EventType, by: Actor, **details: Any) -> Deadline:
        self.start = start
        self._derive()
        self.save()
        self._record(kind, by, **details)
        self.update_case_next_due(self.case)
        return self

    def _replace(self, held: Deadline, start: datetime, why: Text, by: Actor) -> Deadline:
        held._end()
        self.occurrence = held.occurrence
        return self._start(start, events.REPLACED, by, before=_minute(held.due), why=why)

    def _end(self) -> None:
        """It no longer counts. An open pause lasts until now, so that a paused deadline does not count as missed."""
        due = self._due()
        self.due, self.provisional, self.ended_at, self.check_at = due.at, due.provisional, clock.now(), None
        self.save(update_fields=["due", "provisional", "ended_at", "check_at"])

    def _derive(self) -> None:
        due = self._due(open_too=False)
        self.due, self.provisional = due.at, due.provisional
        reached = set(self.escalations.values_list("step", flat=True)) if self.pk else set()
        self.schedule_check(self.escalation_times(EscalationStep.policy()), reached)

    def _due(self, more: Sequence[Span] = (), *, open_too: bool = True) -> Due:
        return due_of(self.calendar, self.start, self.amount, self.unit, [*self._pause_spans(open_too), *more])

    def _pause_spans(self, open_too: bool = True) -> list[Span]:
        """The pauses that count for it, as far as they have come; what is stored leaves out the one still open.

        What is met or ended is past: no later pause moves it any more.
        """
        if self.milestone in deadline_choices.NEVER_PAUSED:
            return []
        until = self.met_at or self.ended_at or clock.now()
        counted = [p for p in self.case.pauses.all() if p.start < until and (open_too or p.end)]
        return [(p.start, min(p.end_by(until), until)) for p in counted]

    def _record(self, kind: EventType, by: Actor, **details: Any) -> None:
        record(kind, self, by=by, milestone=self.name, due=_minute(self.due), **details)


def due_of(calendar: Calendar, start: datetime, amount: Any, unit: str, pauses: Iterable[Span] = ()) -> Due:
    """The due time. Seconds of a start or a pause do not count, so that anybody can check it by hand."""
    spans = [(_whole(begins), _whole(ends)) for begins, ends in pauses]
    return add(calendar, _whole(start), float(amount), unit, spans)


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"
