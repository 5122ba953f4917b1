"""Cases whose work is finished: one whose plan had a goal, one whose plan had none."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.cases.models import Case
from bihuan.demo.sample_followups import case_in_progress, finish
from bihuan.followup.followup_calls import FollowUp


@pytest.fixture
def monday(at: Any) -> Any:
    """Monday, 23 November 2026, ten in the morning."""
    return at("2026-11-23 10:00")


@pytest.fixture
def case(monday: Any, cast: dict[str, Any]) -> Case:
    """Its plan has one goal: failed orders from 5 % to below 1 %."""
    made = case_in_progress(cast, "高峰期订单提交卡住")
    finish(made)
    return made


@pytest.fixture
def plain(case: Case) -> Case:
    """The same without goals."""
    case.plans.get().goals.all().delete()
    return case


@pytest.fixture
def followup(case: Case) -> FollowUp:
    return FollowUp.objects.select_related("case").get(case=case)
