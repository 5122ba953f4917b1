"""The life of a run of the engine, and of a problem it found."""

from __future__ import annotations

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import both
from bihuan.findings import events

RUNS = Flow(
    "run",
    states=(
        State("queued", both("排队中", "Queued"), "blue"),
        State("running", both("分析中", "Running"), "blue"),
        State("done", both("已完成", "Done"), "green", final=True),
        State("cancelled", both("已取消", "Cancelled"), "secondary", final=True),
        State("failed", both("没有完成", "Not done"), "red", final=True),
    ),
    moves=(
        Move("begin", both("开始", "Begin"), ("queued",), "running", events.RUN_BEGUN),
        Move("finish", both("完成", "Finish"), ("running",), "done", events.RUN_DONE),
        Move("stop", both("取消", "Cancel"), ("queued", "running"), "cancelled", events.RUN_STOPPED),
        Move("fail", both("放弃", "Give up"), ("queued", "running"), "failed", events.RUN_FAILED),
    ),
)

TOPICS = Flow(
    "topic",
    states=(
        State("proposed", both("待确认", "Proposed"), "orange"),
        State("confirmed", both("已确认", "Confirmed"), "green"),
        State("dismissed", both("不作为问题", "Set aside"), "secondary"),
        State("merged", both("已并入", "Merged"), "secondary", final=True),
    ),
    moves=(
        Move("confirm", both("确认", "Confirm"), ("proposed",), "confirmed", events.TOPIC_CONFIRMED),
        Move("merge", both("并入", "Merge"), ("proposed", "confirmed"), "merged", events.TOPIC_MERGED),
        Move(
            "dismiss", both("不作为问题", "Set aside"), ("proposed", "confirmed"), "dismissed", events.TOPIC_DISMISSED
        ),
        Move("revive", both("重新作为问题", "Take up again"), ("dismissed",), "proposed", events.TOPIC_REVIVED),
    ),
)

EXPOSURES = Flow(
    "exposure",
    states=(
        State("read", both("待确认", "To be confirmed"), "orange"),
        State("used", both("使用中", "In use"), "green"),
        State("replaced", both("已被代替", "Replaced"), "secondary", final=True),
        State("removed", both("已移除", "Removed"), "secondary", final=True),
    ),
    moves=(
        Move("use", both("使用", "Use"), ("read",), "used", events.EXPOSURE_USED),
        Move("replace", both("代替", "Replace"), ("used",), "replaced", events.EXPOSURE_REPLACED),
        Move("remove", both("移除", "Remove"), ("read", "used"), "removed", events.EXPOSURE_REMOVED),
    ),
)
