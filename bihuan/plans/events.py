"""Events about plans; all stand on the case's timeline."""

from bihuan.audit.event_types import EventType

DRAFT_CREATED = EventType("plan.draft_created", "起草方案", "plan drafted", icon="bulb")
EDITED = EventType(
    "plan.edited",
    "修改了方案",
    "plan edited",
    icon="edit",
    private=("before", "after"),
)
GOAL = EventType("plan.goal", "优化目标：{goal}", "goal: {goal}", icon="target", private=("goal",))
GOAL_GONE = EventType("plan.goal_gone", "删去目标：{goal}", "goal removed: {goal}", icon="x", private=("goal",))
OPTION = EventType("plan.option", "备选方案：{name}", "option: {name}", icon="list", private=("name",))
OPTION_EDITED = EventType(
    "plan.option_edited",
    "修改了备选方案：{name}",
    "option edited: {name}",
    icon="edit",
    private=("name", "before", "after"),
)
OPTION_GONE = EventType(
    "plan.option_gone", "删去备选方案：{name}", "option removed: {name}", icon="x", private=("name",)
)
CHOSEN = EventType(
    "plan.chosen",
    "选定方案「{name}」：{reason}",
    "option “{name}” chosen: {reason}",
    icon="star",
    private=("name", "reason"),
)
MEASURE = EventType(
    "plan.measure",
    "措施（{horizon}）：{content}",
    "measure ({horizon}): {content}",
    icon="checklist",
    private=("content",),
)
MEASURE_EDITED = EventType(
    "plan.measure_edited",
    "修改了措施",
    "measure edited",
    icon="edit",
    private=("before", "after"),
)
MEASURE_GONE = EventType(
    "plan.measure_gone", "删去措施：{content}", "measure removed: {content}", icon="x", private=("content",)
)
RESOURCE = EventType(
    "plan.resource", "所需资源：{detail}", "resource needed: {detail}", icon="users", private=("detail",)
)
RESOURCE_CONFIRMED = EventType(
    "plan.resource_confirmed", "资源已落实：{detail}", "resource secured: {detail}", icon="check", private=("detail",)
)
RESOURCE_GONE = EventType(
    "plan.resource_gone", "删去资源：{detail}", "resource removed: {detail}", icon="x", private=("detail",)
)
SUBMITTED = EventType(
    "plan.submitted", "提交联合评审", "submitted for joint review", audience=("reviewers",), icon="upload"
)
ADOPTED = EventType(
    "plan.adopted", "按政策免评审，方案生效", "adopted without review by policy", audience=("owner",), icon="check"
)
DECIDED = EventType(
    "plan.decided",
    "{step}意见：{decision} {opinion}",
    "{step}: {decision} {opinion}",
    icon="gavel",
    private=("opinion",),
)
REVIEWED = EventType(
    "plan.reviewed",
    "联合评审通过，报领导审批",
    "joint review passed, to the leader",
    audience=("leaders",),
    icon="arrow-right",
)
REFERRED = EventType(
    "plan.referred",
    "预算超过限额，须会议决议",
    "over the limit, a meeting has to decide",
    audience=("leaders",),
    icon="users",
)
APPROVED = EventType("plan.approved", "方案已批准", "plan approved", audience=("owner", "lead"), icon="check")
RESOLVED = EventType(
    "plan.resolved",
    "管理层会议决议通过：{resolution}",
    "approved by meeting resolution {resolution}",
    audience=("owner", "lead"),
    icon="check",
    private=("resolution",),
)
RETURNED = EventType(
    "plan.returned",
    "退回修改：{reason}",
    "returned: {reason}",
    audience=("owner", "lead"),
    icon="arrow-back-up",
    private=("reason",),
)
WITHDRAWN = EventType(
    "plan.withdrawn", "撤回修改：{reason}", "withdrawn: {reason}", icon="arrow-back-up", private=("reason",)
)
HANDED_OVER = EventType(
    "plan.handed_over",
    "评审由 {before} 转交 {after}：{reason}",
    "review handed from {before} to {after}: {reason}",
    audience=("reviewers",),
    icon="user-check",
    private=("reason",),
)
REVISED = EventType(
    "plan.revised",
    "批准后重新修改：{reason}",
    "opened again after approval: {reason}",
    audience=("owner", "lead"),
    icon="edit",
    private=("reason",),
)
CHANGED = EventType(
    "plan.changed",
    "方案变更，重新报批：{reason}",
    "plan changed, approval again: {reason}",
    audience=("owner", "lead", "reviewers"),
    icon="repeat",
    private=("reason",),
)
BEGUN = EventType("plan.begun", "方案开始执行", "the plan is being carried out", audience=("lead",), icon="play")
DONE = EventType("plan.done", "方案执行完成", "the plan is carried out", audience=("owner", "lead"), icon="check")
VERIFYING = EventType("plan.verifying", "开始验证效果", "its effect is being verified", icon="target")
REACHED = EventType("plan.reached", "目标达成", "goals reached", audience=("owner", "lead"), icon="star")
PARTLY = EventType("plan.partly", "目标部分达成", "goals partly reached", audience=("owner", "lead"), icon="target")
MISSED = EventType("plan.missed", "目标未达成", "goals missed", audience=("owner", "lead"), icon="alert")
STOPPED = EventType(
    "plan.stopped",
    "方案终止：{reason}",
    "plan stopped: {reason}",
    audience=("owner", "lead"),
    icon="ban",
    private=("reason",),
)
POLICY = EventType(
    "policy.changed",
    "修改了审批政策",
    "approval policy changed",
    audience=("admin",),
    icon="settings",
    private=("before", "after"),
)

REQUESTED = EventType("confirmation.asked", "向客户发出确认链接", "link sent for the customer's agreement", icon="link")
AGREED = EventType(
    "confirmation.agreed",
    "客户同意方案（{way}，{who}）{words}",
    "customer agreed ({way}, {who}) {words}",
    audience=("owner", "lead"),
    icon="check",
    private=("who", "words"),
)
OBJECTED = EventType(
    "confirmation.objected",
    "客户对方案有异议（{way}，{who}）：{words}",
    "customer objected ({way}, {who}): {words}",
    audience=("owner", "lead"),
    icon="flag",
    private=("who", "words"),
)
WAIVED = EventType(
    "confirmation.waived",
    "豁免客户确认：{reason}",
    "customer's agreement waived: {reason}",
    audience=("supervisor",),
    icon="shield",
    private=("reason",),
)
REVOKED = EventType("confirmation.taken_back", "确认链接作废", "confirmation link revoked", icon="unlink")
