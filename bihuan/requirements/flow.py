"""The life of a requirement."""

from __future__ import annotations

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import both
from bihuan.requirements import events

OPEN = ("analysing", "waiting", "valid", "scheduled")

FLOW = Flow(
    "requirement",
    states=(
        State("analysing", both("待分析", "To be analysed"), "blue"),
        State("waiting", both("待补充", "More needed"), "yellow"),
        State("valid", both("有效", "Valid"), "cyan"),
        State("scheduled", both("已排期", "Scheduled"), "purple"),
        State("delivered", both("已交付", "Delivered"), "green", final=True),
        State("pseudo", both("伪需求", "Not a real need"), "secondary", final=True),
    ),
    moves=(
        Move("confirm", both("判为有效", "Find it real"), ("analysing", "waiting"), "valid", events.CONFIRMED),
        Move("question", both("要求补充", "Ask for more"), ("analysing", "valid"), "waiting", events.QUESTIONED),
        Move("reject", both("判为伪需求", "Find it not real"), OPEN, "pseudo", events.REJECTED),
        Move("appeal", both("申诉", "Appeal"), ("pseudo",), "analysing", events.APPEALED),
        Move("schedule", both("排期", "Schedule"), ("valid", "scheduled"), "scheduled", events.SCHEDULED),
        Move("unschedule", both("退出排期", "Take out"), ("scheduled",), "valid", events.UNSCHEDULED),
        Move("deliver", both("交付", "Deliver"), ("valid", "scheduled"), "delivered", events.DELIVERED),
    ),
)
