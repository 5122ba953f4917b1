"""Events about feedback."""

from bihuan.audit.event_types import EventType

RECEIVED = EventType("feedback.received", "收到反馈（{channel}）", "feedback received ({channel})", icon="inbox")
LABELLED = EventType("feedback.labelled", "完成分类：{labels}", "triaged: {labels}", icon="tags")
EDITED = EventType(
    "feedback.edited",
    "补充了记录",
    "record completed",
    icon="edit",
    private=("before", "after"),
)
RELABELLED = EventType(
    "feedback.relabelled",
    "改为：{labels}",
    "labels changed: {labels}",
    icon="tags",
    private=("before", "after"),
)
SCOPED = EventType(
    "feedback.scoped",
    "影响范围定为{named}",
    "scope set: {named}",
    icon="tags",
    private=("before", "after"),
)
ATTACHED = EventType("feedback.attached", "添加附件 {file}", "file {file} added", icon="paperclip", private=("file",))
DISPUTED = EventType(
    "feedback.disputed",
    "提出分类争议：{reason}",
    "labels disputed: {reason}",
    audience=("supervisor",),
    icon="flag",
    private=("reason",),
)
RULED = EventType(
    "feedback.ruled",
    "评审会判定：{reason}",
    "ruled by the review meeting: {reason}",
    audience=("recorder",),
    icon="gavel",
    private=("reason",),
)
MERGED = EventType("feedback.merged", "并入 {into}", "merged into {into}", icon="git-merge")
TOOK_IN = EventType("feedback.took_in", "并入了 {other}", "took in {other}", icon="git-merge")
UNMERGED = EventType(
    "feedback.unmerged",
    "撤销并入 {into}：{reason}",
    "taken out of {into} again: {reason}",
    icon="git-branch",
    private=("reason",),
)
LET_GO = EventType("feedback.let_go", "{other} 已分出", "{other} taken out again", icon="git-branch")
LINKED = EventType("feedback.linked", "转为事项 {case}", "became case {case}", icon="arrow-right")
UNLINKED = EventType(
    "feedback.unlinked",
    "与事项 {case} 脱开：{reason}",
    "taken off case {case}: {reason}",
    icon="unlink",
    private=("reason",),
)
ANSWERED = EventType(
    "feedback.answered", "已答复客户：{reply}", "customer answered: {reply}", icon="message", private=("reply",)
)
VOIDED = EventType("feedback.voided", "判为无效：{reason}", "marked invalid: {reason}", icon="ban", private=("reason",))
REVIVED = EventType(
    "feedback.revived", "恢复待分类：{reason}", "back to triage: {reason}", icon="restore", private=("reason",)
)
UNDONE = EventType("feedback.undone", "随导入批次 {batch} 撤回", "withdrawn with import {batch}", icon="arrow-back-up")
REVIEW_HELD = EventType("review.held", "召开反馈评审会：{who}", "feedback review meeting: {who}", icon="users")
REVIEW_RULED = EventType(
    "review.ruled", "判定 {feedback}：{reason}", "ruled on {feedback}: {reason}", icon="gavel", private=("reason",)
)
DAY_CLOSED = EventType(
    "daily.closed",
    "{team} {day} 日清：{counts}",
    "{team} {day} closed: {counts}",
    audience=("supervisor",),
    icon="check",
)
IMPORT_UPLOADED = EventType(
    "import.uploaded", "上传了文件 {name}", "file {name} uploaded", icon="upload", private=("name",)
)
IMPORT_INSPECTED = EventType(
    "import.inspected",
    "识别了文件：工作表「{sheet}」，{rows} 行",
    "file inspected: sheet “{sheet}”, {rows} rows",
    icon="eye",
    private=("sheet",),
)
IMPORT_SETTINGS_CHANGED = EventType(
    "import.settings_changed", "修改了导入设置", "import settings changed", icon="settings"
)
IMPORT_INSPECT_AGAIN = EventType(
    "import.inspect_again", "要求按新的设置再看一遍", "inspection with new settings requested", icon="repeat"
)
IMPORT_STARTED = EventType("import.started", "开始导入", "import started", icon="play")
IMPORT_DONE = EventType(
    "import.done",
    "导入完成：新建 {created}，重复 {duplicates}，跳过 {skipped}，未导入 {failed}",
    "import done: {created} created, {duplicates} duplicates, {skipped} skipped, {failed} failed",
    audience=("team",),
    icon="check",
)
CUSTOMER_UPDATED = EventType(
    "feedback.told",
    "已把事项 {case} 的结果告知客户（{way}）",
    "customer told the result of {case} ({way})",
    icon="message",
)
IMPORT_STOPPED = EventType(
    "import.stopped",
    "导入已取消：已新建的 {created} 条保留",
    "import cancelled: the {created} created stay",
    icon="x",
)
IMPORT_DISCARDED = EventType("import.discarded", "放弃了这个文件", "file discarded", icon="x")
IMPORT_FAILED = EventType(
    "import.failed", "无法导入：{reason}", "cannot be imported: {reason}", icon="alert", private=("reason",)
)
IMPORT_FILE_REMOVED = EventType(
    "import.file_removed",
    "结束满 {days} 天，上传的文件已删除",
    "{days} days after the end: the uploaded file was removed",
    icon="ban",
)
VALUE_MAPPED = EventType(
    "import.value_mapped",
    "{column}列里的「{word}」今后算作：{named}",
    "“{word}” under {column} stands for {named} from now on",
    icon="tags",
    private=("word", "before", "after"),
)
VALUE_MAPPING_FORGOTTEN = EventType(
    "import.value_mapping_forgotten",
    "{column}列里的「{word}」不再记住",
    "“{word}” under {column} is no longer remembered",
    icon="arrow-back-up",
    private=("word", "before", "after"),
)
IMPORT_UNDO_STARTED = EventType("import.undo_started", "开始撤销这一批", "undo begun", icon="arrow-back-up")
IMPORT_UNDONE = EventType(
    "import.undone",
    "撤销完成：撤回 {withdrawn} 条，保留 {kept} 条",
    "undone: {withdrawn} withdrawn, {kept} kept",
    icon="arrow-back-up",
)
MODEL_TRAINED = EventType("model.trained", "从 {n} 条人工标签学习", "learnt from {n} labels people gave", icon="bulb")
MODEL_PUBLISHED = EventType("model.published", "采用", "accepted", icon="check")
MODEL_REFUSED = EventType("model.refused", "未采用：{reason}", "not taken: {reason}", icon="ban", private=("reason",))
MODEL_RETIRED = EventType("model.retired", "停用", "disabled", icon="archive")
MODEL_RESTORED = EventType("model.restored", "换回这一版", "put back into use", icon="restore")
