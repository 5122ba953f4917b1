"""The precise next thing while a case is being solved, from where its plan stands."""

from __future__ import annotations

from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.plans.models import Plan
from bihuan.plans.plan_completeness import missing_fields
from bihuan.web.next_step import Step


def plan_step(case: Case) -> Step:
    """What comes next and who may do it; always on the plan's page."""
    plan = Plan.of(case)
    if plan is None:
        why = Text(
            "1-3 个备选，写明目标、措施和验收标准。", "One to three options; goals, measures, acceptance criteria."
        )
        return _step(Text("起草方案", "Draft the plan"), why, "plan.write")
    if plan.status == "draft":
        return _writing(plan)
    if plan.status == "reviewing":
        who = "、".join(map(str, plan.reviewers_waited_for()))
        why = Text("还在等 {who} 的意见。", "Waiting for the word of {who}.", who=who)
        return _step(Text("联合评审", "Joint review"), why, "plan.review")
    if plan.status == "approving":
        why = Text("评审已通过，等分管领导审批。", "The review has passed; the leader in charge decides.")
        return _step(Text("领导审批", "Leader's approval"), why, "plan.approve")
    if plan.status == "resolving":
        why = Text(
            "预算超过限额，等管理层会议决议编号。", "Over the limit; the number of the meeting's resolution is awaited."
        )
        return _step(Text("登记会议决议", "Record the resolution"), why, "plan.resolve")
    return _with_customer(plan)


def _writing(plan: Plan) -> Step:
    missing = missing_fields(plan)
    if missing:
        why = Text("还缺：{zh}。", "Still missing: {en}.").format(
            zh="、".join(m.zh for m in missing), en=", ".join(m.en for m in missing)
        )
        return _step(Text("补齐方案", "Complete the plan"), why, "plan.write")
    if plan.short_path:
        why = Text(
            "内容已齐，按政策免评审，提交后请客户确认。", "It is complete; by policy it goes straight to the customer."
        )
    else:
        why = Text("内容已齐，可以提交联合评审。", "It is complete and can go to the joint review.")
    return _step(Text("提交方案", "Submit the plan"), why, "plan.write")


def _with_customer(plan: Plan) -> Step:
    last = plan.last_confirmation
    if last is None:
        why = Text("方案已批准，发链接或打电话请客户确认。", "It is approved; send the link or call the customer.")
        return _step(Text("请客户确认方案", "Get the customer's agreement"), why, "plan.confirm")
    if last.status == "objected":
        why = Text("客户说：{words}", "The customer says: {words}", words=last.comment[:80])
        return _step(Text("处理客户异议", "Answer the objection"), why, "plan.write")
    if last.is_expired:
        why = Text("确认链接已过期，请重新发送或改用电话。", "The link has expired; send a new one or call.")
        return _step(Text("再次请客户确认", "Ask the customer again"), why, "plan.confirm")
    if last.status == "waiting":
        why = Text("链接已发出，等客户答复；也可以打电话确认。", "The link is out; wait for the answer, or call.")
        return _step(Text("等客户确认", "Wait for the customer"), why, "plan.confirm")
    why = Text("客户已确认，可以开工。", "The customer has agreed; work can begin.")
    if last.status == "waived":
        why = Text("已豁免客户确认，可以开工。", "The agreement was waived; work can begin.")
    return _step(Text("开始执行", "Begin the work"), why, "task.work")


def _step(title: Text, why: Text, need: str) -> Step:
    return Step(title, why, "plans:detail", need, Text("去方案页", "To the plan"))
