"""Facts about clocks. They stand on the timeline of their case."""

from bihuan.ledger.kinds import Kind

SET = Kind("clock.set", "{milestone}时限：{due}", "{milestone}: due {due}", icon="clock")
REPLACED = Kind(
    "clock.replaced",
    "{milestone}时限由 {before} 改为 {due}（{why}）",
    "{milestone}: due moved from {before} to {due} ({why})",
    hear=("owner",),
    icon="clock",
)
MOVED = Kind("clock.moved", "{milestone}时限顺延至 {due}", "{milestone}: due moved on to {due}", icon="clock")
MET = Kind("clock.met", "{milestone}按时完成", "{milestone}: met in time", icon="check")
MET_LATE = Kind("clock.met_late", "{milestone}完成，已超时", "{milestone}: met, but late", icon="alert")

# Who hears of these two stands in the ladder, and in the fact itself.
NEARING = Kind(
    "clock.nearing",
    "{milestone}时限已用 {percent}%，{due} 到期",
    "{milestone}: {percent}% of the time used, due {due}",
    icon="clock",
    late=True,
)
OVERDUE = Kind(
    "clock.overdue",
    "{milestone}没有按时完成，应在 {due} 前",
    "{milestone}: not met, was due {due}",
    icon="alert",
    late=True,
)

RULE_CHANGED = Kind("rule.changed", "修改了规则「{rule}」", "rule “{rule}” changed", icon="settings")
RULE_ADDED = Kind(
    "rule.added", "「{rule}」自 {day} 起改为 {length}", "“{rule}” is {length} from {day} on", icon="settings"
)
