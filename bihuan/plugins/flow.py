"""The life of a draft that a machine writes: it stays a draft until a person has said what becomes of it."""

from __future__ import annotations

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.plugins import events

DRAFTS = Flow(
    "machine_draft",
    states=(
        State("waiting", Text("正在起草", "Being written"), "blue"),
        State("ready", Text("草稿，待人确认", "Draft, to be decided"), "orange"),
        State("taken", Text("照样采用", "Taken as it was"), "green", final=True),
        State("amended", Text("改后采用", "Accepted with changes"), "green", final=True),
        State("dropped", Text("不采用", "Rejected"), "secondary", final=True),
        State("failed", Text("没有写成", "Failed"), "red", final=True),
    ),
    moves=(
        Move("answer", Text("收到", "Receive"), ("waiting",), "ready", events.ANSWERED),
        Move("fail", Text("失败", "Fail"), ("waiting",), "failed", events.FAILED),
        Move("take", Text("采用", "Accept"), ("ready",), "taken", events.TAKEN),
        Move("amend", Text("改后采用", "Accept with changes"), ("ready",), "amended", events.AMENDED),
        Move("drop", Text("不采用", "Reject"), ("waiting", "ready"), "dropped", events.DROPPED),
    ),
)
