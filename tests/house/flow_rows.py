"""Rows for the flow test: one of each noun in each state, and what brings a row to meet a condition of a move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.apps import apps

from bihuan.audit.base_models import FlowModel
from bihuan.core import clock
from bihuan.people.models import User

MODELS: dict[str, type[FlowModel]] = {m.NOUN: m for m in apps.get_models() if issubclass(m, FlowModel)}
ANSWERS = {"solved": True, "met": "yes", "score": 5, "at": clock.now()}

FIELDS_OF_STATE: dict[tuple[str, str], dict[str, Any]] = {
    ("task", "blocked"): {"obstacle": "等供应商", "blocked_since": clock.now()},
    ("followup", "done"): ANSWERS,
    ("followup", "exempt"): {"reason": "客户要求"},
}
"""What the database asks of a row in a state."""


def rows_of(noun: str) -> Any:
    return MODELS[noun]._base_manager.order_by("pk")


def make(noun: str, by: User, **fields: Any) -> FlowModel:
    """A row of the noun, by the person or the person's actor, whichever it keeps."""
    for field in MODELS[noun]._meta.get_fields():
        if field.name in {"by", "author"}:
            fields[field.name] = by if field.related_model is User else by.actor
    return MODELS[noun]._base_manager.create(**fields)


def rows_the_demo_lacks(by: User) -> list[FlowModel]:
    """One row of each noun that the demo company has none of."""
    return [
        *rows_for_pages(by),
        make("machine_draft", by, kind="labels", about="feedback/1", sent={}),
        make("label_model", by, axis="problem_type", version_number=1, data=b"", taught=5, until=1),
        make("import", by, number="DR-FLOW-1", rows=1, created=1, plan={"mapping": {"0": "text"}}),
        make("run", by),
        make("report", by, week="2026-W45", first=date(2026, 11, 2), document={}),
    ]


def rows_for_pages(by: User) -> list[FlowModel]:
    """Those of them whose pages can be opened: nothing that a page shows is missing."""
    case, day = rows_of("case")[0], date(2026, 11, 2)
    return [
        make("handover", by, case=case, round=case.round, team=case.owner.team),
        make("exposure", by, source="orders.csv", kind="orders", first=day, last=day, step=1, size=1),
        make("problem", by, number="WT-FLOW-1", title="付款失败"),
    ]


def _finish_tasks(case: Any) -> dict[str, Any]:
    case.tasks.exclude(status="done").update(status="cancelled")
    case.tasks.filter(round=case.round).update(status="done")
    rows_of("followup").filter(case=case, round=case.round).update(round=99)
    return {}


def _answer_followup(case: Any) -> dict[str, Any]:
    rows_of("followup").filter(case=case, round=case.round).update(status="done", **ANSWERS)
    rows_of("evaluation").filter(case=case, round=case.round).update(round=99)
    return {}


def _agree(step: str, budget: int) -> Callable[[Any], dict[str, Any]]:
    def agree(plan: Any) -> dict[str, Any]:
        vote = {"step": step, "decision": "agree", "approver": plan.author, "version_number": plan.version_number}
        plan.approvals.create(**vote, resolution="2026-11" if step == "resolve" else "")
        plan.budget = budget
        return {"budget": budget}

    return agree


def _allow_short_path(plan: Any) -> dict[str, Any]:
    plan.policy.settle(plan.kind, by=plan.author, short=True, meeting_over=plan.policy.meeting_over)
    return {"budget": 0}


def _try_to_call(call: Any) -> dict[str, Any]:
    for _ in range(5):
        call.attempts.create(by=User.objects.order_by("id")[0].actor, note="没有人接")
    return {}


CONDITIONS: dict[tuple[str, str], Callable[[Any], dict[str, Any]]] = {
    ("case", "finish"): _finish_tasks,
    ("case", "evaluate"): _answer_followup,
    ("plan", "adopt"): _allow_short_path,
    ("plan", "refer"): _agree("approve", 10_000_000),
    ("plan", "resolve"): _agree("resolve", 10_000_000),
    ("task", "block"): lambda task: FIELDS_OF_STATE["task", "blocked"],
    ("followup", "answer"): lambda call: ANSWERS,
    ("followup", "mark_unreachable"): _try_to_call,
    ("followup", "exempt"): lambda call: FIELDS_OF_STATE["followup", "exempt"],
}
"""What is done before a move so that its conditions hold; answers the fields that change with the status."""
