"""Facts about verification; all stand on the case's timeline."""

from bihuan.audit.event_types import Kind

DUE = Kind("revisit.due", "应在 {due} 前回访", "revisit due {due}", hear=("agents",), icon="phone")
NOT_REACHED = Kind(
    "revisit.not_reached", "回访第 {n} 次未联系上：{note}", "not reached, attempt {n}: {note}", icon="phone"
)
ASKED = Kind("revisit.asked", "生成在线问卷链接", "questionnaire link made", icon="link")
ANSWERED = Kind(
    "revisit.answered",
    "回访（{channel}）：{solved}，需求{met}，{score} 分 {comment}",
    "revisited ({channel}): {solved}, need met: {met}, score {score} {comment}",
    hear=("owner",),
    icon="star",
)
EXEMPT = Kind("revisit.exempt", "免访：{reason}", "exempt from revisit: {reason}", hear=("supervisor",), icon="shield")
UNREACHABLE = Kind(
    "revisit.unreachable", "{n} 次未联系上，结束回访", "not reached {n} times, revisit given up", hear=("supervisor",), icon="phone"
)  # fmt: skip
LAPSED = Kind("revisit.lapsed", "事项重新打开，原回访作废", "case reopened, this revisit lapsed", icon="repeat")
VOICE = Kind("revisit.voice", "问卷意见已收为反馈 {number}", "the comment became feedback {number}", icon="inbox")
EVALUATION_DUE = Kind(
    "evaluation.due", "{opens} 起可评估效果，{due} 前完成", "evaluation opens {opens}, due {due}", hear=("lead",), icon="target"
)  # fmt: skip
EVALUATED = Kind(
    "evaluation.done", "效果评估：{verdict}。{why}", "effect evaluated: {verdict}. {why}", hear=("owner", "lead"), icon="target"
)  # fmt: skip
EVALUATION_LAPSED = Kind(
    "evaluation.lapsed", "事项重新打开，原评估作废", "case reopened, this evaluation lapsed", icon="repeat"
)
CLOSED = Kind("closure.made", "归档结论：{conclusion}", "closing conclusion: {conclusion}", icon="archive")
