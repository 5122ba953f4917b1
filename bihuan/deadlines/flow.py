"""The life of a version of a priority scheme, and the places any versioned table of ours goes through."""

from bihuan.audit.flow import Flow, Move, State
from bihuan.core.text import Text
from bihuan.deadlines import events

EDITIONS = (
    State("draft", Text("草稿", "Draft"), "yellow"),
    State("effective", Text("生效", "In force"), "green"),
    State("retired", Text("停用", "Disabled"), "secondary", final=True),
    State("dropped", Text("作废", "Discarded"), "secondary", final=True),
)

FLOW = Flow(
    "scheme",
    states=EDITIONS,
    moves=(
        Move("publish", Text("发布", "Publish"), ("draft",), "effective", events.SCHEME_PUBLISHED),
        Move("retire", Text("停用", "Disable"), ("effective",), "retired", events.SCHEME_RETIRED),
        Move("drop", Text("作废", "Discard"), ("draft",), "dropped", events.SCHEME_DROPPED),
    ),
)
