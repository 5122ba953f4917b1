"""The flow of a version of a priority scheme."""

from bihuan.audit.versioned import version_flow
from bihuan.deadlines import events

FLOW = version_flow(
    "scheme",
    published=events.SCHEME_PUBLISHED,
    retired=events.SCHEME_RETIRED,
    discarded=events.SCHEME_DISCARDED,
)
