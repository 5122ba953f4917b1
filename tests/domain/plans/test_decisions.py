"""A plan is decided on by all who must, in order, never by its own people; nothing decided is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.audit.models import Event
from bihuan.core.errors import Refused
from bihuan.plans.flow import FLOW
from bihuan.plans.models import Approval, Change, Plan, Policy

pytestmark = pytest.mark.django_db
Agree = Callable[..., Approval]


def test_a_plan_goes_from_joint_review_to_the_leader_to_approved(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.submit(by=cast["zhou"])
    assert plan.status == "reviewing"
    agree(plan, "gao")
    assert plan.status == "reviewing", "one of two directors is not all"
    agree(plan, "tang")
    assert plan.status == "approving"
    agree(plan, "fang")
    assert plan.status == "approved"
    assert [(a.step, a.approver.username) for a in plan.approvals.all()] == [
        ("review", "gao"), ("review", "tang"), ("approve", "fang"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("budget", "meeting"), [("100000.00", False), ("100000.01", True), ("0", False), ("99999.99", False)]
)
def test_a_meeting_decides_strictly_above_the_limit(
    plan: Plan, cast: dict[str, Any], agree: Agree, budget: str, meeting: bool
):
    plan.write({"budget": Decimal(budget)}, by=cast["zhou"], seen=plan.version)
    plan.submit(by=cast["zhou"])
    for who in ("gao", "tang", "fang"):
        agree(plan, who)
    assert plan.status == ("resolving" if meeting else "approved")
    if meeting:
        agree(plan, "fang")
        assert plan.status == "approved"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cents=st.integers(9_999_000, 10_001_000), limit=st.sampled_from([9_999_500, 10_000_000, 10_000_001]))
def test_the_limit_holds_to_the_cent(cast: dict[str, Any], cents: int, limit: int):
    with transaction.atomic():
        policy = Policy.settle("solution", by=cast["admin"], short=False, meeting_over=Decimal(limit) / 100)
        plan = Plan(kind="solution", budget=Decimal(cents) / 100)
        assert plan.needs_meeting == (cents > limit)
        assert policy.meeting_over == Decimal(limit) / 100


@pytest.mark.parametrize("who", ["zhou", "sun", "lin", "ye", "guo", "admin"])
def test_nobody_decides_on_their_own_plan_or_without_being_asked(
    plan: Plan, cast: dict[str, Any], agree: Agree, who: str
):
    plan.submit(by=cast["zhou"])
    with pytest.raises(Refused):
        agree(plan, who)
    assert not plan.approvals.exists()


def test_a_leader_who_leads_the_plan_may_not_approve_it(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.write({"lead": cast["fang"]}, by=cast["zhou"], seen=plan.version)
    plan.submit(by=cast["zhou"])
    agree(plan, "gao")
    agree(plan, "tang")
    with pytest.raises(Refused, match="自己编写"):
        agree(plan, "fang")
    assert plan.status == "approving"
    assert not Approval.waiting_for(cast["fang"]).exists()


def test_who_submitted_it_may_not_decide_either(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.submit(by=cast["gao"])
    with pytest.raises(Refused, match="自己编写"):
        agree(plan, "gao")


def test_the_order_is_kept(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.submit(by=cast["zhou"])
    with pytest.raises(Refused):
        agree(plan, "fang")
    agree(plan, "gao")
    with pytest.raises(Refused, match="已经对这一版"):
        agree(plan, "gao", opinion="再想想")


@pytest.mark.parametrize("missing", ["resource_verdict", "risk_verdict"])
def test_a_joint_review_judges_resources_and_risk(plan: Plan, cast: dict[str, Any], agree: Agree, missing: str):
    plan.submit(by=cast["zhou"])
    with pytest.raises(Refused, match="资源匹配和风险"):
        agree(plan, "gao", **{missing: ""})
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(plan=plan, version_number=1, step="review", approver=cast["gao"], decision="agree")


def test_a_resolution_needs_its_number(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.write({"budget": Decimal("250000")}, by=cast["zhou"], seen=plan.version)
    plan.submit(by=cast["zhou"])
    for who in ("gao", "tang", "fang"):
        agree(plan, who)
    with pytest.raises(Refused, match="会议决议编号"):
        agree(plan, "fang", resolution=" ")


def test_a_return_keeps_every_decision_and_starts_the_round_again(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.submit(by=cast["zhou"])
    agree(plan, "gao")
    with pytest.raises(Refused, match="理由"):
        Approval.give(plan, by=cast["tang"], decision="return")
    Approval.give(plan, by=cast["tang"], decision="return", opinion="服务器采购周期没有考虑")
    assert (plan.status, plan.version_number) == ("draft", 2)
    assert [(a.version_number, a.decision) for a in plan.approvals.all()] == [(1, "agree"), (1, "return")]
    plan.submit(by=cast["zhou"])
    assert {str(u) for u in plan.reviewers_waited_for()} == {"高远", "唐毅"}, "an earlier yes does not count again"
    agree(plan, "tang")
    assert plan.status == "reviewing"
    agree(plan, "gao")
    assert plan.status == "approving"


def test_a_decision_on_an_version_that_is_gone_is_refused(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.submit(by=cast["zhou"])
    plan.withdraw(by=cast["zhou"], reason="漏写一条措施")
    plan.submit(by=cast["zhou"])
    with pytest.raises(Refused, match="第 1 版"):
        agree(plan, "gao", version_number=1)


def test_a_double_click_is_one_vote(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.submit(by=cast["zhou"])
    first, second = agree(plan, "gao", version_number=1), agree(plan, "gao", version_number=1)
    assert first == second
    assert plan.approvals.count() == 1


def test_a_vote_is_never_edited_or_deleted(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.submit(by=cast["zhou"])
    vote = agree(plan, "gao")
    vote.decision = "return"
    with pytest.raises(Refused):
        vote.save()
    with pytest.raises(Refused):
        Approval.objects.update(decision="return")
    with pytest.raises(Refused):
        Approval.objects.all().delete()


@pytest.mark.parametrize("name", ["pass_review", "approve", "refer", "resolve"])
def test_a_direct_move_passes_no_step_that_nobody_decided(plan: Plan, cast: dict[str, Any], name: str):
    plan.submit(by=cast["zhou"])
    start = FLOW.find_move(name).start[0]
    Plan.objects.filter(pk=plan.pk).update(status=start)
    with pytest.raises(Refused):
        plan.move(name, by=cast["fang"].actor)
    plan.refresh_from_db()
    assert plan.status == start


@pytest.mark.parametrize(
    ("what", "value"), [("budget", Decimal("120000.00")), ("finish", date(2027, 3, 1)), ("goals", Decimal("0.5"))]
)
def test_a_change_of_budget_finish_or_goal_is_approved_again(
    approved: Plan, cast: dict[str, Any], agree: Agree, what: str, value: Any
):
    given_ = {what: {approved.goals.get().pk: value} if what == "goals" else value}
    change = Change.make(approved, by=cast["zhou"], reason="供应商涨价", **given_)
    assert change is not None
    assert (approved.status, approved.version_number, change.version_number) == ("reviewing", 2, 2)
    assert change.before != change.after
    assert approved.approvals.filter(version_number=1).count() == 3, "earlier decisions stay"
    agree(approved, "gao")
    agree(approved, "tang")
    agree(approved, "fang")
    assert approved.status == ("resolving" if what == "budget" else "approved")


def test_a_change_that_changes_nothing_is_quiet(approved: Plan, cast: dict[str, Any]):
    assert Change.make(approved, by=cast["zhou"], reason="误点", budget=approved.budget) is None
    assert (approved.status, approved.version_number) == ("approved", 1)


def test_an_approved_plan_cannot_be_edited_in_passing(approved: Plan, cast: dict[str, Any]):
    with pytest.raises(Refused, match="内容不能改"):
        approved.write({"budget": Decimal(1)}, by=cast["zhou"], seen=approved.version)
    approved.refresh_from_db()
    assert approved.budget == Decimal("80000.00")


def test_a_seat_in_the_review_can_be_handed_to_another_director(plan: Plan, cast: dict[str, Any], agree: Agree):
    plan.list_reviewers([cast["gao"]], by=cast["zhou"])
    plan.submit(by=cast["zhou"])
    with pytest.raises(Refused, match="不能转交"):
        plan.hand_over(by=cast["gao"], to=cast["fang"], reason="休假")
    plan.hand_over(by=cast["gao"], to=cast["tang"], reason="休假")
    with pytest.raises(Refused, match="评审名单"):
        agree(plan, "gao")
    agree(plan, "tang")
    assert plan.status == "approving"


def test_the_short_path_is_off_until_the_policy_says_so_and_never_for_money(plan: Plan, cast: dict[str, Any]):
    plan.write({"budget": Decimal(0)}, by=cast["zhou"], seen=plan.version)
    assert not plan.short_path
    Policy.settle("solution", by=cast["admin"], short=True, meeting_over=Decimal(100000))
    plan.write({"budget": Decimal("0.01")}, by=cast["zhou"], seen=plan.version)
    assert not plan.short_path
    plan.write({"budget": Decimal(0)}, by=cast["zhou"], seen=plan.version)
    plan.submit(by=cast["zhou"])
    assert plan.status == "approved"
    assert Event.objects.filter(kind="policy.changed").exists()


def test_who_is_waited_for_sees_the_plan_and_nobody_else(plan: Plan, cast: dict[str, Any], agree: Agree):
    def waiting() -> set[str]:
        return {n for n, u in cast.items() if Approval.waiting_for(u).exists()}

    assert waiting() == set()
    plan.submit(by=cast["zhou"])
    assert waiting() == {"gao", "tang"}
    agree(plan, "gao")
    assert waiting() == {"tang"}
    agree(plan, "tang")
    assert waiting() == {"fang"}
    agree(plan, "fang")
    assert waiting() == set()
