"""The life of a case: where it stands in the loop, and the only steps between.

Later rooms put their conditions on these moves with ``FLOW.guard`` (no start without confirmation, no archive without
a follow-up call), so that a page, a program and a bulk act all meet the same gate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.cases import events
from bihuan.cases.case_choices import NEEDED_TYPE
from bihuan.core.text import Text

if TYPE_CHECKING:
    from bihuan.cases.models import Case


def is_assessed(case: Case) -> Text | None:
    if not case.level:
        return Text("还没有定级，请先评定优先级。", "It has no level yet; please assess its priority first.")
    return None


def has_type_and_owner(case: Case) -> Text | None:
    if not case.owner_id:
        return Text("还没有负责人，请先指定负责人。", "It has no owner yet; please name one first.")
    if not any(getattr(case, name) for name in NEEDED_TYPE[case.kind]):
        return Text("还没有选择类型，请先在事项内容里选择。", "It has no type yet; please choose one in the case.")
    return None


ACTIVE = ("accepted", "assessed", "diagnosing", "planning", "confirming", "executing", "following_up", "evaluating")
CLOSED = ("archived", "declined")

FLOW = Flow(
    "case",
    states=(
        State("draft", Text("草稿", "Draft"), "secondary"),
        State("accepted", Text("已受理", "Accepted"), "blue"),
        State("assessed", Text("已定级", "Assessed"), "blue"),
        State("diagnosing", Text("诊断中", "In diagnosis"), "purple"),
        State("planning", Text("方案中", "Planning"), "indigo"),
        State("confirming", Text("待客户确认", "With the customer"), "orange"),
        State("executing", Text("执行中", "In progress"), "cyan"),
        State("following_up", Text("待回访", "Follow-up call due"), "orange"),
        State("evaluating", Text("待评估", "Evaluation due"), "yellow"),
        State("archived", Text("已归档", "Archived"), "green", final=True),
        State("declined", Text("不受理", "Declined"), "secondary", final=True),
    ),
    moves=(
        Move("accept", Text("受理", "Accept"), ("draft",), "accepted", events.ACCEPTED),
        Move("assess", Text("定级", "Assess"), ("accepted",), "assessed", events.ASSESSED, (is_assessed,)),
        Move("diagnose", Text("开始诊断", "Start diagnosis"), ("assessed",), "diagnosing", events.DIAGNOSING, (is_assessed, has_type_and_owner)),
        Move("plan", Text("进入方案", "Go to the plan"), ("diagnosing",), "planning", events.PLANNING),
        Move("propose", Text("提请客户确认", "Put to the customer"), ("planning",), "confirming", events.PROPOSED),
        Move("object", Text("客户有异议", "Customer objects"), ("confirming",), "planning", events.OBJECTED),
        Move("start", Text("开始执行", "Begin the work"), ("confirming",), "executing", events.STARTED),
        Move("replan", Text("方案变更", "Change the plan"), ("confirming", "executing"), "planning", events.REPLANNED),
        Move("finish", Text("完成执行", "Finish the work"), ("executing",), "following_up", events.FINISHED),
        Move("evaluate", Text("进入评估", "Go to evaluation"), ("following_up",), "evaluating", events.EVALUATING),
        Move("archive", Text("归档", "Archive"), ("following_up", "evaluating"), "archived", events.ARCHIVED),
        Move("reopen", Text("重新打开", "Reopen"), ("following_up", "evaluating", "archived"), "diagnosing", events.REOPENED),
        Move("decline", Text("不受理", "Decline"), ("draft", "accepted", "assessed", "diagnosing", "planning"), "declined", events.DECLINED),
        Move("appeal", Text("重新受理", "Accept again"), ("declined",), "accepted", events.APPEALED),
    ),
)  # fmt: skip

STAGES: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("capture", Text("收集", "Intake"), ("draft",)),
    ("assess", Text("定级", "Assess"), ("accepted", "assessed")),
    ("diagnose", Text("诊断", "Diagnosis"), ("diagnosing",)),
    ("solve", Text("方案", "Plan"), ("planning", "confirming")),
    ("execute", Text("执行", "Execution"), ("executing",)),
    ("verify", Text("验证", "Verify"), ("following_up", "evaluating")),
    ("archive", Text("归档", "Archive"), ("archived",)),
)
"""The stepper of the loop: key, name, the statuses that stand in it."""
