"""The life of a version of the routing table, and of one handover of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.audit.versioned import version_flow
from bihuan.cases import events
from bihuan.core.text import Text

if TYPE_CHECKING:
    from bihuan.cases.models.handover import Handover

TABLE = version_flow(
    "route_table",
    published=events.ROUTES_PUBLISHED,
    retired=events.ROUTES_RETIRED,
    discarded=events.ROUTES_DISCARDED,
)


def may_be_returned(row: Handover) -> Text | None:
    """Once a round, and not after a ruling (the 12345 rules: wrong dispatch is returned once)."""
    earlier = row.earlier()
    if any(status == "ruled" for status in earlier):
        return Text("主管已裁定，不能再退回。", "The supervisor has ruled; it cannot be returned again.")
    if any(status == "returned" for status in earlier):
        return Text("这件事已退回过一次，请主管裁定。", "It was returned once already; ask the supervisor to rule.")
    return None


HANDOVER = Flow(
    "handover",
    states=(
        State("proposed", Text("建议转交", "Proposed"), "blue"),
        State("offered", Text("待接收", "Waiting to be taken"), "orange"),
        State("accepted", Text("已接收", "Taken"), "green", final=True),
        State("returned", Text("已退回，待裁定", "Returned, ruling due"), "red"),
        State("ruled", Text("已裁定", "Ruled"), "purple", final=True),
        State("dropped", Text("不转交", "Not handed over"), "secondary", final=True),
    ),
    moves=(
        Move("offer", Text("转交", "Hand over"), ("proposed",), "offered", events.HANDOVER_OFFERED),
        Move("drop", Text("不转交", "Do not hand over"), ("proposed", "offered"), "dropped", events.HANDOVER_DROPPED),
        Move("accept", Text("接收", "Accept"), ("offered",), "accepted", events.HANDOVER_ACCEPTED),
        Move("return", Text("退回", "Return"), ("offered",), "returned", events.HANDOVER_RETURNED, (may_be_returned,)),
        Move("rule", Text("裁定", "Rule"), ("offered", "returned"), "ruled", events.HANDOVER_RULED),
    ),
)  # fmt: skip
