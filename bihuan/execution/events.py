"""Events about tasks; all stand on the case's timeline."""

from bihuan.audit.event_types import EventType

ADDED = EventType(
    "task.added", "任务交给 {owner}，{due} 前：{content}", "task for {owner}, due {due}: {content}", audience=("task_owner",), icon="checklist", private=("content",))  # fmt: skip
EDITED = EventType(
    "task.edited",
    "修改了任务",
    "task edited",
    audience=("task_owner",),
    icon="edit",
    private=("before", "after"),
)
HANDED = EventType(
    "task.handed", "任务由 {before} 转交 {after}", "task handed from {before} to {after}", audience=("task_owner",), icon="users"
)  # fmt: skip
BEGUN = EventType("task.begun", "开始做：{content}", "begun: {content}", icon="play", private=("content",))
REPORTED = EventType(
    "task.reported", "进展 {percent}%：{done}", "progress {percent}%: {done}", icon="message", private=("done",)
)
BLOCKED = EventType(
    "task.blocked", "受阻（{content}）：{reason}", "blocked ({content}): {reason}", audience=("owner", "supervisor"), icon="alert", private=("content", "reason"))  # fmt: skip
FREED = EventType(
    "task.freed",
    "恢复进行：{content} {reason}",
    "going on again: {content} {reason}",
    icon="play",
    private=("content", "reason"),
)
DUE_MOVED = EventType(
    "task.due_moved",
    "任务期限由 {before} 改为 {after}：{reason}",
    "task due moved from {before} to {after}: {reason}",
    audience=("owner", "task_owner"),
    icon="calendar",
    private=("reason",),
)
COMPLETED = EventType(
    "task.completed", "完成：{content}", "done: {content}", audience=("owner",), icon="check", private=("content",)
)
CANCELLED = EventType("task.cancelled", "取消（{content}）：{reason}", "cancelled ({content}): {reason}", audience=("task_owner",), icon="ban", private=("content", "reason"))  # fmt: skip
REDONE = EventType(
    "task.redone",
    "重做（{content}）：{reason}",
    "taken up again ({content}): {reason}",
    icon="restore",
    private=("content", "reason"),
)
ACCEPTED = EventType(
    "task.accepted", "里程碑验收通过：{content}", "milestone accepted: {content}", icon="star", private=("content",)
)
STUCK = EventType(
    "task.stuck",
    "任务 {number} 受阻已超过 {n} 个工作日",
    "task {number} blocked for more than {n} working day",
    audience=("task_owner", "owner", "supervisor"),
    icon="alert",
)
SILENT = EventType(
    "task.silent",
    "任务 {number} 今天还没有更新",
    "task {number} has no entry today",
    audience=("task_owner",),
    icon="clock",
)
