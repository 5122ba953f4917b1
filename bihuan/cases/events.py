"""Facts about cases."""

from bihuan.audit.event_types import Kind

OPENED = Kind("case.opened", "立项：{title}", "case opened: {title}", hear=("team",), icon="folder")
ACCEPTED = Kind("case.accepted", "受理", "case accepted", icon="check")
RATED = Kind("case.rated", "定级为 {level} {reason}", "rated {level} {reason}", hear=("owner",), icon="scale")
REASSESSED = Kind(
    "case.reassessed",
    "级别由 {before} 改为 {level}：{reason}",
    "level changed from {before} to {level}: {reason}",
    hear=("owner",),
    icon="scale",
)
EDITED = Kind("case.edited", "修改了事项内容", "case edited", icon="edit")
ASSIGNED = Kind("case.assigned", "负责人定为 {owner}", "owner is now {owner}", hear=("owner",), icon="user")
JOINED = Kind("case.joined", "{who} 加入协同", "{who} joined", icon="users")
DIAGNOSING = Kind("case.diagnosing", "开始诊断", "diagnosis begun", hear=("owner",), icon="search")
PLANNING = Kind("case.planning", "进入方案阶段", "planning begun", hear=("owner",), icon="bulb")
PROPOSED = Kind("case.proposed", "方案提请客户确认", "plan put to the customer", hear=("owner",), icon="hand")
OBJECTED = Kind("case.objected", "客户有异议：{reason}", "customer objected: {reason}", hear=("owner",), icon="flag")
STARTED = Kind("case.started", "客户已确认，开始执行", "customer agreed, work begins", hear=("owner",), icon="play")
REPLANNED = Kind(
    "case.replanned",
    "方案变更，回到方案阶段：{reason}",
    "plan changed, back to planning: {reason}",
    hear=("owner",),
    icon="repeat",
)
FINISHED = Kind("case.finished", "任务全部完成，待回访", "all tasks done, revisit due", hear=("owner",), icon="phone")
EVALUATING = Kind(
    "case.evaluating",
    "客户确认已解决，待效果评估",
    "customer says solved, evaluation due",
    hear=("owner",),
    icon="target",
)
ARCHIVED = Kind(
    "case.archived", "归档：{conclusion}", "archived: {conclusion}", hear=("owner",), icon="archive", late=True
)
REOPENED = Kind(
    "case.reopened",
    "重新打开，第 {round} 轮：{reason}",
    "reopened, round {round}: {reason}",
    hear=("owner", "supervisor"),
    icon="repeat",
)
CAME_BACK = Kind(
    "case.came_back",
    "又出现：归档后又有 {n} 条反馈说同一个问题（{other}），请决定是否重新打开",
    "it came back: voices since the archive that tell the same problem ({other}): {n}; please decide whether to reopen",
    hear=("owner", "supervisor"),
    icon="repeat",
    late=True,
)
DECLINED = Kind("case.declined", "不受理（{why}）：{reason}", "declined ({why}): {reason}", hear=("owner",), icon="ban")
APPEALED = Kind("case.appealed", "重新受理：{reason}", "taken up again: {reason}", icon="restore")
PAUSED = Kind("case.paused", "挂起（{waiting}）：{reason}", "paused ({waiting}): {reason}", icon="pause")
RESUMED = Kind("case.resumed", "恢复处理", "resumed", icon="play")
TOOK_FEEDBACK = Kind("case.took_feedback", "关联反馈 {feedback}", "feedback {feedback} linked", icon="link")
LET_FEEDBACK_GO = Kind(
    "case.let_feedback_go", "反馈 {feedback} 已脱开：{reason}", "feedback {feedback} taken off: {reason}", icon="unlink"
)
ALARMED = Kind(
    "case.alarmed",
    "最高级事项（{level}），请立即处理",
    "highest level ({level}): act at once",
    hear=("supervisor", "tech_lead"),
    icon="alert",
)
NOTED = Kind("case.noted", "另存一次评定：{level}", "another assessment kept: {level}", icon="scale")
HANDED = Kind("case.team_changed", "转给 {team}", "handed to {team}", hear=("team",), icon="users")
FILED = Kind("case.filed", "添加附件 {name}", "file {name} added", icon="paperclip")
SPOKE = Kind("case.spoke", "与客户沟通（{way} · {what}）", "spoke with the customer ({way}, {what})", icon="message")
WAITED_TOO_LONG = Kind(
    "case.waited_too_long",
    "挂起（{waiting}，自 {since}）到了上限，{until} 起时限继续走",
    "paused ({waiting}, since {since}) up to its limit; the clocks run again from {until}",
    hear=("owner", "supervisor"),
    icon="alert",
)
URGED = Kind("case.urged", "催办 {owner} {note}", "{owner} urged {note}", hear=("owner",), icon="alert")
DEMANDED = Kind(
    "case.demanded",
    "登记{what}（编号 {number}）",
    "{what} (number {number}) recorded",
    hear=("owner", "supervisor"),
    icon="flag",
)
DEMAND_ANSWERED = Kind(
    "case.demand_answered",
    "已答复{what}（编号 {number}）",
    "answered {what} (number {number})",
    hear=("owner",),
    icon="check",
)
KIND_SCHEME = Kind(
    "kind_scheme.changed", "{what}以后按「{scheme}」评定", "{what}: judged by “{scheme}” from now on", icon="scale"
)
ROUTES_DRAFTED = Kind("routes.drafted", "起草转办规则第 {edition} 版", "routing table {edition} drafted", icon="edit")
ROUTES_AMENDED = Kind(
    "routes.amended", "修改转办规则第 {edition} 版草稿", "draft routing table {edition} changed", icon="edit"
)
ROUTES_PUBLISHED = Kind(
    "routes.published",
    "发布转办规则第 {edition} 版（{rules} 条规则）：{reason}",
    "routing table {edition} published ({rules} rules): {reason}",
    hear=("supervisor",),
    icon="git-branch",
)
ROUTES_RETIRED = Kind(
    "routes.retired", "转办规则第 {edition} 版停用", "routing table {edition} retired", icon="archive"
)
ROUTES_DROPPED = Kind(
    "routes.dropped", "转办规则第 {edition} 版草稿作废", "draft routing table {edition} dropped", icon="ban"
)
HANDOVER_PROPOSED = Kind(
    "handover.proposed", "建议转给 {where}（{why}）", "proposed for {where} ({why})", hear=("owner",), icon="git-branch"
)
HANDOVER_OFFERED = Kind(
    "handover.offered",
    "转交给 {where}，接收前仍由原负责人办理",
    "offered to {where}; who has it now stays responsible until it is taken",
    hear=("team",),
    icon="arrow-right",
)
HANDOVER_ACCEPTED = Kind("handover.accepted", "{where} 已接收", "taken by {where}", hear=("owner",), icon="check")
HANDOVER_RETURNED = Kind(
    "handover.returned",
    "{where} 退回：{reason}",
    "returned by {where}: {reason}",
    hear=("owner", "supervisor"),
    icon="arrow-back-up",
)
HANDOVER_RULED = Kind(
    "handover.ruled",
    "裁定由 {where} 办理：{reason}",
    "ruled: {where} handles it: {reason}",
    hear=("team",),
    icon="gavel",
)
HANDOVER_DROPPED = Kind("handover.dropped", "不转给 {where}：{reason}", "not handed to {where}: {reason}", icon="x")
