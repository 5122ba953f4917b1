"""Events about articles."""

from bihuan.audit.event_types import EventType

WRITTEN = EventType("article.written", "起草《{title}》", "“{title}” drafted", icon="book", private=("title",))
EDITED = EventType(
    "article.edited",
    "修改了内容",
    "article edited",
    icon="edit",
    private=("before", "after"),
)
SUBMITTED = EventType("article.submitted", "提交审核", "sent for review", audience=("reviewers",), icon="arrow-right")
RETURNED = EventType(
    "article.returned",
    "退回修改：{reason}",
    "returned: {reason}",
    audience=("author",),
    icon="arrow-back-up",
    private=("reason",),
)
PUBLISHED = EventType(
    "article.published",
    "审核通过，发布第 {version_number} 版",
    "version {version_number} published",
    audience=("author",),
    icon="check",
)
FLAGGED = EventType(
    "article.flagged",
    "标记需要更新：{reason}",
    "flagged for update: {reason}",
    audience=("author",),
    icon="flag",
    private=("reason",),
)
REVISED = EventType("article.revised", "开始修订", "revision begun", icon="edit")
RENEWED = EventType("article.renewed", "复核有效至 {until}", "reviewed, good until {until}", icon="repeat")
RETIRED = EventType(
    "article.retired", "停用：{reason}", "disabled: {reason}", audience=("author",), icon="archive", private=("reason",)
)
REVIVED = EventType("article.revived", "恢复为草稿", "restored as a draft", icon="restore")
USED = EventType("article.used", "用于事项 {case}", "used for case {case}", icon="link")
RATED = EventType("article.rated", "评价：{verdict}", "rated: {verdict}", icon="star")
