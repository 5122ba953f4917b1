"""Events about requirements, iterations and the monthly review."""

from bihuan.audit.event_types import EventType

OPENED = EventType(
    "requirement.opened", "提出需求：{title}", "requirement put: {title}", icon="bulb", private=("title",)
)
EDITED = EventType(
    "requirement.edited",
    "修改了需求",
    "requirement edited",
    icon="edit",
    private=("before", "after"),
)
SCORED = EventType(
    "requirement.scored",
    "按「{scheme}」评为 {level}{score}",
    "judged {level}{score} by “{scheme}”",
    icon="scale",
    private=("scheme",),
)
PLACED = EventType(
    "requirement.placed",
    "安排到{where}：{reason}",
    "placed: {where}: {reason}",
    audience=("owner",),
    icon="list",
    private=("where", "reason"),
)
CONFIRMED = EventType("requirement.confirmed", "判为有效需求", "found to be real", icon="check")
QUESTIONED = EventType(
    "requirement.questioned",
    "待补充：{reason}",
    "more is needed: {reason}",
    audience=("owner",),
    icon="message",
    private=("reason",),
)
REJECTED = EventType(
    "requirement.rejected",
    "判为伪需求：{reason}",
    "not a real need: {reason}",
    audience=("owner",),
    icon="ban",
    private=("reason",),
)
APPEALED = EventType(
    "requirement.appealed",
    "申诉，重新分析：{reason}",
    "appealed, analysed again: {reason}",
    icon="restore",
    private=("reason",),
)
SCHEDULED = EventType(
    "requirement.scheduled",
    "排入{where}",
    "scheduled: {where}",
    audience=("owner",),
    icon="calendar",
    private=("where",),
)
UNSCHEDULED = EventType(
    "requirement.unscheduled",
    "退出{where}：{reason}",
    "taken out of {where}: {reason}",
    icon="arrow-back-up",
    private=("where", "reason"),
)
DELIVERED = EventType("requirement.delivered", "已交付", "delivered", audience=("owner",), icon="archive")
CARRIED = EventType(
    "requirement.carried", "由 {before} 顺延到 {month}：{reason}", "carried over from {before} to {month}: {reason}", icon="repeat", private=("before", "month", "reason"))  # fmt: skip
ON_CASE = EventType(
    "case.requirement", "转入需求池：{requirement}", "into the requirement pool: {requirement}", icon="bulb"
)
ITERATION = EventType(
    "iteration.made",
    "新建迭代「{name}」{start} ~ {finish}",
    "iteration “{name}” {start} to {finish}",
    icon="stack",
    private=("name",),
)
REVIEWED = EventType(
    "pool.reviewed",
    "{month} 月度计划评审：优先 {first}，进迭代 {iteration}，顺延 {carry}，伪需求 {drop}。{note}",
    "monthly plan {month} reviewed: {first} first, {iteration} to iterations, {carry} carried over, {drop} dropped. {note}",
    audience=("supervisor",),
    icon="gavel",
    private=("iteration", "note"),
)
