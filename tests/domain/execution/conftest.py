"""A case in work: four tasks of lin, wu, zhou and sun."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.cases.models import Case
from bihuan.demo.sample_followups import case_in_progress
from bihuan.execution.models import Task


@pytest.fixture
def monday(at: Any) -> Any:
    """Monday, 23 November 2026, ten in the morning."""
    return at("2026-11-23 10:00")


@pytest.fixture
def case(monday: Any, cast: dict[str, Any]) -> Case:
    return case_in_progress(cast, "高峰期订单提交卡住")


@pytest.fixture
def task(case: Case) -> Task:
    """Wu's task: two servers, due on the third working day."""
    return Task.objects.present(case).select_related("case", "owner").get(owner__username="wu")
