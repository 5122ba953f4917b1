"""Events about cases."""

from bihuan.audit.event_types import EventType

OPENED = EventType(
    "case.opened", "立项：{title}", "case opened: {title}", audience=("team",), icon="folder", private=("title",)
)
ACCEPTED = EventType("case.accepted", "受理", "accepted", icon="check")
RATED = EventType(
    "case.rated",
    "定级为 {level} {reason}",
    "assessed {level} {reason}",
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
JOINED = EventType("case.joined", "{who} 加入协同", "{who} joined", icon="users")
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
CAME_BACK = EventType(
    "case.came_back",
    "又出现：归档后又有 {n} 条反馈说同一个问题（{other}），请决定是否重新打开",
    "it came back: feedback items since the archive that tell the same problem ({other}): {n}; please decide whether to reopen",
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
    "case.paused", "挂起（{waiting}）：{reason}", "paused ({waiting}): {reason}", icon="pause", private=("reason",)
)
RESUMED = EventType("case.resumed", "恢复处理", "resumed", icon="play")
TOOK_FEEDBACK = EventType("case.took_feedback", "关联反馈 {feedback}", "feedback {feedback} linked", icon="link")
LET_FEEDBACK_GO = EventType(
    "case.let_feedback_go",
    "反馈 {feedback} 已脱开：{reason}",
    "feedback {feedback} taken off: {reason}",
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
NOTED = EventType("case.noted", "另存一次评定：{level}", "another assessment kept: {level}", icon="scale")
HANDED = EventType("case.team_changed", "转给 {team}", "handed to {team}", audience=("team",), icon="users")
FILED = EventType("case.filed", "添加附件 {name}", "file {name} added", icon="paperclip", private=("name",))
SPOKE = EventType(
    "case.spoke", "与客户沟通（{way} · {what}）", "spoke with the customer ({way}, {what})", icon="message"
)
WAITED_TOO_LONG = EventType(
    "case.waited_too_long",
    "挂起（{waiting}，自 {since}）到了上限，{until} 起时限继续走",
    "paused ({waiting}, since {since}) up to its limit; the deadlines run again from {until}",
    audience=("owner", "supervisor"),
    icon="alert",
)
URGED = EventType(
    "case.urged", "催办 {owner} {note}", "{owner} reminded {note}", audience=("owner",), icon="alert", private=("note",)
)
DEMANDED = EventType(
    "case.demanded",
    "登记{what}（编号 {number}）",
    "{what} (number {number}) recorded",
    audience=("owner", "supervisor"),
    icon="flag",
    private=("number",),
)
DEMAND_ANSWERED = EventType(
    "case.demand_answered",
    "已答复{what}（编号 {number}）",
    "answered {what} (number {number})",
    audience=("owner",),
    icon="check",
    private=("number",),
)
KIND_SCHEME = EventType(
    "kind_scheme.changed",
    "{what}以后按「{scheme}」评定",
    "{what}: judged by “{scheme}” from now on",
    icon="scale",
    private=("scheme", "before", "after"),
)
ROUTES_DRAFTED = EventType(
    "routes.drafted", "起草转办规则第 {edition} 版", "routing table {edition} drafted", icon="edit"
)
ROUTES_AMENDED = EventType(
    "routes.amended",
    "修改转办规则第 {edition} 版草稿",
    "draft routing table {edition} changed",
    icon="edit",
    private=("before", "after"),
)
ROUTES_PUBLISHED = EventType(
    "routes.published",
    "发布转办规则第 {edition} 版（{rules} 条规则）：{reason}",
    "routing table {edition} published ({rules} rules): {reason}",
    audience=("supervisor",),
    icon="git-branch",
    private=("reason",),
)
ROUTES_RETIRED = EventType(
    "routes.retired", "转办规则第 {edition} 版停用", "routing table {edition} disabled", icon="archive"
)
ROUTES_DROPPED = EventType(
    "routes.dropped", "转办规则第 {edition} 版草稿作废", "draft routing table {edition} dropped", icon="ban"
)
HANDOVER_PROPOSED = EventType(
    "handover.proposed",
    "建议转给 {where}（{why}）",
    "proposed for {where} ({why})",
    audience=("owner",),
    icon="git-branch",
    private=("why",),
)
HANDOVER_OFFERED = EventType(
    "handover.offered",
    "转交给 {where}，接收前仍由原负责人办理",
    "offered to {where}; who has it now stays responsible until it is taken",
    audience=("team",),
    icon="arrow-right",
)
HANDOVER_ACCEPTED = EventType(
    "handover.accepted", "{where} 已接收", "taken by {where}", audience=("owner",), icon="check"
)
HANDOVER_RETURNED = EventType(
    "handover.returned",
    "{where} 退回：{reason}",
    "returned by {where}: {reason}",
    audience=("owner", "supervisor"),
    icon="arrow-back-up",
    private=("reason",),
)
HANDOVER_RULED = EventType(
    "handover.ruled",
    "裁定由 {where} 办理：{reason}",
    "ruled: {where} handles it: {reason}",
    audience=("team",),
    icon="gavel",
    private=("reason",),
)
HANDOVER_DROPPED = EventType(
    "handover.dropped", "不转给 {where}：{reason}", "not handed to {where}: {reason}", icon="x", private=("reason",)
)
