"""Facts about articles."""

from bihuan.audit.event_types import Kind

WRITTEN = Kind("article.written", "起草《{title}》", "“{title}” drafted", icon="book")
EDITED = Kind("article.edited", "修改了内容", "article edited", icon="edit")
SUBMITTED = Kind("article.submitted", "提交审核", "sent for review", hear=("reviewers",), icon="arrow-right")
RETURNED = Kind("article.returned", "退回修改：{reason}", "returned: {reason}", hear=("author",), icon="arrow-back-up")
PUBLISHED = Kind(
    "article.published",
    "审核通过，发布第 {revision} 版",
    "revision {revision} published",
    hear=("author",),
    icon="check",
)
FLAGGED = Kind(
    "article.flagged", "标记需要更新：{reason}", "flagged for update: {reason}", hear=("author",), icon="flag"
)
REVISED = Kind("article.revised", "开始修订", "revision begun", icon="edit")
RENEWED = Kind("article.renewed", "复核有效至 {until}", "reviewed, good until {until}", icon="repeat")
RETIRED = Kind("article.retired", "停用：{reason}", "retired: {reason}", hear=("author",), icon="archive")
REVIVED = Kind("article.revived", "恢复为草稿", "taken up again as a draft", icon="restore")
USED = Kind("article.used", "用于事项 {case}", "used for case {case}", icon="link")
RATED = Kind("article.rated", "评价：{verdict}", "rated: {verdict}", icon="star")
