"""Two plans of the demo: one in joint review, one the customer has agreed to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bihuan.cases.models import Assessment, Case
from bihuan.core import clock
from bihuan.core.text import Text
from bihuan.customers.models import Customer
from bihuan.deadlines.models import Scheme
from bihuan.diagnosis.models import Analysis
from bihuan.people.models import User
from bihuan.plans.models import Approval, Confirmation, Goal, Measure, Option, Plan, Resource

People = dict[str, User]
_LAYERS = Text("三层描述", "the three layers")


def build(people: People) -> None:
    """The demo's part: a plan waiting for one more director, and one confirmed by the customer."""
    today = clock.today()
    in_review = write_plan(
        diagnose(people, "促销高峰时订单提交失败"), people, budget=Decimal("136000.00"), start=today,
        finish=today + timedelta(days=75),
    )  # fmt: skip
    in_review.submit(by=people["zhou"])
    _agree(in_review, people["gao"], "机器和人手都能到位。")
    confirmed = write_plan(
        diagnose(people, "对账单导出要等很久"), people, budget=Decimal("38000.00"), start=today,
        finish=today + timedelta(days=70),
    )  # fmt: skip
    confirmed.submit(by=people["zhou"])
    for who in ("gao", "tang", "fang"):
        _agree(confirmed, people[who], "同意，按方案执行。")
    row, _ = Confirmation.ask(
        confirmed, by=people["lin"], summary="先扩容缓解等待，再改造导出方式，让对账单一分钟内导出完。",
        todo=["提供一个测试账号", "每天 18 点后不做大批量导出"],
    )  # fmt: skip
    row.answer(by=people["lin"].actor, name="王经理", agreed=True, comment="尽快安排。")


def diagnose(people: People, title: str, **fields: Any) -> Case:
    """A technical case taken as far as planning, with one root cause that evidence holds."""
    case = Case.open(
        by=people["chen"], title=title, kind="problem", customer=Customer.objects.order_by("id").first(), owner=people["zhou"],
        description="每天上午十点前后，提交后一直转圈，有时要等一分钟以上。", technical_type="performance", **fields,
    )  # fmt: skip
    case.collaborators.add(people["lin"], people["sun"])
    Assessment.assess(case, 
        by=people["chen"], scheme=Scheme.current("p_level"),
        inputs={"scope": "part", "business_urgency": "hit", "paying": True, "peak": True},
    )  # fmt: skip
    case.move("diagnose", by=people["zhou"].actor)
    analysis = Analysis.of(case)
    analysis.update_statement(
        {"phenomenon": "上午高峰提交订单长时间转圈", "effect": "每天约 120 单要晚一天处理", "range": "所有使用下单接口的客户"},
        by=people["zhou"], what=_LAYERS, seen=analysis.version,
    )  # fmt: skip
    analysis.update_statement(
        {"problem": {"what": "下单接口在高峰时响应超时"}}, by=people["zhou"], what=_LAYERS, seen=analysis.version
    )
    analysis.add_impact(
        by=people["zhou"], side="customer", metric="延误订单", value=Decimal(120), unit="单", period="每天"
    )
    root = analysis.add_cause(
        by=people["zhou"], dimension="technology", text="连接池上限按两年前的单量设定", level="root"
    )
    root.add_evidence(by=people["zhou"], text="压测到每秒 300 笔时连接数用满，日志同时出现等待超时。")
    root.hold(by=people["zhou"])
    case.move("plan", by=people["zhou"].actor)
    return case


def write_plan(case: Case, people: People, *, budget: Decimal, start: date, finish: date) -> Plan:
    """A complete draft by the engineer: two options, four measures, one goal."""
    by = people["zhou"]
    plan = Plan.create_draft(case, by=by)
    plan.write(
        {
            "problem": "上午高峰下单接口响应超时，客户每天约有 120 单延误。",
            "approach": "先加机器止住卡顿，再改造连接方式并建立容量预警。",
            "budget": budget,
            "start": start,
            "finish": finish,
            "effort_days": 40,
            "risks": "扩容当晚要重启两次，可能影响夜间批量任务。",
            "rollback": "保留原配置，十分钟内可切回。",
            "acceptance": "连续两周高峰期失败率低于 1%，没有新增同类反馈。",
        },
        by=by,
        seen=plan.version,
    )
    Goal.add(plan, by=by, metric="下单失败率", baseline=Decimal(5), op="lt", target=Decimal(1), unit="%")
    Resource.add(plan, by=by, kind="people", detail="后端工程师 2 人，4 周").secure(by=by)
    Resource.add(plan, by=by, kind="budget", detail="服务器 4 台")
    Option.add(
        plan, by=by, name="扩容加改造", content="先加机器，再改造连接方式", feasibility=4, resource=3, satisfaction=5, cost=3,
        duration=3, risk=4, note="见效快，也能根治",
    ).choose(by=by, reason="两天内见效，两个月内根治")  # fmt: skip
    Option.add(
        plan, by=by, name="整体重写接口", content="换新架构重写", feasibility=2, resource=1, satisfaction=4, cost=1,
        duration=1, risk=2,
    )  # fmt: skip
    _measures(plan, people, case.analyses.get(round=case.round).causes.get(level="root"))
    plan.refresh_from_db()
    return plan


def _measures(plan: Plan, people: People, root: Any) -> None:
    by = people["zhou"]
    Measure.add(
        plan, by=by, horizon="temporary", content="客服为受影响客户代为补录订单", owner=people["lin"], due_text="1 wd"
    )
    Measure.add(
        plan,
        by=by,
        horizon="short",
        content="加两台服务器，上调连接上限",
        owner=people["wu"],
        due_text="3 wd",
        cause=root,
    )
    Measure.add(
        plan,
        by=by,
        horizon="long",
        content="改造连接方式，支持三倍单量",
        owner=people["zhou"],
        due_text="2 months",
        cause=root,
    )
    Measure.add(
        plan,
        by=by,
        horizon="prevention",
        content="连接数超过八成自动预警，每季度评估容量",
        owner=people["sun"],
        due_text="2 months",
        cause=root,
    )


def _agree(plan: Plan, who: User, opinion: str) -> None:
    review: dict[str, Any] = {"resource_verdict": "enough", "risk_verdict": "low"} if plan.status == "reviewing" else {}
    Approval.give(plan, by=who, decision="agree", opinion=opinion, **review)
