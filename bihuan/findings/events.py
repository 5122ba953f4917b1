"""Events about findings."""

from bihuan.audit.event_types import EventType

RUN_REQUESTED = EventType("run.asked", "要求分析全部反馈", "asked for an analysis of all feedback", icon="play")
RUN_BEGUN = EventType("run.begun", "开始分析", "analysis begun", icon="play")
RUN_DONE = EventType(
    "run.done",
    "分析完成：{rows} 条反馈，{problems} 个问题，{findings} 条发现",
    "analysis done: {rows} feedback items, {problems} problems, {findings} findings",
    icon="check",
)
RUN_STOPPED = EventType(
    "run.stopped", "分析已取消，上一次的结果保留", "analysis cancelled; the last one stands", icon="x"
)
RUN_FAILED = EventType(
    "run.failed",
    "分析没有完成：{reason}",
    "analysis not done: {reason}",
    audience=("admin",),
    icon="alert",
    private=("reason",),
)
PROBLEM_FOUND = EventType(
    "problem.found",
    "发现问题：{title}（{n} 条反馈）",
    "problem found: {title} ({n} feedback items)",
    icon="search",
    private=("title",),
)
PROBLEM_CONFIRMED = EventType(
    "problem.confirmed",
    "确认是同一个问题：{title}",
    "confirmed as one problem: {title}",
    icon="check",
    private=("title",),
)
PROBLEM_RENAMED = EventType(
    "problem.renamed",
    "改名：{before} → {title}",
    "renamed: {before} → {title}",
    icon="edit",
    private=("before", "title"),
)
PROBLEM_MERGED = EventType(
    "problem.merged", "并入 {into}：{reason}", "merged into {into}: {reason}", icon="git-merge", private=("reason",)
)
PROBLEM_TOOK_IN = EventType("problem.took_in", "并入了 {other}", "took in {other}", icon="git-merge")
PROBLEM_SPLIT = EventType(
    "problem.split",
    "分出 {n} 条到 {other}：{reason}",
    "{n} feedback items split off to {other}: {reason}",
    icon="git-branch",
    private=("reason",),
)
PROBLEM_FEEDBACK_ADDED = EventType("problem.feedback_added", "归入 {feedback}", "{feedback} put in", icon="plus")
PROBLEM_FEEDBACK_EXCLUDED = EventType(
    "problem.feedback_excluded",
    "{feedback} 不是这个问题：{reason}",
    "{feedback} is not this problem: {reason}",
    icon="unlink",
    private=("reason",),
)
PROBLEM_DISMISSED = EventType(
    "problem.dismissed", "不作为问题：{reason}", "set aside: {reason}", icon="ban", private=("reason",)
)
PROBLEM_REVIVED = EventType(
    "problem.revived", "重新作为问题：{reason}", "taken up again: {reason}", icon="restore", private=("reason",)
)
EXPOSURE_READ = EventType("exposure.read", "读取了业务量：{named}", "exposure read: {named}", icon="upload")
EXPOSURE_USED = EventType(
    "exposure.used", "今后的分析以{named}为分母", "analyses divide by {named} from now on", icon="check"
)
EXPOSURE_REPLACED = EventType(
    "exposure.replaced",
    "{named}由新的文件 {new} 代替",
    "{named} replaced by the newer {new}",
    icon="repeat",
    private=("new",),
)
EXPOSURE_REMOVED = EventType("exposure.removed", "不再使用{named}", "{named} used no more", icon="x")
