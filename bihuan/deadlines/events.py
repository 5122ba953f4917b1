"""Events about deadlines. They are on the timeline of their case."""

from bihuan.audit.event_types import EventType

SET = EventType("deadline.set", "{milestone}时限：{due}", "{milestone}: due {due}", icon="clock")
REPLACED = EventType(
    "deadline.replaced",
    "{milestone}时限由 {before} 改为 {due}（{why}）",
    "{milestone}: due moved from {before} to {due} ({why})",
    audience=("owner",),
    icon="clock",
)
MOVED = EventType("deadline.moved", "{milestone}时限顺延至 {due}", "{milestone}: due moved on to {due}", icon="clock")
MET = EventType("deadline.met", "{milestone}按时完成", "{milestone}: met in time", icon="check")
MET_LATE = EventType("deadline.met_late", "{milestone}完成，已超时", "{milestone}: met, but late", icon="alert")

# The recipients of these two are those of the escalation step, named in the event itself.
NEARING = EventType(
    "deadline.nearing",
    "{milestone}时限已用 {percent}%，{due} 到期",
    "{milestone}: {percent}% of the time used, due {due}",
    icon="clock",
    allowed_after_close=True,
)
OVERDUE = EventType(
    "deadline.overdue",
    "{milestone}没有按时完成，应在 {due} 前",
    "{milestone}: not met, was due {due}",
    icon="alert",
    allowed_after_close=True,
)

RULE_CHANGED = EventType(
    "rule.changed",
    "修改了规则「{rule}」",
    "rule “{rule}” changed",
    icon="settings",
    private=("rule", "before", "after"),
)
RULE_ADDED = EventType(
    "rule.added",
    "「{rule}」自 {day} 起改为 {length}",
    "“{rule}” is {length} from {day} on",
    icon="settings",
    private=("rule",),
)
NO_LONGER_REQUIRED = EventType(
    "deadline.no_longer_required",
    "{milestone}时限 {due} 取消（级别不再要求）",
    "{milestone}: due {due} dropped (the level no longer asks for it)",
    audience=("owner",),
    icon="clock",
)

SCHEME_DRAFTED = EventType(
    "scheme.drafted", "起草第 {version_number} 版", "version {version_number} drafted", icon="edit"
)
SCHEME_AMENDED = EventType(
    "scheme.amended",
    "修改第 {version_number} 版草稿",
    "draft version {version_number} changed",
    icon="edit",
    private=("before", "after"),
)
SCHEME_PUBLISHED = EventType(
    "scheme.published",
    "发布第 {version_number} 版：{reason}（在走的时限不变）",
    "version {version_number} published: {reason} (running deadlines stay)",
    audience=("supervisor",),
    icon="scale",
    private=("reason",),
)
SCHEME_RETIRED = EventType(
    "scheme.retired", "第 {version_number} 版停用", "version {version_number} disabled", icon="archive"
)
SCHEME_DISCARDED = EventType(
    "scheme.discarded", "第 {version_number} 版草稿作废", "draft version {version_number} dropped", icon="ban"
)
SCHEME_ROLLOUT_REQUESTED = EventType(
    "scheme.rollout_requested",
    "要求第 {version_number} 版用到在办的 {cases} 件事项：{reason}",
    "version {version_number} to be applied to {cases} open cases: {reason}",
    audience=("supervisor",),
    icon="repeat",
    private=("reason",),
)
SCHEME_ROLLOUT_FINISHED = EventType(
    "scheme.rollout_finished",
    "第 {version_number} 版已用到 {cases} 件事项，改级 {levels} 件，改时限 {deadlines} 个",
    "version {version_number} applied to {cases} cases: {levels} levels and {deadlines} deadlines changed",
    audience=("supervisor",),
    icon="check",
)
SCHEME_ROLLOUT_STOPPED = EventType(
    "scheme.rollout_stopped",
    "停止把第 {version_number} 版用到在办事项，已改 {cases} 件",
    "stopped applying version {version_number}; {cases} cases done",
    icon="pause",
)

RECALCULATED = EventType(
    "deadline.recalculated",
    "{milestone}时限由 {before} 改为 {due}{state}：{calendar}生效",
    "{milestone}: due moved from {before} to {due}{state}: {calendar} in force",
    audience=("owner",),
    icon="clock",
    allowed_after_close=True,
    private=("calendar",),
)
CONFIRMED = EventType(
    "deadline.confirmed",
    "{milestone}时限 {due} 由暂定改为确定：{calendar}生效",
    "{milestone}: due {due} is no longer provisional: {calendar} in force",
    icon="clock",
    allowed_after_close=True,
    private=("calendar",),
)

CALENDAR_OPENED = EventType(
    "calendar.opened",
    "新建日历“{calendar}”（复制自{source}）",
    "Calendar “{calendar}” made (copy of {source})",
    icon="plus",
    private=("calendar", "source"),
)
CALENDAR_SERVES = EventType(
    "calendar.serves",
    "“{calendar}”适用的团队由 {before} 改为 {after}",
    "Teams that work by “{calendar}”: from {before} to {after}",
    icon="users",
    private=("calendar",),
)
CALENDAR_DRAFTED = EventType(
    "calendar.drafted",
    "开始起草{calendar}第 {version_number} 版",
    "Draft of {calendar} v{version_number} begun",
    icon="edit",
    private=("calendar",),
)
CALENDAR_CHANGED = EventType(
    "calendar.changed",
    "{calendar}第 {version_number} 版草稿：{what}",
    "Draft of {calendar} v{version_number}: {what}",
    icon="edit",
    private=("calendar", "what"),
)
CALENDAR_IMPORTED = EventType(
    "calendar.imported",
    "{calendar}第 {version_number} 版草稿导入 {file}：{days} 天，已知至 {known_until}",
    "Draft of {calendar} v{version_number} took in {file}: {days} days, known until {known_until}",
    icon="upload",
    private=("calendar", "file"),
)
CALENDAR_PUBLISHED = EventType(
    "calendar.published",
    "发布{calendar}第 {version_number} 版，每周时段自 {valid_from} 起",
    "{calendar} v{version_number} published, its weekly hours from {valid_from}",
    icon="check",
    private=("calendar",),
)
CALENDAR_RETIRED = EventType(
    "calendar.retired",
    "{calendar}第 {version_number} 版由新版代替",
    "{calendar} v{version_number} replaced by a newer one",
    icon="point",
    private=("calendar",),
)
CALENDAR_DISCARDED = EventType(
    "calendar.discarded",
    "放弃{calendar}第 {version_number} 版草稿",
    "Draft of {calendar} v{version_number} discarded",
    icon="x",
    private=("calendar",),
)
