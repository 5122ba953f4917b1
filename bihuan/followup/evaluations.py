"""Evaluation, Metric: did the numbers reach the plan's goals (S2-33…35, S3-I04, S4-I09)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import models, transaction

from bihuan.audit.base_models import FlowModel
from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import Actor
from bihuan.cases.models import Case
from bihuan.cases.models.round_model import RoundModel
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import CalendarVersion
from bihuan.deadlines.due_status import DueStatus, describe_due_day
from bihuan.deadlines.models import Deadline
from bihuan.deadlines.working_time import add
from bihuan.execution.models import Task
from bihuan.followup import events, followup_choices, goal_verdict
from bihuan.followup.flow import EVALUATIONS
from bihuan.followup.followup_calls import FollowUp
from bihuan.people.models import User
from bihuan.plans import plan_choices as plan_words
from bihuan.plans.models import Goal, Plan

_PLAN_MOVE = {"reached": "reach", "partly": "part", "missed": "miss"}


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: User) -> EvaluationQuerySet:
        return self.filter(case__in=Case.objects.visible_to(user))


class Evaluation(RoundModel, FlowModel):
    """The measured effect of a round's plan. ``computed`` is what the numbers say, ``verdict`` what counts."""

    NOUN = "evaluation"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evaluations")
    round = models.PositiveSmallIntegerField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="evaluations")
    status = models.CharField(max_length=8, choices=EVALUATIONS.choices, default="waiting")
    opens = models.DateField()
    due = models.DateField()
    provisional = models.BooleanField(default=False)
    satisfaction = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    computed = models.CharField(max_length=8, choices=list(followup_choices.VERDICTS.items()), blank=True)
    verdict = models.CharField(max_length=8, choices=list(followup_choices.VERDICTS.items()), blank=True)
    why = models.JSONField(default=dict, blank=True)
    override_reason = models.TextField(blank=True)
    early_reason = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        db_table = "evaluation"
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_evaluation_a_round"),
            models.CheckConstraint(
                condition=models.Q(verdict=models.F("computed")) | ~models.Q(override_reason=""),
                name="another_verdict_has_its_reason",
            ),
        ]
        indexes = [models.Index(fields=["status", "due"], name="evaluation_due")]

    @property
    def sentence(self) -> Text | None:
        """Why the numbers say so."""
        return Text.from_json(self.why) if self.why else None

    @property
    def tone(self) -> str:
        return followup_choices.VERDICT_TONES.get(self.verdict, "secondary")

    @property
    def is_early(self) -> bool:
        return clock.today() < self.opens

    @property
    def is_overdue(self) -> bool:
        return self.status == "waiting" and self.due < clock.today()

    @property
    def due_status(self) -> DueStatus:
        return describe_due_day(self.due, provisional=self.provisional, done=self.status == "done")

    @classmethod
    def of(cls, case: Case) -> Evaluation | None:
        return cls.objects.filter(case=case, round=case.round).select_related("case", "plan", "assessor").first()

    @transaction.atomic
    def assess(
        self, *, by: User, after: Mapping[int, Decimal], next_step: str, satisfaction: Decimal | None = None,
        verdict: str = "", override_reason: str = "", early_reason: str = "", seen: int | None = None,
        events: Mapping[int, tuple[int | None, int | None]] | None = None,
    ) -> None:  # fmt: skip
        """Write the measured numbers (metric id → value; `events`: how many a percentage was counted over, before and
        after). The verdict follows from them; another one needs a reason, and so does one before the window opens."""
        lock(self.case)
        lock(self, seen)
        self.refresh_from_db()
        self.case.refresh_from_db()
        if not by.can("evaluation.do"):
            raise Refused(Text("您的角色不做效果评估。", "Your role makes no evaluations."))
        if self.status == "done":
            raise Refused(Text("这一轮已经评估过。", "This round has been evaluated already."))
        if self.is_early and len(early_reason.strip()) < 2:
            raise Refused(
                Text(
                    "{opens} 起才到评估期，提前评估请写明理由。",
                    "The evaluation opens on {opens}; please say why it is done earlier.",
                    opens=self.opens,
                )
            )
        self.computed, why = self._measure(after, events or {})
        self.verdict = verdict or self.computed
        if self.verdict != self.computed and len(override_reason.strip()) < 2:
            raise Refused(
                Text("改动按数据得出的结论，请写明理由。", "A verdict other than the numbers' needs a reason.")
            )
        if satisfaction is not None and not 1 <= satisfaction <= 5:
            raise Refused(Text("满意度在 1 到 5 之间。", "Satisfaction is between 1 and 5."))
        self.why = why.to_json()
        self.override_reason = override_reason.strip() if self.verdict != self.computed else ""
        self.early_reason = early_reason.strip() if self.is_early else ""
        self.next_step, self.satisfaction = next_step.strip(), satisfaction
        self.assessor, self.at = by, clock.now()
        written = (
            "computed",
            "verdict",
            "why",
            "override_reason",
            "early_reason",
            "next_step",
            "satisfaction",
            "assessor",
            "at",
        )
        EVALUATIONS.move(
            self, "assess", by=by.actor, fields=written, verdict=followup_choices.VERDICTS[self.verdict], why=why
        )
        self.plan.refresh_from_db()
        if self.plan.status == "verifying":
            self.plan.move(_PLAN_MOVE[self.verdict], by=by.actor)
        Deadline.meet(self.case, "evaluate", by.actor)

    @transaction.atomic
    def analyse_again(self, *, by: User, reason: str) -> None:
        """The goal was not reached: a second analysis, in a new round (S2-35)."""
        if self.status != "done" or self.verdict == "reached":
            raise Refused(Text("只有未达标时才做二次分析。", "A second analysis follows only a goal not reached."))
        if not (by.can("evaluation.do") or by.can("case.reopen")):
            raise Refused(Text("您的角色不能重新打开事项。", "Your role may not reopen a case."))
        sentence = Text("效果{verdict}，二次分析：{reason}", "Effect: {verdict}; second analysis: {reason}")
        self.case.reopen(
            by=by, reason=sentence.format(verdict=followup_choices.VERDICTS[self.verdict], reason=given(reason))
        )

    def _measure(
        self, after: Mapping[int, Decimal], events: Mapping[int, tuple[int | None, int | None]]
    ) -> tuple[str, Text]:
        rows = list(self.metrics.all())
        missing = [m.metric for m in rows if after.get(m.pk) is None]
        if missing:
            raise Refused(
                Text("还缺实测值：{names}。", "Measured values are missing: {names}.", names="、".join(missing))
            )
        for row in rows:
            row.after = after[row.pk]
            row.events_before, row.events_after = events.get(row.pk, (None, None))
            row.save(update_fields=["after", "events_before", "events_after"])
        return goal_verdict.verdict([row.figure for row in rows])


