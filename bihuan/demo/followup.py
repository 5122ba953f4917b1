"""Matters in work and after it: tasks under way, one blocked, a revisit due, one archived."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.demo.plans import diagnose, write_plan
from bihuan.execution.models import Task
from bihuan.execution.work import start_work
from bihuan.people.models import User
from bihuan.plans.models import Approval, Confirmation, Plan

Cast = dict[str, User]


def in_work(cast: Cast, title: str, **fields: Any) -> Case:
    """A case whose plan is approved, agreed on the phone and begun: four tasks."""
    today = clock.today()
    case = diagnose(cast, title, **fields)
    plan = write_plan(case, cast, budget=Decimal("38000.00"), start=today, finish=today + timedelta(days=70))
    approve(plan, cast)
    Confirmation.heard(plan, by=cast["lin"], name="王经理", agreed=True, said="可以，尽快。")
    case.refresh_from_db()
    start_work(case, by=cast["zhou"])
    return case


def approve(plan: Plan, cast: Cast) -> None:
    """Both directors and the leader agree."""
    plan.submit(by=cast["zhou"])
    for who in ("gao", "tang"):
        Approval.give(plan, by=cast[who], decision="agree", resource_verdict="enough", risk_verdict="low")
    Approval.give(plan, by=cast["fang"], decision="agree", opinion="同意。")


def finish(case: Case) -> None:
    """Every owner does their task."""
    for task in Task.objects.present(case).open().select_related("owner"):
        task.complete(by=task.owner)
    case.refresh_from_db()
