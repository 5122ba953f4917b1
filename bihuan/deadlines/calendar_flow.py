"""The flow of a version of a business calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.versioned import version_flow
from bihuan.core.text import Text
from bihuan.deadlines import events

if TYPE_CHECKING:
    from bihuan.deadlines.calendar_versions import CalendarVersion


def _has_working_time(version: CalendarVersion) -> Text | None:
    if any(version.value.weekly):
        return None
    return Text(
        "每周没有任何工作时段，发布后期限无法计算；请先填写每周时段。",
        "The week has no working time, so no deadline could be counted; fill in the weekly hours first.",
    )


FLOW = version_flow(
    "calendar",
    published=events.CALENDAR_PUBLISHED,
    retired=events.CALENDAR_RETIRED,
    discarded=events.CALENDAR_DISCARDED,
    conditions=(_has_working_time,),
)
