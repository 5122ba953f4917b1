"""The life of a calendar version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.deadlines import events

if TYPE_CHECKING:
    from bihuan.deadlines.calendar_versions import CalendarVersion


def _opens(version: CalendarVersion) -> Text | None:
    if any(version.value.weekly):
        return None
    return Text(
        "每周没有任何工作时段，发布后期限无法计算；请先填写每周时段。",
        "The week has no working time, so no deadline could be counted; fill in the weekly hours first.",
    )


FLOW = Flow(
    "calendar",
    states=(
        State("draft", Text("草稿", "Draft"), "orange"),
        State("current", Text("生效", "In force"), "green"),
        State("past", Text("已被新版代替", "Replaced"), "secondary", final=True),
        State("dropped", Text("已放弃", "Discarded"), "secondary", final=True),
    ),
    moves=(
        Move("publish", Text("发布", "Publish"), ("draft",), "current", events.CALENDAR_PUBLISHED, (_opens,)),
        Move("retire", Text("停用", "Disable"), ("current",), "past", events.CALENDAR_RETIRED),
        Move("discard", Text("放弃草稿", "Discard"), ("draft",), "dropped", events.CALENDAR_DROPPED),
    ),
)
