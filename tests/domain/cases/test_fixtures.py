"""The fixtures of requirements section 14 that concern cases, exact."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bihuan.cases.models import Assessment, Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.core.models import NumberRule
from bihuan.deadlines.models import Deadline, Scheme

pytestmark = pytest.mark.django_db


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


def assessed_case(case: Case, by: Any, scheme: str, level: str = "", override_reason: str = "", **inputs: Any) -> Any:
    return Assessment.assess(
        case, by=by, scheme=Scheme.current(scheme), inputs=inputs, level=level, override_reason=override_reason
    )


def due(case: Case, milestone: str) -> datetime:
    return Deadline.objects.live(case).get(milestone=milestone).due.astimezone(clock.BEIJING)


def test_f1_an_interface_wanted_is_a_function_with_two_key_demands(cast: Any):
    demands = ["开放查询权限", "兼容现有报表格式"]
    case = Case.open(
        by=cast["lin"], title="订单数据接口", kind="requirement", requirement_type="function", key_demands=demands
    )
    stored = Case.objects.get(pk=case.pk)
    assert str(stored.get_requirement_type_display()) == "功能需求"
    assert stored.key_demands == demands


def test_f2_value_4_urgency_3_goes_to_the_iteration(cast: Any):
    case = Case.open(by=cast["lin"], title="批量导出", kind="requirement")
    assessed_case(case, cast["wang"], "value_urgency", value=4, urgency=3)
    assert case.level == "high_low"
    assert case.level_name.to("zh") == "高价值-低紧急度"
    assert case.disposition == "iteration"


def test_f3_five_and_five_of_the_technical_class_goes_first(cast: Any):
    case = Case.open(by=cast["lin"], title="付款卡顿", kind="requirement", requirement_class="technical")
    assessed_case(case, cast["wang"], "value_urgency", value=5, urgency=5)
    assert (case.level, case.rank, case.disposition) == ("high_high", 1, "first")
    assert str(case.get_requirement_class_display()) == "技术型"


def test_f7_and_f8_are_numbered_in_order_and_an_override_keeps_its_reason(cast: Any, at: Any):
    NumberRule.objects.create(noun="case", prefix="TS", reset="day", digits=3)
    at("2023-10-01 14:35")
    seven = Case.open(
        by=cast["lin"],
        title="验证码错误",
        kind="problem",
        technical_type="function",
        affected_users=3,
        occurred_at=beijing("2023-10-01 14:30"),
    )
    made = assessed_case(seven, cast["chen"], "p_level", business_urgency="hit", scope="part")
    assert (seven.number, made.suggested, seven.level) == ("TS-20231001-001", "P1", "P1")

    at("2023-10-01 16:05")
    eight = Case.open(by=cast["lin"], title="数据延迟", kind="problem", occurred_at=beijing("2023-10-01 16:00"))
    eight.edit(by=cast["zhou"], seen=None, technical_type="performance")
    given = {"business_urgency": "hit", "scope": "part"}
    with pytest.raises(Refused):
        assessed_case(eight, cast["chen"], "p_level", level="P0", **given)
    made = assessed_case(eight, cast["chen"], "p_level", level="P0", override_reason="排产已停", **given)
    assert (eight.number, eight.level, made.suggested, made.override_reason) == (
        "TS-20231001-002",
        "P0",
        "P1",
        "排产已停",
    )
    assert str(eight.get_technical_type_display()) == "性能类"


def test_f11_three_working_days_over_the_national_holiday(cast: Any, at: Any):
    at("2022-09-30 17:00")
    case = Case.open(by=cast["lin"], title="希望增加筛选", kind="requirement")
    assessed_case(case, cast["chen"], "urgent_important", urgent=False, important=True)
    assert due(case, "respond") == beijing("2022-10-10 18:00")
    said = Deadline.objects.live(case).get(milestone="respond").explanation
    assert "调休" in said.zh
    assert "make-up" in said.en


@pytest.mark.parametrize(("important", "solve"), [(True, "2026-11-12 10:00"), (False, "2026-11-13 10:00")])
def test_an_urgent_one_is_due_exactly_24_and_48_or_72_hours_later(cast: Any, at: Any, important: bool, solve: str):
    at("2026-11-10 10:00")
    case = Case.open(by=cast["lin"], title="核心停摆", kind="requirement")
    assessed_case(case, cast["chen"], "urgent_important", urgent=True, important=important)
    assert due(case, "respond") == beijing("2026-11-11 10:00")
    assert due(case, "resolve") == beijing(solve)
    case.refresh_from_db()
    assert case.next_due == beijing("2026-11-11 10:00")


def test_an_ordinary_one_has_no_solve_deadline_but_a_schedule(cast: Any):
    case = Case.open(by=cast["lin"], title="小愿望", kind="requirement")
    assessed_case(case, cast["chen"], "urgent_important", urgent=False, important=False)
    assert [c.milestone for c in Deadline.objects.live(case)] == ["respond"]
    assert case.disposition == "scheduled"
    assert Case.objects.get(pk=case.pk).planned_for is None


def test_the_month_pool_is_next_months(cast: Any, at: Any):
    at("2026-12-15 10:00")
    case = Case.open(by=cast["lin"], title="小优化", kind="improvement")
    assessed_case(case, cast["chen"], "four_quadrant", urgency="normal", scope="individual", customer_value="low")
    assert (case.level, case.disposition, case.pool) == ("Q4", "month_pool", "2027-01")
