"""The life of a version of the routing table, and of one handover of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bihuan.audit.flow import Flow, Move, State
from bihuan.cases import events
from bihuan.core.text import Text, both
from bihuan.deadlines.flow import EDITIONS

if TYPE_CHECKING:
    from bihuan.cases.handovers import Handover

TABLE = Flow(
    "route_table",
    states=EDITIONS,
    moves=(
        Move("publish", both("发布", "Publish"), ("draft",), "effective", events.ROUTES_PUBLISHED),
        Move("retire", both("停用", "Retire"), ("effective",), "retired", events.ROUTES_RETIRED),
        Move("drop", both("作废", "Drop"), ("draft",), "dropped", events.ROUTES_DROPPED),
    ),
)


def may_be_returned(row: Handover) -> Text | None:
    """Once a round, and not after a ruling (the 12345 rules: wrong dispatch is returned once)."""
    earlier = row.earlier()
    if any(status == "ruled" for status in earlier):
        return both("主管已裁定，不能再退回。", "The supervisor has ruled; it cannot be returned again.")
    if any(status == "returned" for status in earlier):
        return both("这件事已退回过一次，请主管裁定。", "It was returned once already; ask the supervisor to rule.")
    return None


HANDOVER = Flow(
    "handover",
    states=(
        State("proposed", both("建议转交", "Proposed"), "blue"),
        State("offered", both("待接收", "Waiting to be taken"), "orange"),
        State("accepted", both("已接收", "Taken"), "green", final=True),
        State("returned", both("已退回，待裁定", "Returned, ruling due"), "red"),
        State("ruled", both("已裁定", "Ruled"), "purple", final=True),
        State("dropped", both("不转交", "Dropped"), "secondary", final=True),
    ),
    moves=(
        Move("offer", both("转交", "Hand over"), ("proposed",), "offered", events.HANDOVER_OFFERED),
        Move("drop", both("不转交", "Do not"), ("proposed", "offered"), "dropped", events.HANDOVER_DROPPED),
        Move("accept", both("接收", "Take it"), ("offered",), "accepted", events.HANDOVER_ACCEPTED),
        Move("return", both("退回", "Return it"), ("offered",), "returned", events.HANDOVER_RETURNED, (may_be_returned,)),
        Move("rule", both("裁定", "Rule"), ("offered", "returned"), "ruled", events.HANDOVER_RULED),
    ),
)  # fmt: skip
