"""A case whose diagnosis is done, and its plan, ready to be decided on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bihuan.cases.models import Case
from bihuan.demo.sample_plans import diagnose, write_plan
from bihuan.plans.models import Approval, Plan


@pytest.fixture
def case(cast: dict[str, Any]) -> Case:
    return diagnose(cast, "高峰期订单提交卡住")


@pytest.fixture
def plan(case: Case, cast: dict[str, Any]) -> Plan:
    """A complete draft: written by the engineer zhou, led by the technical lead sun, reviewed by gao and tang."""
    return write_plan(case, cast, budget=Decimal("80000.00"), start=date(2026, 11, 23), finish=date(2027, 1, 29))


@pytest.fixture
def agree(cast: dict[str, Any]) -> Callable[..., Approval]:
    """``agree(plan, "gao")``: that person agrees to the step that is due."""

    def one(plan: Plan, who: str, **said: Any) -> Approval:
        step = {"resource_verdict": "enough", "risk_verdict": "low"} if plan.status == "reviewing" else {}
        if plan.status == "resolving":
            step = {"resolution": "会纪〔2026〕18 号"}
        return Approval.give(plan, by=cast[who], **({"decision": "agree", "opinion": "同意。"} | step | said))

    return one


@pytest.fixture
def approved(plan: Plan, cast: dict[str, Any], agree: Callable[..., Approval]) -> Plan:
    plan.submit(by=cast["zhou"])
    for who in ("gao", "tang", "fang"):
        agree(plan, who)
    return plan
