"""Events about diagnosis; all stand on the case's timeline."""

from bihuan.audit.event_types import EventType

STATED = EventType(
    "analysis.stated",
    "写明了问题（{what}）",
    "problem stated ({what})",
    icon="edit",
    private=("before", "after"),
)
CAUSE_ADDED = EventType(
    "cause.added",
    "提出原因（{dimension}）：{text}",
    "cause put forward ({dimension}): {text}",
    icon="fish",
    private=("text",),
)
CAUSE_EDITED = EventType("cause.edited", "修改了原因", "cause edited", icon="edit")
EVIDENCE = EventType(
    "cause.evidence", "补充证据：{text}", "evidence added: {text}", icon="paperclip", private=("text",)
)
HOLDS = EventType(
    "cause.holds", "原因成立：{text}", "cause holds: {text}", audience=("owner",), icon="check", private=("text",)
)
RULED_OUT = EventType(
    "cause.ruled_out",
    "排除原因：{text}（{reason}）",
    "cause ruled out: {text} ({reason})",
    icon="x",
    private=("text", "reason"),
)
OPEN_AGAIN = EventType(
    "cause.open_again", "原因重新待验证：{reason}", "cause open again: {reason}", icon="restore", private=("reason",)
)
WHYS = EventType(
    "analysis.whys", "写了 {n} 个为什么，根因：{root}", "{n} whys written; root: {root}", icon="list", private=("root",)
)
IMPACT = EventType(
    "analysis.impact",
    "影响：{metric} {value} {unit}",
    "impact: {metric} {value} {unit}",
    icon="chart",
    private=("metric", "value", "unit"),
)
IMPACT_GONE = EventType(
    "analysis.impact_gone", "删去影响：{metric}", "impact removed: {metric}", icon="x", private=("metric",)
)
MET = EventType(
    "analysis.met",
    "开会：{kind}，{attendees}",
    "meeting held: {kind}, {attendees}",
    audience=("attendees",),
    icon="users",
)
