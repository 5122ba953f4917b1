"""Requirement, Score, Iteration."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models, transaction

from bihuan.audit import flow
from bihuan.audit.base_models import FlowModel, NumberedModel, SubjectModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.models import Actor, Event
from bihuan.cases.models import Case
from bihuan.cases.models.assessment import scheme_result
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.numbers import next_number
from bihuan.core.text import Text
from bihuan.customers.models import Customer
from bihuan.deadlines.models import Scheme
from bihuan.feedback.models import Feedback
from bihuan.people.models import Team, User
from bihuan.requirements import events, requirement_choices
from bihuan.requirements.flow import FLOW, OPEN


class Iteration(SubjectModel, BaseModel):
    """A named stretch of work requirements are scheduled into."""

    NOUN = "iteration"

    name = models.CharField(max_length=60, unique=True)
    start = models.DateField()
    finish = models.DateField()

    class Meta:
        db_table = "iteration"
        constraints = [models.CheckConstraint(condition=models.Q(finish__gte=models.F("start")), name="iteration_ends")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def plan(cls, *, by: User, name: str, start: Any, finish: Any) -> Iteration:
        """Name an iteration and its days."""
        if finish < start:
            raise Refused(Text("结束日不能早于开始日。", "It cannot end before it starts."))
        if cls.objects.filter(name=name).exists():
            raise Refused(Text("已有同名的迭代。", "There is an iteration of that name."))
        made = cls.objects.create(name=name, start=start, finish=finish)
        record(events.ITERATION, made, by=by.actor, name=name, start=start, finish=finish)
        return made


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def visible_to(self, user: User) -> RequirementQuerySet:
        """Managers see all; others what they put, their team's, and those of cases they see."""
        if not user.can("see.business"):
            return self.none()
        if user.can("see.all"):
            return self
        mine = models.Q(opened_by=user.actor_id) | models.Q(case__in=Case.objects.visible_to(user).values("pk"))
        return self.filter(mine | models.Q(team=user.team_id) if user.team_id else mine)

    def open(self) -> RequirementQuerySet:
        return self.filter(status__in=OPEN)


