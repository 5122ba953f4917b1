"""The life of a requirement."""

from __future__ import annotations

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.requirements import events

OPEN = ("analysing", "waiting", "valid", "scheduled")

FLOW = Flow(
    "requirement",
    states=(
        State("analysing", Text("待分析", "To be analysed"), "blue"),
        State("waiting", Text("待补充", "More needed"), "yellow"),
        State("valid", Text("有效", "Valid"), "cyan"),
        State("scheduled", Text("已排期", "Scheduled"), "purple"),
        State("delivered", Text("已交付", "Delivered"), "green", final=True),
        State("pseudo", Text("伪需求", "Not a real need"), "secondary", final=True),
    ),
    moves=(
        Move("confirm", Text("判为有效", "Find it real"), ("analysing", "waiting"), "valid", events.CONFIRMED),
        Move("question", Text("要求补充", "Ask for more"), ("analysing", "valid"), "waiting", events.QUESTIONED),
        Move("reject", Text("判为伪需求", "Mark as not a real need"), OPEN, "pseudo", events.REJECTED),
        Move("appeal", Text("申诉", "Appeal"), ("pseudo",), "analysing", events.APPEALED),
        Move("schedule", Text("排期", "Schedule"), ("valid", "scheduled"), "scheduled", events.SCHEDULED),
        Move("unschedule", Text("退出排期", "Take out"), ("scheduled",), "valid", events.UNSCHEDULED),
        Move("deliver", Text("交付", "Deliver"), ("valid", "scheduled"), "delivered", events.DELIVERED),
    ),
)
