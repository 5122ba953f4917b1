"""Events about plug-ins, what was sent through them, and the drafts that came back."""

from bihuan.audit.event_types import EventType

CHANGED = EventType(
    "plugin.changed",
    "修改了设置",
    "settings changed",
    icon="edit",
    private=("before", "after"),
)
KEY_SET = EventType("plugin.key_set", "换了密钥", "key replaced", icon="lock")
KEY_REMOVED = EventType("plugin.key_removed", "去掉了密钥", "key removed", icon="lock")
ON = EventType("plugin.on", "启用", "enabled", icon="play")
OFF = EventType("plugin.off", "停用", "disabled", icon="ban")
TESTED = EventType("plugin.tested", "测试：{result}", "tested: {result}", icon="check", private=("result",))
SENT = EventType(
    "plugin.sent",
    "已向 {host} · {model} 发出 {texts} 段遮盖过的文字（{fields}），用于{purpose}",
    "{texts} masked texts ({fields}) sent to {host} · {model} for: {purpose}",
    icon="arrow-right",
    private=("host", "model", "purpose"),
)
DRAFT_REQUESTED = EventType(
    "draft.asked", "请外部模型起草：{what}", "external model asked for: {what}", icon="edit", allowed_after_close=True
)
ANSWERED = EventType(
    "draft.answered",
    "收到{what}（{host} · {model}）",
    "{what} came in ({host} · {model})",
    icon="bulb",
    allowed_after_close=True,
    private=("host", "model"),
)
FAILED = EventType(
    "draft.failed",
    "{what}没有写成：{reason}",
    "{what} failed: {reason}",
    icon="alert",
    allowed_after_close=True,
    private=("reason",),
)
TAKEN = EventType("draft.taken", "照{what}采用", "{what} taken as it was", icon="check", allowed_after_close=True)
AMENDED = EventType(
    "draft.amended", "改过{what}后采用", "{what} taken with changes", icon="edit", allowed_after_close=True
)
DROPPED = EventType(
    "draft.dropped",
    "不采用{what}：{reason}",
    "{what} not taken: {reason}",
    icon="ban",
    allowed_after_close=True,
    private=("reason",),
)
