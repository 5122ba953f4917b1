"""The plan of one round of a case."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit.base_models import FlowModel, NumberedModel, PartModel, required_reason
from bihuan.audit.event_log import record
from bihuan.audit.flow import edit, lock
from bihuan.audit.models import Actor
from bihuan.audit.versioned import VersionedModel
from bihuan.cases.flow import FLOW as CASE_FLOW
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.numbers import next_number
from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.diagnosis.models import Analysis, Cause
from bihuan.people.models import User
from bihuan.plans import events, plan_choices, relative_dates
from bihuan.plans.flow import FLOW, SETTLED
from bihuan.plans.models.policy import Policy
from bihuan.plans.plan_comparison import compared
from bihuan.plans.plan_lead import proposed_lead

if TYPE_CHECKING:
    from datetime import date

    from bihuan.plans.models.confirmation import Confirmation
    from bihuan.plans.models.option import Option


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> PlanQuerySet:
        """Whoever sees the case sees its plans."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Plan(VersionedModel, NumberedModel, PartModel, FlowModel):
    """How a case will be solved. ``version_number`` counts what was put to the deciders; ``version`` is the lock of edits."""

    NOUN = "plan"
    PART_OF = "case"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=list(plan_choices.KINDS.items()))
    status = models.CharField(max_length=12, choices=FLOW.choices, default="draft")
    problem = models.TextField(blank=True)
    approach = models.TextField(blank=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal("0.00"))
    lead = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="led_plans")
    risks = models.TextField(blank=True)
    rollback = models.TextField(blank=True)
    acceptance = models.TextField(blank=True)
    start = models.DateField(null=True, blank=True)
    finish = models.DateField(null=True, blank=True)
    effort_days = models.PositiveSmallIntegerField(null=True, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="written_plans")
    submitted_by = models.ForeignKey(Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewers = models.ManyToManyField(User, related_name="plans_to_review", blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        db_table = "plan"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round"], condition=~models.Q(status="stopped"), name="one_living_plan_a_round"
            ),
            models.CheckConstraint(condition=models.Q(budget__gte=0), name="a_budget_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True)
                | models.Q(finish__isnull=True)
                | models.Q(finish__gte=models.F("start")),
                name="a_plan_starts_before_it_ends",
            ),
        ]
        indexes = [models.Index(fields=["status", "-id"], name="plan_status")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject_name(self) -> str:
        return f"{self.number} v{self.version_number}"

    @property
    def kind_name(self) -> Text:
        return plan_choices.KINDS[self.kind]

    # Finding and beginning

    @classmethod
    def of(cls, case: Case) -> Plan | None:
        """The living plan of the case's present round."""
        return (
            cls.objects.filter(case=case, round=case.round)
            .exclude(status="stopped")
            .select_related("case", "lead", "author")
            .first()
        )

    @classmethod
    @transaction.atomic
    def create_draft(cls, case: Case, *, by: User) -> Plan:
        """Begin the plan of this round, with what the diagnosis already knows, a lead by problem type (S3-42) and every
        director as reviewer. The round's plan is returned when there is one."""
        stored = lock(case)
        if living := cls.of(case):
            return living
        if stored.status != "planning":
            raise Refused(
                Text(
                    "诊断完成、进入方案阶段后才能写方案。",
                    "A plan can be written once the case has gone from diagnosis to planning.",
                )
            )
        found = Analysis.of(case)
        lead = proposed_lead(case)
        plan = cls.objects.create(
            number=next_number("plan"), case=case, round=case.round, author=by, lead=lead, start=clock.today(),
            kind="improvement" if case.kind == "improvement" else "solution",
            problem=found.phenomenon or case.description[:2000],
        )  # fmt: skip
        plan.reviewers.set(User.objects.with_role("director").exclude(pk__in=[by.pk, lead.pk if lead else 0]))
        record(events.DRAFT_CREATED, plan, by=by.actor)
        return plan

    # Writing

    def lock_draft(self) -> Plan:
        """Lock the stored plan and refuse when it is no longer being written. Call inside a transaction."""
        stored: Plan = lock(self)
        if stored.status != "draft":
            raise Refused(
                Text(
                    "方案现在是「{now}」，内容不能改。可以撤回、退回，批准后走变更。",
                    "The plan is “{now}” now and cannot be edited. Withdraw or return it, or make a change once approved.",
                ).format(now=stored.state.name)
            )
        return stored

    @transaction.atomic
    def write(self, changes: dict[str, Any], *, by: User, seen: int) -> None:
        """Edit the plan's own fields while it is a draft; measures dated relative to the start follow it."""
        self.lock_draft()
        start: date | None = changes.get("start", self.start)
        finish: date | None = changes.get("finish", self.finish)
        if start and finish and finish < start:
            raise Refused(Text("完成时间不能早于开始时间。", "The finish cannot be before the start."))
        edit(self, changes, by=by.actor, event_type=events.EDITED, seen=seen)
        calendar = company_calendar()
        for measure in self.measures.exclude(within="") if start else ():
            measure.due = relative_dates.resolve(measure.within, self.start or clock.today(), calendar)
            measure.save(update_fields=["due"])

    @transaction.atomic
    def list_reviewers(self, people: list[User], *, by: User) -> None:
        """Say which directors have to review; nobody reviews their own plan."""
        self.lock_draft()
        for one in people:
            if not one.can("plan.review") or self.is_own(one):
                raise Refused(Text("{who} 不能评审这份方案。", "{who} cannot review this plan.", who=str(one)))
        self.reviewers.set(people)
        record(events.EDITED, self, by=by.actor, reviewers="、".join(map(str, people)))

    def dated(self, text: str) -> dict[str, Any]:
        """``due`` and ``within`` of a measure from what was typed."""
        day = relative_dates.resolve(text, self.start or clock.today(), company_calendar())
        return {"due": day, "within": text.strip()[:20] if relative_dates.is_relative(text) else ""}

    def check_cause(self, cause: Cause | None) -> None:
        if cause is not None and cause.analysis.case_id != self.case_id:
            raise Refused(Text("这个原因不属于本事项。", "This cause belongs to another case."))

    # Deciding: see approval.py for the votes, change.py for changes after approval

    @transaction.atomic
    def submit(self, *, by: User) -> None:
        """Put this version to the deciders; by policy a plan without cost may go straight to the customer."""
        lock(self)
        self.refresh_from_db()
        self.submitted_by = by.actor
        name = "adopt" if self.short_path else "submit"
        goals = "；".join(g.describe("zh") for g in self.goals.all())
        FLOW.move(
            self,
            name,
            by=by.actor,
            fields=("submitted_by",),
            version_number=self.version_number,
            budget=self.budget,
            finish=self.finish,
            goals=goals,
        )

    @transaction.atomic
    def withdraw(self, *, by: User, reason: str) -> None:
        """Take it back from the deciders to work on it; their votes stay with the version they were given on."""
        self.send_back("withdraw", by, reason)

    @transaction.atomic
    def revise(self, *, by: User, reason: str) -> None:
        """Open an approved plan again, e.g. after the customer objected; the next version is decided on anew."""
        self.send_back("revise", by, reason)
        self.leave_customer(by, reason)

    @transaction.atomic
    def stop(self, *, by: User, reason: str) -> None:
        """Give the plan up; the case is back in planning."""
        FLOW.move(self, "stop", by=by.actor, reason=required_reason(reason))
        self.leave_customer(by, reason)

    @transaction.atomic
    def hand_over(self, *, by: User, to: User, reason: str) -> None:
        """Pass one's seat in the joint review to another director (转交), e.g. during leave."""
        lock(self)
        self.refresh_from_db()
        if self.status != "reviewing" or not self.reviewers_waited_for().filter(pk=by.pk).exists():
            raise Refused(Text("现在没有可以转交的评审。", "There is no review of yours to hand over."))
        if not to.can("plan.review") or self.is_own(to) or self.reviewers.filter(pk=to.pk).exists():
            raise Refused(Text("不能转交给 {who}。", "It cannot be handed to {who}.", who=str(to)))
        self.reviewers.remove(by)
        self.reviewers.add(to)
        record(events.HANDED_OVER, self, by=by.actor, before=str(by), after=str(to), reason=required_reason(reason))

    @transaction.atomic
    def begin(self, *, by: User) -> None:
        """Begin the work: the case and its plan start together, both behind the customer's agreement."""
        lock(self)
        if self.case.status == "confirming":
            CASE_FLOW.move(self.case, "start", by=by.actor)
        FLOW.move(self, "begin", by=by.actor)

    def is_own(self, user: User) -> bool:
        """Whether this person wrote, submitted or leads it."""
        return user.pk in (self.author_id, self.lead_id) or (
            user.actor_id is not None and user.actor_id == self.submitted_by_id
        )

    def reviewers_waited_for(self) -> models.QuerySet[User]:
        """Listed directors who have not agreed to this version."""
        agreed = self.approvals.filter(version_number=self.version_number, step="review", decision="agree")
        return self.reviewers.exclude(pk__in=agreed.values("approver")).order_by("id")

    def agreed_on(self, step: str) -> bool:
        return self.approvals.filter(version_number=self.version_number, step=step, decision="agree").exists()

    def send_back(self, name: str, by: User, reason: str) -> None:
        """Back to the desk as the next version, so that no vote counts for what comes after it."""
        lock(self)
        self.refresh_from_db()
        self.version_number += 1
        FLOW.move(self, name, by=by.actor, fields=("version_number",), reason=required_reason(reason))

    def leave_customer(self, by: User, reason: str) -> None:
        """What the customer was asked about no longer holds: links are revoked, the case is back in planning."""
        for confirmation in self.confirmations.filter(status="waiting"):
            confirmation.revoke(by=by)
        self.case.refresh_from_db()
        if self.case.status in ("confirming", "executing"):
            CASE_FLOW.move(self.case, "replan", by=by.actor, reason=reason)

    # Reading

    def comparison(self) -> list[tuple[Option, Decimal]]:
        """Options in order with their weighted means."""
        options = list(self.options.all())
        return list(
            zip(options, compared([o.scores for o in options], plan_choices.WEIGHTS | self.weights), strict=True)
        )

    @property
    def chosen(self) -> Option | None:
        return next((o for o in self.options.all() if o.chosen), None)

    @property
    def policy(self) -> Policy:
        return Policy.of(self.kind)

    @property
    def needs_meeting(self) -> bool:
        """Strictly above the limit: 100 000.00 does not, 100 000.01 does."""
        return self.budget > self.policy.meeting_over

    @property
    def short_path(self) -> bool:
        """Whether the customer's agreement alone is enough."""
        return self.policy.short and self.budget == 0

    @property
    def last_confirmation(self) -> Confirmation | None:
        """What the customer was asked or said last about this version."""
        return (
            self.confirmations.filter(version_number=self.version_number)
            .exclude(status="withdrawn")
            .order_by("-id")
            .first()
        )

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED
