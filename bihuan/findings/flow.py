"""The life of a run of the engine, and of a problem it found."""

from __future__ import annotations

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.findings import events

RUN_FLOW = Flow(
    "run",
    states=(
        State("queued", Text("排队中", "Queued"), "blue"),
        State("running", Text("分析中", "Under analysis"), "blue"),
        State("done", Text("已完成", "Done"), "green", final=True),
        State("cancelled", Text("已取消", "Cancelled"), "secondary", final=True),
        State("failed", Text("没有完成", "Not done"), "red", final=True),
    ),
    moves=(
        Move("begin", Text("开始", "Start"), ("queued",), "running", events.RUN_BEGUN),
        Move("finish", Text("完成", "Finish"), ("running",), "done", events.RUN_DONE),
        Move("stop", Text("取消", "Cancel"), ("queued", "running"), "cancelled", events.RUN_STOPPED),
        Move("fail", Text("放弃", "Discard"), ("queued", "running"), "failed", events.RUN_FAILED),
    ),
)

PROBLEM_FLOW = Flow(
    "problem",
    states=(
        State("proposed", Text("待确认", "To be confirmed"), "orange"),
        State("confirmed", Text("已确认", "Confirmed"), "green"),
        State("dismissed", Text("不作为问题", "Set aside"), "secondary"),
        State("merged", Text("已并入", "Merged"), "secondary", final=True),
    ),
    moves=(
        Move("confirm", Text("确认", "Confirm"), ("proposed",), "confirmed", events.PROBLEM_CONFIRMED),
        Move("merge", Text("并入", "Merge"), ("proposed", "confirmed"), "merged", events.PROBLEM_MERGED),
        Move(
            "dismiss", Text("不作为问题", "Set aside"), ("proposed", "confirmed"), "dismissed", events.PROBLEM_DISMISSED
        ),
        Move("revive", Text("重新作为问题", "Take up again"), ("dismissed",), "proposed", events.PROBLEM_REVIVED),
    ),
)

EXPOSURE_FLOW = Flow(
    "exposure",
    states=(
        State("read", Text("待确认", "To be confirmed"), "orange"),
        State("used", Text("使用中", "In use"), "green"),
        State("replaced", Text("已被代替", "Replaced"), "secondary", final=True),
        State("removed", Text("已移除", "Removed"), "secondary", final=True),
    ),
    moves=(
        Move("use", Text("使用", "Use"), ("read",), "used", events.EXPOSURE_USED),
        Move("replace", Text("代替", "Replace"), ("used",), "replaced", events.EXPOSURE_REPLACED),
        Move("remove", Text("移除", "Remove"), ("read", "used"), "removed", events.EXPOSURE_REMOVED),
    ),
)
