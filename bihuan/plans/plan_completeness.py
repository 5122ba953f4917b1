"""What a careful reader finds in a plan: what is missing, what no measure answers, what looks over-promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.core.text import Text
from bihuan.deadlines.calendar_versions import company_calendar
from bihuan.diagnosis.models import Cause
from bihuan.plans import relative_dates

if TYPE_CHECKING:
    from bihuan.plans.models import Plan


def missing_fields(plan: Plan) -> list[Text]:
    """What is still missing before anyone should be asked to decide."""
    chosen = any(o.chosen for o in plan.options.all())
    wanted: tuple[tuple[bool, Text], ...] = (
        (bool(plan.problem.strip()), Text("问题描述", "problem description")),
        (plan.goals.exists(), Text("量化的优化目标", "a goal in figures")),
        (chosen, Text("选定的方案", "a chosen option")),
        (plan.measures.exists(), Text("具体措施", "measures")),
        (plan.lead_id is not None, Text("负责人", "a lead")),
        (plan.start is not None, Text("开始时间", "a start")),
        (plan.finish is not None, Text("完成时间", "a finish")),
        (bool(plan.acceptance.strip()), Text("验收标准", "acceptance criteria")),
    )
    return [name for there, name in wanted if not there]


def uncovered(plan: Plan) -> list[Cause]:
    """Root causes that hold and that no measure answers (S3-39)."""
    roots = Cause.objects.filter(analysis__case=plan.case_id, analysis__round=plan.round, level="root", verdict="holds")
    return list(roots.exclude(pk__in=plan.measures.exclude(cause=None).values("cause")))


def warnings(plan: Plan) -> list[Text]:
    """What a careful reviewer would ask; none of it stops the plan."""
    found = []
    if plan.case.kind != "requirement" and not plan.measures.filter(horizon="long").exists():
        found.append(
            Text(
                "没有长期措施：只治标的方案容易复发。",
                "There is no long-term measure: what only treats the symptom comes back.",
            )
        )
    if plan.start and plan.finish and plan.effort_days:
        there = relative_dates.working_days(plan.start, plan.finish, company_calendar())
        if there < plan.effort_days:
            found.append(
                Text(
                    "工期只有 {there} 个工作日，少于估计的 {need} 个：不要过度承诺。",
                    "Only {there} working days are planned, {need} are estimated: do not over-promise.",
                    there=there,
                    need=plan.effort_days,
                )
            )
    if unsure := plan.resources.filter(confirmed=False).count():
        found.append(Text("还有 {n} 项资源没有落实。", "Resources not secured yet: {n}.", n=unsure))
    if plan.finish and plan.measures.filter(due__gt=plan.finish).exists():
        found.append(Text("有措施的期限晚于方案完成时间。", "A measure is due after the plan's finish."))
    return found