class Requirement(NumberedModel, FlowModel):
    """One need. ``surface``: as asked for; ``essential``: what it is for; ``explicit``, ``implicit``: one a line."""

    NOUN = "requirement"
    SHOWN_WITH = ("case", "feedback", "customer", "iteration", "team", "opened_by")

    status = models.CharField(max_length=12, choices=FLOW.choices, default="analysing")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements")
    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements")
    surface = models.TextField(blank=True)
    essential = models.TextField(blank=True)
    explicit = models.JSONField(default=list, blank=True)
    implicit = models.JSONField(default=list, blank=True)
    goal_link = models.TextField(blank=True)
    klass = models.CharField(max_length=12, choices=requirement_choices.classes, blank=True)
    method = models.CharField(max_length=16, choices=list(requirement_choices.METHODS.items()), blank=True)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(null=True, blank=True)
    disposition = models.CharField(max_length=12, choices=list(requirement_choices.DISPOSITIONS.items()), blank=True)
    pool = models.CharField(max_length=7, blank=True)
    iteration = models.ForeignKey(Iteration, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    verdict = models.TextField(blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements")
    opened_by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    objects = RequirementQuerySet.as_manager()

    class Meta:
        db_table = "requirement"
        indexes = [
            models.Index(fields=["status", "disposition"], name="requirement_status"),
            models.Index(fields=["pool", "disposition"], name="requirement_pool"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    @transaction.atomic
    def create(cls, *, by: User, title: str, **fields: Any) -> Requirement:
        """Put a requirement, of a case, from a feedback item or by itself."""
        fields.setdefault("team", by.team)
        made = cls.objects.create(number=next_number("requirement"), title=title, opened_by=by.actor, **fields)
        record(events.OPENED, made, by=by.actor, title=title)
        if made.case:
            flow.lock(made.case)
            record(events.ON_CASE, made.case, by=by.actor, requirement=made.number)
        return made

    @transaction.atomic
    def edit(self, *, by: User, seen: int | None, **changes: Any) -> Event | None:
        return flow.edit(self, changes, by=by.actor, event_type=events.EDITED, seen=seen)

    @transaction.atomic
    def score(
        self, *, by: User, scheme: Scheme, inputs: dict[str, Any], reasons: dict[str, str] | None = None
    ) -> Score:
        """Judge it by one of the ordering schemes; by value and urgency it also goes to its queue (S2-20)."""
        self._open()
        try:
            found, level = scheme_result(scheme, inputs)
        except ValueError:
            raise Refused(Text("评分没有填全。", "Not all of it is answered.")) from None
        self.scores.filter(code=scheme.code, effective=True).update(effective=False)
        made: Score = self.scores.create(
            scheme=scheme,
            code=scheme.code,
            inputs=inputs,
            reasons=reasons or {},
            level=found.level,
            rank=found.rank,
            weight=found.score if found.score is not None else _lexicographic(scheme, inputs),
            score=found.score,
            by=by.actor,
        )
        name = Text(level["name"]["zh"], level["name"]["en"])
        score_text = "" if found.score is None else f" {found.score}"
        record(events.SCORED, self, by=by.actor, scheme=scheme.name, level=name, score=score_text)
        if scheme.code == "value_urgency":
            self.value, self.urgency = inputs["value"], inputs["urgency"]
            flow.save(self, ["value", "urgency"])
            if (queue := disposition_of(found.targets)) != self.disposition:
                self.place(by=by, disposition=queue, reason=name)
        return made

    @transaction.atomic
    def place(
        self, *, by: User, disposition: str, reason: str | Text, iteration: Iteration | None = None, pool: str = ""
    ) -> None:
        """Put it in a queue: goes first, iteration (a named one schedules it), relief, or the plan of a month."""
        self._open()
        why = reason if isinstance(reason, Text) else required_reason(reason)
        iteration = (iteration or self.iteration) if disposition == "iteration" else None
        pool = (pool or next_month()) if disposition == "month_pool" else ""
        if disposition != "iteration" and self.status == "scheduled":
            self.move("unschedule", by=by.actor, where=str(self.iteration or ""), reason=why)
        meant = (disposition, pool, iteration)
        if (self.disposition, self.pool, self.iteration) == meant:
            return
        self.disposition, self.pool, self.iteration = meant
        flow.save(self, ["disposition", "pool", "iteration"])
        named = requirement_choices.DISPOSITIONS.get(disposition, Text("不安排", "nowhere"))
        where = Text("{what}{more}", "{what}{more}", what=named, more=f" {pool or self.iteration or ''}".rstrip())
        record(events.PLACED, self, by=by.actor, where=where, reason=why)
        if self.iteration:
            self._schedule(by)

    def _schedule(self, by: User) -> None:
        if self.status in ("analysing", "waiting"):
            self.move("confirm", by=by.actor)
        self.move("schedule", by=by.actor, where=str(self.iteration))

    @transaction.atomic
    def judge_as(self, move: str, *, by: User, reason: str = "") -> Event | None:
        """Confirm, question, reject, appeal or deliver; all but confirming and delivering need a reason."""
        self.verdict = required_reason(reason) if move in ("question", "reject", "appeal") else reason.strip()
        return self.move(move, by=by.actor, fields=["verdict"], reason=self.verdict)

    def _open(self) -> None:
        """Lock the row and take over its stored values; refuse what is decided for good."""
        flow.lock(self)
        self.refresh_from_db()
        if self.status not in OPEN:
            raise Refused(Text("需求已交付或已判为伪需求。", "It is delivered, or found not to be real."))


class Score(models.Model):
    """One judgement by an ordering scheme; the newest of each scheme counts. ``weight`` orders within a level."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="scores")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    inputs = models.JSONField()
    reasons = models.JSONField(default=dict, blank=True)
    level = models.CharField(max_length=24)
    rank = models.PositiveSmallIntegerField()
    weight = models.DecimalField(max_digits=20, decimal_places=4)
    score = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    effective = models.BooleanField(default=True)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "requirement_score"
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "code"], condition=models.Q(effective=True), name="one_score_a_scheme"
            )
        ]

    @property
    def level_name(self) -> Text:
        name = self.scheme.levels[self.level]["name"]
        return Text.from_json(name)

    @property
    def why(self) -> list[Text]:
        """How the level follows, sentence by sentence."""
        return scheme_result(self.scheme, self.inputs)[0].reasons

    @property
    def short(self) -> Text:
        """The same in a line: the formula worked out, or every answer and what it counts for."""
        reasons = self.why
        if self.score is not None:
            return reasons[len(self.scheme.data["inputs"])]
        return Text("；".join(one.zh for one in reasons), "; ".join(one.en for one in reasons))


def _lexicographic(scheme: Scheme, inputs: dict[str, Any]) -> Decimal:
    """Scores compared one after another in the order of the scheme's inputs; nothing else weighs."""
    scores = [inputs[code] for code, field in scheme.data["inputs"].items() if field["kind"] == "score"]
    return Decimal(sum(value * 100 ** (len(scores) - place) for place, value in enumerate(scores, 1)))


def disposition_of(targets: dict[str, dict[str, Any]]) -> str:
    """The queue a level's targets name; a limit for relief alone means relief."""
    named = next((t["disposition"] for t in targets.values() if "disposition" in t), "")
    if named in requirement_choices.DISPOSITIONS:
        return str(named)
    return "relief" if "relief" in targets else ""


def next_month() -> str:
    """The month whose plan a new item goes into: the next one, reviewed at its start (S3-29)."""
    today = clock.today()
    return month_after(f"{today:%Y-%m}")


def month_after(month: str) -> str:
    year, number = (int(part) for part in month.split("-"))
    year, number = divmod(year * 12 + number, 12)
    return f"{year}-{number + 1:02d}"
