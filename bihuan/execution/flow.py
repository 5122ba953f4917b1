"""The life of a task. 未开始 and 取消 are ours; the other three are the documents' (C-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.execution import events

if TYPE_CHECKING:
    from bihuan.execution.models import Task


def case_is_in_work(task: Task) -> Text | None:
    if task.case.status != "executing" or task.round != task.case.round:
        return Text(
            "事项现在是「{now}」，这一轮的任务不能再动。", "The case is “{now}” now; this round's tasks stand as they are."
        ).format(now=task.case.state.name)  # fmt: skip
    return None


def earlier_is_done(task: Task) -> Text | None:
    first = task.depends_on
    if first and first.status not in SETTLED:
        return Text(
            "要先完成前一步「{first}」。", "The step before it comes first: “{first}”.", first=first.content[:60]
        )
    return None


def has_owner_and_day(task: Task) -> Text | None:
    if not task.owner_id or not task.due:
        return Text("任务要有负责人和期限。", "A task needs an owner and a due date.")
    return None


OPEN = ("todo", "doing", "blocked")
SETTLED = ("done", "cancelled")
_HELD = (case_is_in_work,)

FLOW = Flow(
    "task",
    states=(
        State("todo", Text("未开始", "Not begun"), "secondary"),
        State("doing", Text("进行中", "In progress"), "cyan"),
        State("blocked", Text("受阻", "Blocked"), "red"),
        State("done", Text("已完成", "Done"), "green", final=True),
        State("cancelled", Text("取消", "Cancelled"), "secondary", final=True),
    ),
    moves=(
        Move("begin", Text("开始", "Start"), ("todo",), "doing", events.BEGUN, (*_HELD, has_owner_and_day, earlier_is_done)),
        Move("block", Text("标为受阻", "Mark blocked"), ("doing",), "blocked", events.BLOCKED, _HELD),
        Move("free", Text("恢复进行", "Go on"), ("blocked",), "doing", events.FREED, _HELD),
        Move("complete", Text("完成", "Finish"), ("doing", "blocked"), "done", events.COMPLETED, (*_HELD, earlier_is_done)),
        Move("cancel", Text("取消", "Cancel"), OPEN, "cancelled", events.CANCELLED, _HELD),
        Move("redo", Text("重做", "Take up again"), SETTLED, "doing", events.REDONE, _HELD),
    ),
)  # fmt: skip