class Metric(models.Model):
    """One goal's numbers: before, target, after."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="metrics")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    metric = models.CharField(max_length=80)
    before = models.DecimalField(max_digits=16, decimal_places=4)
    op = models.CharField(max_length=2, choices=list(plan_words.OPS.items()))
    target = models.DecimalField(max_digits=16, decimal_places=4)
    after = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    events_before = models.PositiveBigIntegerField(null=True, blank=True)
    events_after = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "evaluation_metric"
        ordering = ["id"]

    @property
    def figure(self) -> goal_verdict.Figure:
        """Raises ValueError while nothing was measured."""
        if self.after is None:
            raise ValueError(self.metric)
        return goal_verdict.Figure(self.metric, self.before, self.op, self.target, self.after)

    @property
    def judged(self) -> tuple[Text, str] | None:
        """Its own verdict with its tone."""
        if self.after is None:
            return None
        code = self.figure.verdict
        return followup_choices.VERDICTS[code], followup_choices.VERDICT_TONES[code]

    @property
    def is_share(self) -> bool:
        return goal_verdict.is_share(self.unit)

    @property
    def shown(self) -> tuple[Text, str, Text] | None:
        """What the numbers prove: verdict, tone and sentence; None without the number of events."""
        if self.after is None or not self.is_share:
            return None
        found = goal_verdict.shown(self.figure, self.events_before, self.events_after)
        if found is None:
            return None
        sentence = found.sentence
        if self.op in goal_verdict.RISING:
            sentence = Text("按没有成功的比例：{sentence}", "By the share that failed: {sentence}", sentence=sentence)
        return followup_choices.SHOWN[found.verdict], followup_choices.SHOWN_TONES[found.verdict], sentence


def open_evaluation(case: Case, by: Actor) -> None:
    """The customer's side is settled: the effect is measured 7 to 14 days after the last task (C-11)."""
    plan = Plan.of(case)
    if plan is None:
        return
    landed = Task.objects.present(case).aggregate(last=models.Max("finished_at"))["last"] or clock.now()
    due = Deadline.begin(case, "evaluate", followup_choices.EVALUATION_DUE_DAYS, "days", by, start=landed)
    calendar = CalendarVersion.objects.in_force(case.team_id).value
    opens: date = add(calendar, landed, followup_choices.EVALUATION_OPENS_DAYS, "days").last
    followup = FollowUp.of(case)
    row = Evaluation.objects.create(
        case=case, round=case.round, plan=plan, opens=opens, due=due.due.astimezone(clock.BEIJING).date(),
        provisional=due.provisional, satisfaction=followup.score if followup else None,
    )  # fmt: skip
    Metric.objects.bulk_create(
        Metric(evaluation=row, goal=g, metric=g.metric, before=g.baseline, op=g.op, target=g.target, unit=g.unit)
        for g in plan.goals.all()
    )
    record(events.EVALUATION_DUE, row, by=by, opens=row.opens, due=row.due)
    if plan.status == "done":
        plan.move("verify", by=by)


def let_lapse(case: Case, by: Actor) -> None:
    for one in Evaluation.objects.filter(case=case, round__lt=case.round, status="waiting"):
        EVALUATIONS.move(one, "lapse", by=by)


def effect_is_evaluated(case: Case) -> Text | None:
    """The gate before the archive, where the plan had goals."""
    plan = Plan.of(case)
    if plan is None or not plan.goals.exists():
        return None
    done = Evaluation.of(case)
    if done is None or done.status != "done":
        return Text(
            "方案有量化目标，还没有效果评估。", "The plan had goals in figures; their effect is not evaluated yet."
        )
    return None


def has_goals(case: Case) -> Text | None:
    plan = Plan.of(case)
    if plan is None or not plan.goals.exists():
        return Text("方案没有量化目标，不需要评估。", "The plan had no goals in figures; nothing is to be evaluated.")
    return None


def given(reason: str) -> str:
    if len(reason.strip()) < 2:
        raise Refused(Text("请写明理由。", "Please give a reason."))
    return reason.strip()


def follow_deadline(one: Deadline) -> None:
    """The clock's due time moved: the waiting evaluation is due with it."""
    due = one.due.astimezone(clock.BEIJING).date()
    Evaluation.objects.filter(case_id=one.case_id, round=one.round, status="waiting").update(
        due=due, provisional=one.provisional
    )
