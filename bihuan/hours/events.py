"""Facts about clocks. They stand on the timeline of their case."""

from bihuan.ledger.kinds import Kind

SET = Kind("clock.set", "{milestone}时限：{due}", "{milestone}: due {due}", hear=("owner",), icon="clock")
REPLACED = Kind(
    "clock.replaced",
    "{milestone}时限由 {before} 改为 {due}（定级变化）",
    "{milestone}: due moved from {before} to {due} (new level)",
    hear=("owner",),
    icon="clock",
)
MOVED = Kind("clock.moved", "{milestone}时限顺延至 {due}", "{milestone}: due moved on to {due}", icon="clock")
MET = Kind("clock.met", "{milestone}按时完成", "{milestone}: met in time", icon="check")
MET_LATE = Kind("clock.met_late", "{milestone}完成，已超时", "{milestone}: met, but late", icon="alert")
