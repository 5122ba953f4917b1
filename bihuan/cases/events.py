"""Events about cases."""

from bihuan.audit.event_types import EventType

OPENED = EventType(
    "case.opened", "立项：{title}", "case opened: {title}", audience=("team",), icon="folder", private=("title",)
)
ACCEPTED = EventType("case.accepted", "受理", "accepted", icon="check")
ASSESSED = EventType(
    "case.assessed",
    "定级为 {level} {reason}",
    "assessed: {level} {reason}",
    audience=("owner",),
    icon="scale",
    private=("reason",),
)
REASSESSED = EventType(
    "case.reassessed",
    "级别由 {before} 改为 {level}：{reason}",
    "level changed from {before} to {level}: {reason}",
    audience=("owner",),
    icon="scale",
    private=("reason",),
)
EDITED = EventType(
    "case.edited",
    "修改了事项内容",
    "case edited",
    icon="edit",
    private=("before", "after"),
)
ASSIGNED = EventType("case.assigned", "负责人定为 {owner}", "owner is now {owner}", audience=("owner",), icon="user")
COLLABORATOR_ADDED = EventType("case.collaborator_added", "{who} 加入协同", "{who} added as collaborator", icon="users")
DIAGNOSING = EventType("case.diagnosing", "开始诊断", "diagnosis started", audience=("owner",), icon="search")
PLANNING = EventType("case.planning", "进入方案阶段", "planning begun", audience=("owner",), icon="bulb")
PROPOSED = EventType("case.proposed", "方案提请客户确认", "plan put to the customer", audience=("owner",), icon="hand")
OBJECTED = EventType(
    "case.objected",
    "客户有异议：{reason}",
    "customer objected: {reason}",
    audience=("owner",),
    icon="flag",
    private=("reason",),
)
STARTED = EventType(
    "case.started", "客户已确认，开始执行", "customer agreed, work begins", audience=("owner",), icon="play"
)
REPLANNED = EventType(
    "case.replanned",
    "方案变更，回到方案阶段：{reason}",
    "plan changed, back to planning: {reason}",
    audience=("owner",),
    icon="repeat",
    private=("reason",),
)
FINISHED = EventType(
    "case.finished", "任务全部完成，待回访", "all tasks done, follow-up call due", audience=("owner",), icon="phone"
)
EVALUATING = EventType(
    "case.evaluating",
    "客户确认已解决，待效果评估",
    "customer says solved, evaluation due",
    audience=("owner",),
    icon="target",
)
ARCHIVED = EventType(
    "case.archived",
    "归档：{conclusion}",
    "archived: {conclusion}",
    audience=("owner",),
    icon="archive",
    allowed_after_close=True,
    private=("conclusion",),
)
REOPENED = EventType(
    "case.reopened",
    "重新打开，第 {round} 轮：{reason}",
    "reopened, round {round}: {reason}",
    audience=("owner", "supervisor"),
    icon="repeat",
    private=("reason",),
)
RECURRED = EventType(
    "case.recurred",
    "又出现：归档后又有 {n} 条反馈说同一个问题（{other}），请决定是否重新打开",
    "recurred: {n} more feedback items on the same problem ({other}) since the archive; please decide whether to reopen",
    audience=("owner", "supervisor"),
    icon="repeat",
    allowed_after_close=True,
)
DECLINED = EventType(
    "case.declined",
    "不受理（{why}）：{reason}",
    "declined ({why}): {reason}",
    audience=("owner",),
    icon="ban",
    private=("reason",),
)
APPEALED = EventType(
    "case.appealed", "重新受理：{reason}", "taken up again: {reason}", icon="restore", private=("reason",)
)
PAUSED = EventType(
    "case.paused",
    "挂起（{paused_for}）：{reason}",
    "paused ({paused_for}): {reason}",
    icon="pause",
    private=("reason",),
)
RESUMED = EventType("case.resumed", "恢复处理", "resumed", icon="play")
FEEDBACK_LINKED = EventType("case.feedback_linked", "关联反馈 {feedback}", "feedback {feedback} linked", icon="link")
FEEDBACK_UNLINKED = EventType(
    "case.feedback_unlinked",
    "反馈 {feedback} 已脱开：{reason}",
    "feedback {feedback} unlinked: {reason}",
    icon="unlink",
    private=("reason",),
)
ALARMED = EventType(
    "case.alarmed",
    "最高级事项（{level}），请立即处理",
    "highest level ({level}): act at once",
    audience=("supervisor", "tech_lead"),
    icon="alert",
)
ASSESSMENT_NOTED = EventType(
    "case.assessment_noted", "另存一次评定：{level}", "another assessment noted: {level}", icon="scale"
)
TEAM_CHANGED = EventType("case.team_changed", "转给 {team}", "team is now {team}", audience=("team",), icon="users")
FILE_ADDED = EventType("case.file_added", "添加附件 {name}", "file {name} added", icon="paperclip", private=("name",))
COMMUNICATION_LOGGED = EventType(
    "case.communication_logged",
    "与客户沟通（{channel} · {purpose}）",
    "communication with the customer ({channel}, {purpose})",
    icon="message",
)
PAUSE_LIMIT_REACHED = EventType(
    "case.pause_limit_reached",
    "挂起（{paused_for}，自 {since}）到了上限，{until} 起时限继续走",
    "paused ({paused_for}, since {since}) up to its limit; the deadlines run again from {until}",
    audience=("owner", "supervisor"),
    icon="alert",
)
REMINDED = EventType(
    "case.reminded",
    "催办 {owner} {note}",
    "{owner} reminded {note}",
    audience=("owner",),
    icon="alert",
    private=("note",),
)
EXTERNAL_REQUEST_REGISTERED = EventType(
    "case.external_request_registered",
    "登记{what}（编号 {number}）",
    "{what} (number {number}) recorded",
    audience=("owner", "supervisor"),
    icon="flag",
    private=("number",),
)
EXTERNAL_REQUEST_ANSWERED = EventType(
    "case.external_request_answered",
    "已答复{what}（编号 {number}）",
    "answered {what} (number {number})",
    audience=("owner",),
    icon="check",
    private=("number",),
)
KIND_SCHEME = EventType(
    "kind_scheme.changed",
    "{what}以后按「{scheme}」评定",
    "{what}: assessed by “{scheme}” from now on",
    icon="scale",
    private=("scheme", "before", "after"),
)
ROUTES_DRAFTED = EventType(
    "routes.drafted", "起草转办规则第 {version_number} 版", "routing table {version_number} drafted", icon="edit"
)
ROUTES_AMENDED = EventType(
    "routes.amended",
    "修改转办规则第 {version_number} 版草稿",
    "draft routing table {version_number} changed",
    icon="edit",
    private=("before", "after"),
)
ROUTES_PUBLISHED = EventType(
    "routes.published",
    "发布转办规则第 {version_number} 版（{rules} 条规则）：{reason}",
    "routing table {version_number} published ({rules} rules): {reason}",
    audience=("supervisor",),
    icon="git-branch",
    private=("reason",),
)
ROUTES_RETIRED = EventType(
    "routes.retired", "转办规则第 {version_number} 版停用", "routing table {version_number} disabled", icon="archive"
)
ROUTES_DISCARDED = EventType(
    "routes.discarded",
    "转办规则第 {version_number} 版草稿作废",
    "draft routing table {version_number} dropped",
    icon="ban",
)
HANDOVER_PROPOSED = EventType(
    "handover.proposed",
    "建议转给 {target}（{why}）",
    "proposed for {target} ({why})",
    audience=("owner",),
    icon="git-branch",
    private=("why",),
)
HANDOVER_OFFERED = EventType(
    "handover.offered",
    "转交给 {target}，接收前仍由原负责人办理",
    "offered to {target}; the present team stays responsible until it is accepted",
    audience=("team",),
    icon="arrow-right",
)
HANDOVER_ACCEPTED = EventType(
    "handover.accepted", "{target} 已接收", "accepted by {target}", audience=("owner",), icon="check"
)
HANDOVER_RETURNED = EventType(
    "handover.returned",
    "{target} 退回：{reason}",
    "returned by {target}: {reason}",
    audience=("owner", "supervisor"),
    icon="arrow-back-up",
    private=("reason",),
)
HANDOVER_RULED = EventType(
    "handover.ruled",
    "裁定由 {target} 办理：{reason}",
    "ruled: {target} handles it: {reason}",
    audience=("team",),
    icon="gavel",
    private=("reason",),
)
HANDOVER_DROPPED = EventType(
    "handover.dropped", "不转给 {target}：{reason}", "not handed to {target}: {reason}", icon="x", private=("reason",)
)
