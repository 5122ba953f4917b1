"""Who decided what on which version of a plan."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from bihuan.audit.event_log import record
from bihuan.audit.flow import lock
from bihuan.audit.models import AppendOnlyQuerySet
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.text import Text
from bihuan.people.models import User
from bihuan.plans import events, plan_choices
from bihuan.plans.flow import FLOW
from bihuan.plans.models.plan import Plan

STEP_OF = {"reviewing": "review", "approving": "approve", "resolving": "resolve"}


class Approval(models.Model):
    """One person's decision on one version of a plan at one step. Written once, never edited: there is no total to
    change, only votes to count (a later return can never be hidden by an earlier yes)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="approvals")
    version_number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=8, choices=list(plan_choices.STEPS.items()))
    approver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=list(plan_choices.DECISIONS.items()))
    opinion = models.TextField(blank=True)
    resource_verdict = models.CharField(max_length=8, choices=list(plan_choices.RESOURCE_VERDICTS.items()), blank=True)
    risk_verdict = models.CharField(max_length=8, choices=list(plan_choices.RISK_VERDICTS.items()), blank=True)
    resolution = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=clock.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        db_table = "approval"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "version_number", "step", "approver"], name="one_vote_a_person"),
            models.CheckConstraint(
                name="a_joint_review_scores_both",
                condition=~models.Q(step="review", decision="agree")
                | (~models.Q(resource_verdict="") & ~models.Q(risk_verdict="")),
            ),
            models.CheckConstraint(
                name="a_resolution_has_its_number",
                condition=~models.Q(step="resolve", decision="agree") | ~models.Q(resolution=""),
            ),
        ]
        indexes = [models.Index(fields=["approver", "-id"], name="approval_approver")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Refused(Text("已作的决定不能修改。", "A decision once given cannot be edited."))
        super().save(*args, **kwargs)

    @property
    def step_name(self) -> Text:
        return plan_choices.STEPS[self.step]

    @property
    def decision_name(self) -> Text:
        return plan_choices.DECISIONS[self.decision]

    def same_as(self, **entered: Any) -> bool:
        """Whether this vote already says what is being said again (a double click)."""
        return all(getattr(self, k) == v for k, v in entered.items())

    @classmethod
    def waiting_for(cls, user: User) -> models.QuerySet[Plan]:
        """The plans on which this person's decision is due now."""
        voted = cls.objects.filter(
            plan=models.OuterRef("pk"), version_number=models.OuterRef("version_number"), approver=user
        )
        seat = Plan.reviewers.through.objects.filter(plan=models.OuterRef("pk"), user=user)
        wanted = [
            models.Q(status=status) for status, step in STEP_OF.items() if step != "review" and user.can(f"plan.{step}")
        ]
        if user.can("plan.review"):
            wanted.append(
                models.Q(models.Exists(seat), ~models.Exists(voted.filter(step="review")), status="reviewing")
            )
        if not wanted:
            return Plan.objects.none()
        own = models.Q(author=user) | models.Q(lead=user) | models.Q(submitted_by=user.actor_id)
        return Plan.objects.filter(models.Q(*wanted, _connector=models.Q.OR)).exclude(pk__in=Plan.objects.filter(own))

    @classmethod
    @transaction.atomic
    def give(
        cls, plan: Plan, *, by: User, decision: str, opinion: str = "", resource_verdict: str = "", risk_verdict: str = "",
        resolution: str = "", version_number: int | None = None, step: str | None = None,
    ) -> Approval:  # fmt: skip
        """One person's word on the present step. Agreed by all who must, the plan goes on; one return sends it back.

        ``version_number`` and ``step``: what the person read and was asked; the same answer given twice is one vote, an
        answer to a version or step that is gone is refused.
        """
        lock(plan)
        plan.refresh_from_db()
        entered = {"decision": decision, "opinion": opinion.strip(), "resource_verdict": resource_verdict,
                "risk_verdict": risk_verdict, "resolution": resolution.strip()}  # fmt: skip
        version_number, step = version_number or plan.version_number, step or STEP_OF.get(plan.status, "")
        before = plan.approvals.filter(version_number=version_number, step=step, approver=by).first()
        if before and before.same_as(**entered):
            return before
        if version_number != plan.version_number:
            raise Refused(
                Text(
                    "您看到的是第 {old} 版，方案已是第 {new} 版，请重新查看后再决定。",
                    "You read version {old}; it is version {new} now. Please read it again before deciding.",
                    old=version_number,
                    new=plan.version_number,
                )
            )
        if reason := cls.why_not(plan, by, step) or _missing(step, entered):
            raise Refused(reason)
        vote = cls.objects.create(plan=plan, version_number=version_number, step=step, approver=by, **entered)
        record(
            events.DECIDED,
            plan,
            by=by.actor,
            step=vote.step_name,
            decision=vote.decision_name,
            opinion=vote.opinion,
        )
        _go_on(plan, vote)
        return vote

    @classmethod
    def why_not(cls, plan: Plan, user: User, expected: str = "") -> Text | None:
        """Why this person may not decide on the present step (which is not ``expected``, perhaps), or None."""
        step = STEP_OF.get(plan.status)
        if step is None or step != (expected or step):
            return Text(
                "方案现在是「{now}」，这一步不需要再作决定。",
                "The plan is “{now}” now; that step needs no decision any more.",
            ).format(now=plan.state.name)
        if plan.is_own(user):
            return Text(
                "不能审批自己编写、提交或负责的方案。", "One cannot decide on a plan one wrote, submitted or leads."
            )
        if not user.can(f"plan.{step}"):
            return Text("您没有「{step}」的权限。", "You may not do this step: {step}.").format(
                step=plan_choices.STEPS[step]
            )
        if step == "review" and not plan.reviewers.filter(pk=user.pk).exists():
            return Text("您不在这份方案的评审名单里。", "You are not on the list of reviewers of this plan.")
        if plan.approvals.filter(version_number=plan.version_number, step=step, approver=user).exists():
            return Text("您已经对这一版作过决定。", "You have already decided on this version.")
        return None


def _go_on(plan: Plan, vote: Approval) -> None:
    if vote.decision == "return":
        plan.send_back("return", vote.approver, vote.opinion)
    elif vote.step == "review":
        if not plan.reviewers_waited_for().exists():
            FLOW.move(plan, "pass_review", by=vote.approver.actor)
    elif vote.step == "approve":
        FLOW.move(plan, "refer" if plan.needs_meeting else "approve", by=vote.approver.actor)
    else:
        FLOW.move(plan, "resolve", by=vote.approver.actor, resolution=vote.resolution)


def _missing(step: str, entered: dict[str, str]) -> Text | None:
    if entered["decision"] not in plan_choices.DECISIONS:
        return Text("请选择同意或退回。", "Please agree or return.")
    if entered["decision"] == "return":
        return None if entered["opinion"] else Text("退回要写明理由。", "A return needs its reason.")
    if step == "review" and not (entered["resource_verdict"] and entered["risk_verdict"]):
        return Text("联合评审要同时评资源匹配和风险。", "A joint review judges both resources and risk.")
    if step == "resolve" and not entered["resolution"]:
        return Text("请填写会议决议编号。", "Please give the number of the resolution.")
    return None
