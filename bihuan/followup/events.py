"""Events about verification; all stand on the case's timeline."""

from bihuan.audit.event_types import EventType

DUE = EventType("followup.due", "应在 {due} 前回访", "follow-up call due {due}", audience=("agents",), icon="phone")
NOT_REACHED = EventType(
    "followup.not_reached",
    "回访第 {n} 次未联系上：{note}",
    "not reached, attempt {n}: {note}",
    icon="phone",
    private=("note",),
)
REQUESTED = EventType("followup.asked", "生成在线问卷链接", "questionnaire link made", icon="link")
ANSWERED = EventType(
    "followup.answered",
    "回访（{channel}）：{solved}，需求{met}，{score} 分 {comment}",
    "follow-up call ({channel}): {solved}, need met: {met}, score {score} {comment}",
    audience=("owner",),
    icon="star",
    private=("comment",),
)
EXEMPT = EventType(
    "followup.exempt",
    "免访：{reason}",
    "exempt from follow-up call: {reason}",
    audience=("supervisor",),
    icon="shield",
    private=("reason",),
)
UNREACHABLE = EventType(
    "followup.unreachable", "{n} 次未联系上，结束回访", "not reached {n} times, follow-up call given up", audience=("supervisor",), icon="phone"
)  # fmt: skip
LAPSED = EventType(
    "followup.lapsed", "事项重新打开，原回访作废", "case reopened, this follow-up call lapsed", icon="repeat"
)
BECAME_FEEDBACK = EventType(
    "followup.feedback", "问卷意见已收为反馈 {number}", "the comment became feedback {number}", icon="inbox"
)
EVALUATION_DUE = EventType(
    "evaluation.due", "{opens} 起可评估效果，{due} 前完成", "evaluation opens {opens}, due {due}", audience=("lead",), icon="target"
)  # fmt: skip
EVALUATED = EventType(
    "evaluation.done", "效果评估：{verdict}。{why}", "effect evaluated: {verdict}. {why}", audience=("owner", "lead"), icon="target"
)  # fmt: skip
EVALUATION_LAPSED = EventType(
    "evaluation.lapsed", "事项重新打开，原评估作废", "case reopened, this evaluation lapsed", icon="repeat"
)
CLOSED = EventType(
    "closure.made",
    "归档结论：{conclusion}",
    "closing conclusion: {conclusion}",
    icon="archive",
    private=("conclusion",),
)
