"""Events about people."""

from bihuan.audit.event_types import EventType

JOINED = EventType("user.joined", "开通了账号（{roles}）", "was given an account ({roles})", icon="user-plus")
ROLES_CHANGED = EventType(
    "user.roles_changed",
    "角色由 {before} 改为 {after}",
    "roles changed from {before} to {after}",
    audience=("admin",),
    icon="user-cog",
)
DISABLED = EventType("user.disabled", "账号已停用", "account disabled", audience=("admin",), icon="user-off")
EXPORTED = EventType(
    "user.exported",
    "导出了「{what}」{rows} 行",
    "exported “{what}”, {rows} rows",
    audience=("auditor",),
    icon="download",
)
ENABLED = EventType("user.enabled", "账号已恢复", "account restored", audience=("admin",), icon="user-check")
NUMBERING = EventType(
    "number_rule.changed",
    "编号由 {was} 这样改为 {becomes} 这样",
    "numbers changed from the like of {was} to the like of {becomes}",
    icon="settings",
    private=("was", "becomes", "before", "after"),
)
ENTRY_ADDED = EventType(
    "picklist.added",
    "{picklist}新增「{zh}」（{en}）",
    "{picklist}: “{en}” ({zh}) added",
    icon="plus",
    private=("zh", "en"),
)
ENTRY_CHANGED = EventType(
    "picklist.changed",
    "{picklist}「{was}」改为「{becomes}」",
    "{picklist}: “{was}” is now “{becomes}”",
    icon="edit",
    private=("was", "becomes", "before", "after"),
)
ENTRY_RETIRED = EventType(
    "picklist.retired",
    "{picklist}停用「{becomes}」（原名「{was}」）",
    "{picklist}: “{becomes}” (was “{was}”) disabled",
    icon="archive",
    private=("becomes", "was", "before", "after"),
)
ENTRY_BACK = EventType(
    "picklist.back",
    "{picklist}恢复使用「{becomes}」（原名「{was}」）",
    "{picklist}: “{becomes}” (was “{was}”) in use again",
    icon="restore",
    private=("becomes", "was", "before", "after"),
)
