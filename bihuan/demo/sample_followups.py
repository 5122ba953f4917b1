"""Matters in work and after it: tasks under way, one blocked, a follow-up call due, one archived."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from bihuan.cases.models import Case, CaseFeedback
from bihuan.core import clock
from bihuan.demo.sample_plans import diagnose, write_plan
from bihuan.execution.case_tasks import start_work
from bihuan.execution.models import Task
from bihuan.feedback.intake import receive
from bihuan.followup.archive import archive
from bihuan.followup.evaluations import Evaluation
from bihuan.followup.followup_calls import FollowUp
from bihuan.people.models import User
from bihuan.plans.models import Approval, Confirmation, Plan

People = dict[str, User]


def build(people: People) -> None:
    """Four matters: one in work with a step blocked, one to be revisited, one to be evaluated, one archived. The last
    two began with a customer's words: one of them knows what came of it, the other is still to be told."""
    under_way = case_in_progress(people, "门店对账差异每天要人工核对")
    lin, wu, _, sun = Task.objects.present(under_way)
    lin.report(by=people["lin"], done="已为三家门店补录昨天的差异", percent=60, next_step="明天补录剩下两家")
    wu.begin(by=people["wu"])
    wu.block(by=people["wu"], reason="机房没有空机位，等运维腾出")
    sun.edit(by=people["sun"], milestone=True)
    finish(case_in_progress(people, "会员积分到账晚"))
    waiting = case_in_progress(people, "发票下载经常失败")
    link_feedback(waiting, people, "chenxi", "每次下载发票都要点三四次才成功，月底对账很耽误事。")
    solve(waiting, people)
    informed = case_in_progress(people, "夜间报表打不开")
    origin = link_feedback(informed, people, "lanjing", "晚上十点以后报表页面一直转圈，值班的人看不到库存。")
    archived = solve(informed, people)
    origin.record_customer_update(by=people["lin"], channel="phone")
    assess(archived, people, Decimal("0.4"))
    archive(
        archived, by=people["chen"], conclusion="扩容并改造连接后两周没有再发生。", improvement_kind="product",
        suggestion="容量预警推广到所有接口。", common="容量不足",
    )  # fmt: skip


def link_feedback(case: Case, people: People, account: str, text: str) -> CaseFeedback:
    """A customer had said so, and it belongs to this matter."""
    feedback = receive(
        by=people["lin"].actor, source="demo", text=text, channel="phone", customer={"account": account},
        team=people["lin"].team, product="订货平台",
    )  # fmt: skip
    return CaseFeedback.link(case, feedback, by=people["lin"].actor)


def solve(case: Case, people: People) -> Case:
    """All done, and the customer content."""
    finish(case)
    FollowUp.objects.get(case=case).answer(
        by=people["chen"], channel="phone", solved=True, met="yes", score=4, respondent="王经理"
    )
    case.refresh_from_db()
    return case


def assess(case: Case, people: People, value: Decimal) -> None:
    """Its effect measured early, as the demo has no two weeks to wait."""
    row = Evaluation.objects.get(case=case)
    row.assess(
        by=people["zhou"], after={m.pk: value for m in row.metrics.all()}, next_step="写入运维手册",
        early_reason="监控数据已经足够",
    )  # fmt: skip
    case.refresh_from_db()


def case_in_progress(people: People, title: str, **fields: Any) -> Case:
    """A case whose plan is approved, agreed on the phone and begun: four tasks."""
    today = clock.today()
    case = diagnose(people, title, **fields)
    plan = write_plan(case, people, budget=Decimal("38000.00"), start=today, finish=today + timedelta(days=70))
    approve(plan, people)
    Confirmation.record_call(plan, by=people["lin"], name="王经理", agreed=True, comment="可以，尽快。")
    case.refresh_from_db()
    start_work(case, by=people["zhou"])
    return case


def approve(plan: Plan, people: People) -> None:
    """Both directors and the leader agree."""
    plan.submit(by=people["zhou"])
    for who in ("gao", "tang"):
        Approval.give(plan, by=people[who], decision="agree", resource_verdict="enough", risk_verdict="low")
    Approval.give(plan, by=people["fang"], decision="agree", opinion="同意。")


def finish(case: Case) -> None:
    """Every owner does their task."""
    for task in Task.objects.present(case).open().select_related("owner"):
        task.complete(by=task.owner)
    case.refresh_from_db()
