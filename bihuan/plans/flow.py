"""The life of a plan. A decision is a row (models/approval.py); a move only states what the rows already say.

Every gate reads the stored rows, so a move called directly meets the same conditions as a page's button.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.plans import events
from bihuan.plans.plan_completeness import missing_fields

if TYPE_CHECKING:
    from bihuan.plans.models import Plan


def is_complete(plan: Plan) -> Text | None:
    """Nothing a reviewer would ask for is missing (S3-40, S3-41, S3-44, S1-33, S1-40)."""
    missing = missing_fields(plan)
    if not missing:
        return None
    return Text("方案还缺：{zh}。", "The plan still lacks: {en}.").format(
        zh="、".join(m.zh for m in missing), en=", ".join(m.en for m in missing)
    )


def has_reviewers(plan: Plan) -> Text | None:
    if not plan.reviewers.exists():
        return Text(
            "还没有指定评审人，请至少选择一位总监。", "No reviewer is listed; please choose at least one director."
        )
    return None


def cures_roots(plan: Plan) -> Text | None:
    """A permanent measure answers a root cause that holds (S1-32). A requirement has no cause to cure."""
    if plan.case.kind == "requirement":
        return None
    loose = plan.measures.filter(horizon="long").exclude(cause__level="root", cause__verdict="holds").first()
    if loose is None:
        return None
    return Text(
        "长期措施「{measure}」没有对应已成立的根本原因，治标不治本，不能批准。",
        "The long-term measure “{measure}” answers no root cause that holds; it cannot be approved.",
        measure=loose.content[:40],
    )


def all_reviewed(plan: Plan) -> Text | None:
    waiting = list(plan.reviewers_waited_for())
    if not waiting:
        return has_reviewers(plan)
    return Text("还在等 {who} 评审。", "Still waiting for the review of {who}.", who="、".join(map(str, waiting)))


def leader_agreed(plan: Plan) -> Text | None:
    if not plan.agreed_on("approve"):
        return Text("分管领导还没有审批。", "The leader in charge has not approved it yet.")
    return None


def within_limit(plan: Plan) -> Text | None:
    if plan.needs_meeting:
        return Text(
            "预算超过 {limit} 元，须经管理层会议决议。",
            "The budget is over {limit} yuan; a management meeting has to decide.",
        ).format(limit=f"{plan.policy.meeting_over:,.2f}")
    return None


def over_limit(plan: Plan) -> Text | None:
    if not plan.needs_meeting:
        return Text("预算没有超过限额，不需要会议决议。", "The budget is within the limit; no meeting is needed.")
    return None


def meeting_resolved(plan: Plan) -> Text | None:
    if not plan.agreed_on("resolve"):
        return Text("还没有登记会议决议。", "The meeting's resolution is not recorded yet.")
    return None


def may_skip_review(plan: Plan) -> Text | None:
    if not plan.short_path:
        return Text("这份方案须经联合评审和领导审批。", "This plan needs joint review and the leader's approval.")
    return None


def customer_agreed(plan: Plan) -> Text | None:
    """No work before the customer agreed to this very version, or a recorded waiver (S1-39)."""
    last = plan.last_confirmation
    if last is None or last.status not in ("agreed", "waived"):
        return Text(
            "客户还没有确认这一版方案，也没有豁免。",
            "The customer has not agreed to this version, nor was that waived.",
        )
    return None


OPEN = ("draft", "reviewing", "approving", "resolving", "approved", "executing", "done", "verifying")
DECIDING = ("reviewing", "approving", "resolving")
SETTLED = ("approved", "executing", "done", "verifying", "reached", "partly", "missed")
"""The positions in which a plan's content has been agreed to inside the company."""

FLOW = Flow(
    "plan",
    states=(
        State("draft", Text("草稿", "Draft"), "secondary"),
        State("reviewing", Text("待评审", "Awaiting review"), "orange"),
        State("approving", Text("待审批", "With the leader"), "orange"),
        State("resolving", Text("待会议决议", "With the meeting"), "orange"),
        State("approved", Text("已批准", "Approved"), "green"),
        State("executing", Text("执行中", "In progress"), "cyan"),
        State("done", Text("已完成", "Done"), "blue"),
        State("verifying", Text("验证中", "Being verified"), "yellow"),
        State("reached", Text("达标", "Goals reached"), "green", final=True),
        State("partly", Text("部分达标", "Goals partly reached"), "yellow", final=True),
        State("missed", Text("未达标", "Goals missed"), "red", final=True),
        State("stopped", Text("已终止", "Stopped"), "secondary", final=True),
    ),
    moves=(
        Move("submit", Text("提交评审", "Submit for review"), ("draft",), "reviewing", events.SUBMITTED, (is_complete, cures_roots, has_reviewers)),
        Move("adopt", Text("免评审生效", "Adopt without review"), ("draft",), "approved", events.ADOPTED, (is_complete, cures_roots, may_skip_review)),
        Move("pass_review", Text("评审通过", "Pass the review"), ("reviewing",), "approving", events.REVIEWED, (all_reviewed,)),
        Move("refer", Text("报会议决议", "Refer to the meeting"), ("approving",), "resolving", events.REFERRED, (leader_agreed, over_limit)),
        Move("approve", Text("批准", "Approve"), ("approving",), "approved", events.APPROVED, (leader_agreed, within_limit, cures_roots)),
        Move("resolve", Text("登记会议决议", "Record the resolution"), ("resolving",), "approved", events.RESOLVED, (meeting_resolved, cures_roots)),
        Move("return", Text("退回", "Return"), DECIDING, "draft", events.RETURNED),
        Move("withdraw", Text("撤回", "Withdraw"), DECIDING, "draft", events.WITHDRAWN),
        Move("revise", Text("重新修改", "Open again"), ("approved",), "draft", events.REVISED),
        Move("change", Text("变更", "Change"), ("approved", "executing"), "reviewing", events.CHANGED, (has_reviewers,)),
        Move("begin", Text("开始执行", "Begin the work"), ("approved",), "executing", events.BEGUN, (customer_agreed,)),
        Move("finish", Text("执行完成", "Finish the work"), ("executing",), "done", events.DONE),
        Move("verify", Text("验证效果", "Verify the effect"), ("done",), "verifying", events.VERIFYING),
        Move("reach", Text("判为达标", "Judge reached"), ("verifying",), "reached", events.REACHED),
        Move("part", Text("判为部分达标", "Judge partly reached"), ("verifying",), "partly", events.PARTLY),
        Move("miss", Text("判为未达标", "Judge missed"), ("verifying",), "missed", events.MISSED),
        Move("stop", Text("终止", "Stop"), OPEN, "stopped", events.STOPPED),
    ),
)  # fmt: skip
