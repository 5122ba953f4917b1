"""The life of a draft that a machine writes: it stays a draft until a person has said what becomes of it."""

from __future__ import annotations

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import both
from bihuan.plugins import events

DRAFTS = Flow(
    "machine_draft",
    states=(
        State("waiting", both("正在起草", "Being written"), "blue"),
        State("ready", both("草稿，待人确认", "Draft, to be decided"), "orange"),
        State("taken", both("照样采用", "Taken as it was"), "green", final=True),
        State("amended", both("改后采用", "Taken with changes"), "green", final=True),
        State("dropped", both("不采用", "Not taken"), "secondary", final=True),
        State("failed", both("没有写成", "Failed"), "red", final=True),
    ),
    moves=(
        Move("answer", both("收到", "Come in"), ("waiting",), "ready", events.ANSWERED),
        Move("fail", both("失败", "Fail"), ("waiting",), "failed", events.FAILED),
        Move("take", both("采用", "Take"), ("ready",), "taken", events.TAKEN),
        Move("amend", both("改后采用", "Take with changes"), ("ready",), "amended", events.AMENDED),
        Move("drop", both("不采用", "Do not take"), ("waiting", "ready"), "dropped", events.DROPPED),
    ),
)
