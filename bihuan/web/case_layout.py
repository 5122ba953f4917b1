"""What stands above every page of a case: who and where it is in the loop, and what is next.

``frame(case, user, here)`` gives the context of templates/web/cases/layout.html. Another section of a case adds its tab to TABS
and its next step to ``_PRECISE``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import reverse

from bihuan.cases.flow import STAGES
from bihuan.cases.models import Case
from bihuan.cases.problem_cases import problems_of
from bihuan.cases.recurrence import reopened_problems
from bihuan.core.text import Text
from bihuan.knowledge.similar import similar_articles
from bihuan.people.models import User
from bihuan.web.next_step import Step
from bihuan.web.plan_next_steps import plan_step
from bihuan.web.verification_next_steps import evaluation_step, followup_step, work_step

TABS: tuple[tuple[str, Text], ...] = (
    ("cases:detail", Text("概览", "Overview")),
    ("diagnosis:detail", Text("诊断", "Diagnosis")),
    ("plans:detail", Text("方案", "Plan")),
    ("cases:tasks", Text("执行", "Execution")),
    ("followup:detail", Text("验证", "Verify")),
)
"""Pages of a case: url name (taking the case's pk) and title."""


_NEXT: dict[str, Step] = {
    "draft": Step(
        Text("受理这件事", "Accept the case"),
        Text("受理后开始计时。", "Its deadlines start then."),
        "cases:detail",
        "case.edit",
        Text("去受理", "Accept"),
    ),
    "accepted": Step(
        Text("定级", "Assess"),
        Text("定级决定时限，还需要类型和负责人。", "The level sets the deadlines; type and owner are needed too."),
        "cases:assess",
        "case.assess",
        Text("去定级", "Assess"),
    ),
    "assessed": Step(
        Text("开始诊断", "Start diagnosis"),
        Text("已定级，下一步查清原因。", "It is assessed; next, find the cause."),
        "diagnosis:detail",
        "diagnosis.write",
        Text("去诊断", "Diagnose"),
    ),
    "diagnosing": Step(
        Text("查清原因", "Find the cause"),
        Text(
            "写清现象、影响、范围，根因要有证据。", "State phenomenon, effect and range; a root cause needs evidence."
        ),
        "diagnosis:detail",
        "diagnosis.write",
        Text("去诊断", "Diagnose"),
    ),
    "archived": Step(
        Text("沉淀知识", "Keep the knowledge"),
        Text("把这次经验写成知识，下次直接用。", "Write it up, so that next time it is at hand."),
        "articles:from_case",
        "article.write",
        Text("写成知识", "Write article"),
    ),
}


def frame(case: Case, user: User, here: str) -> dict[str, Any]:
    """Context of the frame: the case, the stepper, the tabs, the next step with whether this person may do it."""
    step = _step(case)
    return {
        "case": case,
        "stages": _stages(case),
        "tabs": [(reverse(name, args=[case.pk]), title, name == here) for name, title in TABS],
        "step": step,
        "step_mine": bool(step and user.can(step.need)),
        "here": here,
        "similar": partial(similar_articles, case),
        "reopened_problems": partial(reopened_problems, problems_of(case), Case.objects.filter(pk=case.pk)),
    }


_PRECISE: dict[str, Callable[[Case], Step]] = {
    "planning": plan_step,
    "confirming": plan_step,
    "executing": work_step,
    "following_up": followup_step,
    "evaluating": evaluation_step,
}


def _step(case: Case) -> Step | None:
    precise = _PRECISE.get(case.status)
    return precise(case) if precise else _NEXT.get(case.status)


def _stages(case: Case) -> list[tuple[Text, str]]:
    """Each stage of the loop with "done", "now" or ""."""
    at = next((i for i, (_, _, statuses) in enumerate(STAGES) if case.status in statuses), len(STAGES))
    if case.status == "declined":
        return [(name, "") for _, name, _ in STAGES]
    last = len(STAGES) - 1
    return [
        (name, "done" if i < at or at == i == last else "now" if i == at else "")
        for i, (_, name, _) in enumerate(STAGES)
    ]
