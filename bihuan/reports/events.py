"""Events about issued reports."""

from bihuan.audit.event_types import EventType

FROZEN = EventType("report.frozen", "生成 {title} 的定稿", "{title} frozen for issue", icon="file", private=("title",))
REVIEWED = EventType("report.reviewed", "审核通过", "reviewed", icon="check")
PUBLISHED = EventType("report.published", "签发", "signed and published", audience=("team",), icon="flag")
