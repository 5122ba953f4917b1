"""The verdict follows from the numbers; a person may differ with a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.cases.models import Case
from bihuan.core.errors import Refused
from bihuan.followup.evaluations import Evaluation
from bihuan.followup.followup_calls import FollowUp
from bihuan.followup.goal_verdict import Figure, is_share, shown, verdict
from bihuan.plans.models import Plan

pytestmark = pytest.mark.django_db
Cast = dict[str, Any]


@pytest.fixture
def evaluation(case: Case, followup: FollowUp, cast: Cast) -> Evaluation:
    followup.answer(by=cast["chen"], channel="phone", solved=True, met="yes", score=4)
    return Evaluation.of(Case.objects.get(pk=case.pk))


def measured(evaluation: Evaluation, value: str) -> dict[int, Decimal]:
    return {m.pk: Decimal(value) for m in evaluation.metrics.all()}


def test_it_opens_after_seven_days_and_is_due_after_fourteen(evaluation: Evaluation):
    assert (evaluation.opens, evaluation.due) == (date(2026, 11, 30), date(2026, 12, 7))
    assert evaluation.plan.status == "verifying"
    metric = evaluation.metrics.get()
    assert (metric.metric, metric.before, metric.target, metric.after) == ("下单失败率", 5, 1, None)


def test_earlier_needs_a_reason(evaluation: Evaluation, cast: Cast, at: Any):
    with pytest.raises(Refused) as no:
        evaluation.assess(by=cast["zhou"], after=measured(evaluation, "0.6"), next_step="")
    assert "2026-11-30" in str(no.value.reason)
    evaluation.assess(by=cast["zhou"], after=measured(evaluation, "0.6"), next_step="", early_reason="客户催要结果")
    assert Evaluation.objects.get(pk=evaluation.pk).early_reason == "客户催要结果"


@pytest.mark.parametrize(
    ("value", "code", "plan"), [("0.6", "reached", "reached"), ("3", "partly", "partly"), ("6", "missed", "missed")]
)
def test_the_verdict_follows_from_the_numbers(
    value: str, code: str, plan: str, evaluation: Evaluation, cast: Cast, at: Any
):
    at("2026-12-01 10:00")
    evaluation.assess(by=cast["zhou"], after=measured(evaluation, value), next_step="继续观察")
    stored = Evaluation.objects.get(pk=evaluation.pk)
    assert (stored.verdict, stored.computed) == (code, code)
    assert stored.sentence.to("zh") != stored.sentence.to("en")
    assert Plan.objects.get(pk=evaluation.plan_id).status == plan


def test_another_verdict_needs_a_reason_and_keeps_what_the_numbers_said(evaluation: Evaluation, cast: Cast, at: Any):
    at("2026-12-01 10:00")
    said = {"by": cast["zhou"], "after": measured(evaluation, "1.1"), "next_step": "", "verdict": "reached"}
    with pytest.raises(Refused):
        evaluation.assess(**said)
    evaluation.assess(**said, override_reason="剩下的失败来自客户断网")
    stored = Evaluation.objects.get(pk=evaluation.pk)
    assert (stored.computed, stored.verdict) == ("partly", "reached")


def test_a_missing_number_a_wrong_role_and_a_second_time_are_refused(evaluation: Evaluation, cast: Cast, at: Any):
    at("2026-12-01 10:00")
    for by, after in (("zhou", {}), ("lin", measured(evaluation, "1"))):
        with pytest.raises(Refused):
            evaluation.assess(by=cast[by], after=after, next_step="")
    evaluation.assess(by=cast["zhou"], after=measured(evaluation, "0.5"), next_step="")
    with pytest.raises(Refused):
        evaluation.assess(by=cast["zhou"], after=measured(evaluation, "3"), next_step="")


def test_missed_offers_a_second_analysis_in_a_new_round(evaluation: Evaluation, cast: Cast, at: Any):
    at("2026-12-01 10:00")
    with pytest.raises(Refused):
        evaluation.analyse_again(by=cast["zhou"], reason="还没评估")
    evaluation.assess(by=cast["zhou"], after=measured(evaluation, "6"), next_step="重新分析")
    evaluation.analyse_again(by=cast["zhou"], reason="容量预测有误")
    case = Case.objects.get(pk=evaluation.case_id)
    assert (case.status, case.round) == ("diagnosing", 2)
    assert Evaluation.objects.get(pk=evaluation.pk).verdict == "missed"


@pytest.mark.parametrize("move", ["evaluate", "archive"])
def test_a_direct_move_past_the_followup_says_why_not(move: str, case: Case, cast: Cast):
    with pytest.raises(Refused) as no:
        case.move(move, by=cast["chen"].actor)
    assert "回访" in no.value.reason.zh


def test_a_waiting_evaluation_lapses_when_the_case_is_reopened(evaluation: Evaluation, cast: Cast):
    evaluation.case.reopen(by=cast["chen"], reason="客户又来电")
    assert Evaluation.objects.get(pk=evaluation.pk).status == "lapsed"


numbers = st.decimals(-1000, 1000, places=2)


@given(numbers, numbers, numbers, st.sampled_from(["lt", "le", "gt", "ge", "eq"]))
def test_one_goal_is_reached_exactly_when_its_comparison_holds(before: Any, target: Any, after: Any, op: str):
    holds = {
        "lt": after < target,
        "le": after <= target,
        "gt": after > target,
        "ge": after >= target,
        "eq": after == target,
    }
    assert (verdict([Figure("甲", before, op, target, after)])[0] == "reached") == holds[op]


@given(st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=5))
def test_all_reached_is_reached_and_none_better_is_missed(rows: list[Any]):
    figures = [Figure(str(n), b, "lt", t, a) for n, (b, t, a) in enumerate(rows)]
    code, why = verdict(figures)
    assert (code == "reached") == all(f.reached for f in figures)
    assert (code == "missed") == (not any(f.reached or f.nearer for f in figures))
    assert str(len(figures)) in why.to("en")


def share(op: str, before: str, target: str, after: str) -> Figure:
    return Figure("失败率", Decimal(before), op, Decimal(target), Decimal(after))


@pytest.mark.parametrize(
    ("figure", "before", "after", "code"),
    [
        (share("lt", "5", "2", "1.2"), 1000, 1000, "fixed"),
        (share("lt", "5", "2", "1.6"), 1000, 1000, "improved"),
        (share("lt", "5", "2", "1.2"), 60, 80, "unchanged"),
        (share("lt", "5", "2", "9"), 1000, 1000, "worse"),
        (share("gt", "95", "98", "98.8"), 1000, 1000, "fixed"),
        (share("gt", "95", "98", "91"), 1000, 1000, "worse"),
        (share("eq", "5", "0", "1"), 1000, 1000, "improved"),
    ],
)
def test_what_a_percentage_shows_depends_on_how_many_it_was_counted_over(figure, before, after, code):
    assert shown(figure, before, after).verdict == code


def test_without_the_number_of_events_nothing_is_claimed():
    assert shown(share("lt", "5", "2", "1.2"), None, 1000) is None
    assert shown(share("lt", "5", "2", "1.2"), 1000, 0) is None
    assert shown(share("lt", "150", "2", "1.2"), 1000, 1000) is None
    assert is_share("%")
    assert is_share(" ％")
    assert not is_share("分钟")


def test_a_reached_goal_may_still_be_luck_and_the_page_can_say_so(evaluation: Evaluation, cast: Cast, at: Any):
    at("2026-12-01 10:00")
    metric = evaluation.metrics.get()
    evaluation.assess(by=cast["zhou"], after={metric.pk: Decimal("0")}, next_step="", events={metric.pk: (60, 70)})
    stored = Evaluation.objects.get(pk=evaluation.pk)
    assert stored.verdict == "reached"
    verdict_text, tone, said = stored.metrics.get().shown
    assert (str(verdict_text), tone) == ("还看不出变化", "yellow")
    assert "还要" in said.to("zh")
    assert "more events" in said.to("en")
