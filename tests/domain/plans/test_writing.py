"""What a plan must hold before it is decided on, what it warns of, and how its dates are counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from bihuan.cases.models import Case
from bihuan.core.errors import Refused
from bihuan.diagnosis.models import Cause
from bihuan.plans import plan_completeness
from bihuan.plans.chinese_amounts import in_capitals
from bihuan.plans.models import Goal, Measure, Option, Plan
from bihuan.plans.plan_comparison import compared
from bihuan.plans.relative_dates import resolve
from tests.domain.deadlines.questions import CN


@pytest.mark.parametrize(
    ("text", "start", "day"),
    [
        ("3 wd", "2022-09-30", "2022-10-10"),  # National Day, then two make-up working days at a weekend
        ("3 个工作日", "2026-11-20", "2026-11-25"),
        ("2 months", "2026-11-22", "2027-01-22"),
        ("2个月内", "2026-11-23", "2027-01-25"),  # ends on a Saturday: the next working day
        ("2 weeks", "2026-11-23", "2026-12-07"),
        ("2026/12/01", "2026-11-23", "2026-12-01"),
    ],
)
def test_a_relative_date_is_counted_by_the_calendar(text: str, start: str, day: str):
    assert resolve(text, date.fromisoformat(start), CN) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["", "soon", "3", "-1 wd", "3.5 wd", "wd 3", "99999 wd", "2026-13-40"])
def test_an_unreadable_date_is_refused_with_an_example(text: str):
    with pytest.raises(Refused, match="个工作日"):
        resolve(text, date(2026, 11, 23), CN)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "零元整"), ("100000.00", "壹拾万元整"), ("100000.01", "壹拾万元零壹分"), ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
     ("10010010", "壹仟零壹万零壹拾元整"), ("0.05", "伍分"), ("250000000", "贰亿伍仟万元整")],
)  # fmt: skip
def test_amounts_are_said_in_capitals(amount: str, text: str):
    assert in_capitals(Decimal(amount)) == text


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_different_amounts_read_differently(a: int, b: int):
    assert (in_capitals(Decimal(a) / 100) == in_capitals(Decimal(b) / 100)) == (a == b)


def test_options_are_compared_only_on_what_all_were_scored_on():
    weights = {"feasibility": 3, "cost": 1}
    assert compared([{"feasibility": 4, "cost": 1}, {"feasibility": 3, "cost": None}], weights) == [4, 3]
    assert compared([{"feasibility": 4, "cost": 1}, {"feasibility": 3, "cost": 5}], weights) == [
        Decimal("3.25"),
        Decimal("3.50"),
    ]
    assert compared([{"feasibility": 4}], {"feasibility": 0}) == [0]


@given(st.lists(st.fixed_dictionaries({"a": st.integers(1, 5), "b": st.integers(1, 5)}), min_size=1, max_size=3))
def test_a_weighted_mean_lies_between_its_scores(scores: list[dict[str, int]]):
    for one, mean in zip(scores, compared(scores, {"a": 3, "b": 2}), strict=True):
        assert min(one.values()) <= mean <= max(one.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"problem": " "}, "问题描述"),
        ({"acceptance": ""}, "验收标准"),
        ({"lead": None}, "负责人"),
        ({"finish": None}, "完成时间"),
    ],
)
def test_an_incomplete_plan_is_not_submitted(plan: Plan, cast: dict[str, Any], change: dict[str, Any], missing: str):
    plan.write(change, by=cast["zhou"], seen=plan.version)
    with pytest.raises(Refused, match=missing):
        plan.submit(by=cast["zhou"])
    assert Plan.objects.get().status == "draft"


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["goals", "options", "measures"])
def test_a_plan_without_goals_options_or_measures_is_not_submitted(plan: Plan, cast: dict[str, Any], part: str):
    getattr(plan, part).all().delete()
    with pytest.raises(Refused, match="方案还缺"):
        plan.submit(by=cast["zhou"])


@pytest.mark.django_db
def test_a_goal_without_figures_is_refused(plan: Plan, cast: dict[str, Any]):
    with pytest.raises(Refused, match="要有数字"):
        Goal.add(plan, by=cast["zhou"], metric="更好", baseline=None, op="lt", target=Decimal(1))


@pytest.mark.django_db
@pytest.mark.parametrize("verdict", ["pending", "ruled_out"])
def test_a_permanent_measure_is_not_approved_without_a_root_cause_that_holds(
    plan: Plan, cast: dict[str, Any], verdict: str
):
    Cause.objects.filter(level="root").update(verdict=verdict)
    with pytest.raises(Refused, match="治标不治本"):
        plan.submit(by=cast["zhou"])


@pytest.mark.django_db
def test_a_root_cause_that_falls_later_stops_the_leaders_approval(plan: Plan, cast: dict[str, Any], agree: Any):
    plan.submit(by=cast["zhou"])
    agree(plan, "gao")
    agree(plan, "tang")
    Cause.objects.get(level="root").reconsider(by=cast["zhou"], reason="新日志相反")
    with pytest.raises(Refused, match="治标不治本"):
        agree(plan, "fang")
    plan.refresh_from_db()
    assert (plan.status, plan.approvals.count()) == ("approving", 2)


@pytest.mark.django_db
def test_what_looks_thin_or_over_promised_is_warned_of(plan: Plan, cast: dict[str, Any]):
    assert not any("长期" in w.zh for w in plan_completeness.warnings(plan))
    plan.measures.filter(horizon="long").delete()
    plan.write({"finish": date(2026, 12, 23), "effort_days": 66}, by=cast["zhou"], seen=plan.version)
    text = " ".join(str(w) for w in plan_completeness.warnings(plan))
    assert "没有长期措施" in text
    assert "只有 23 个工作日，少于估计的 66 个" in text, "a month promised for three months' work"
    plan.measures.update(cause=None)
    assert [c.level for c in plan_completeness.uncovered(plan)] == ["root"]


@pytest.mark.django_db
def test_measures_dated_from_the_start_move_with_it(plan: Plan, cast: dict[str, Any]):
    assert plan.measures.get(horizon="short").due == date(2026, 11, 26)
    plan.write({"start": date(2026, 11, 30)}, by=cast["zhou"], seen=plan.version)
    assert plan.measures.get(horizon="short").due == date(2026, 12, 3)


@pytest.mark.django_db
def test_three_options_and_no_fourth(plan: Plan, cast: dict[str, Any]):
    scores = {"feasibility": 3, "resource": 3, "satisfaction": 3}
    Option.add(plan, by=cast["zhou"], name="三", **scores)
    with pytest.raises(Refused, match="最多比较三个"):
        Option.add(plan, by=cast["zhou"], name="四", **scores)
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.options.update(chosen=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.options.update(feasibility=6)


@pytest.mark.django_db
def test_a_measure_cannot_answer_another_cases_cause(plan: Plan, cast: dict[str, Any]):
    Cause.objects.update(analysis=Case.open(by=cast["chen"], title="别的", kind="problem").analyses.create(round=1))
    with pytest.raises(Refused, match="不属于本事项"):
        Measure.add(
            plan,
            by=cast["zhou"],
            horizon="short",
            content="x",
            owner=cast["wu"],
            due_text="1 wd",
            cause=Cause.objects.get(),
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("types", "lead"),
    [
        ({"technical_type": "performance"}, "sun"),
        ({"problem_type": "defect"}, "wang"),
        ({"problem_type": "aftersales"}, "liu"),
        ({}, "wang"),
    ],
)
def test_the_lead_follows_the_type_of_the_problem(case: Case, cast: dict[str, Any], types: dict[str, str], lead: str):
    Case.objects.filter(pk=case.pk).update(technical_type="", problem_type="")
    Case.objects.filter(pk=case.pk).update(**types)
    assert Plan.create_draft(Case.objects.get(pk=case.pk), by=cast["zhou"]).lead == cast[lead]


@pytest.mark.django_db
def test_a_round_has_one_living_plan_and_a_case_not_in_planning_none(case: Case, cast: dict[str, Any]):
    first = Plan.create_draft(case, by=cast["zhou"])
    assert Plan.create_draft(case, by=cast["wu"]) == first
    first.stop(by=cast["zhou"], reason="换方向")
    assert Plan.create_draft(case, by=cast["wu"]) != first
    with pytest.raises(Refused, match="方案阶段"):
        Plan.create_draft(Case.open(by=cast["chen"], title="新", kind="problem"), by=cast["zhou"])
