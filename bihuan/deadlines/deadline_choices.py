"""Milestones of deadlines, the two reasons to pause, and who an escalation can reach. Sources: C-03, C-25, requirements 11."""

from bihuan.core.text import Text

MILESTONES: dict[str, Text] = {
    "respond": Text("响应", "Respond"),
    "start": Text("启动处理", "Start"),
    "plan": Text("出方案", "Plan"),
    "relief": Text("临时缓解", "Relief"),
    "resolve": Text("解决", "Resolve"),
    "customer_update": Text("告知客户进展", "Customer update"),
    "followup": Text("回访", "Follow-up call"),
    "evaluate": Text("效果评估", "Effect evaluation"),
    "external": Text("外部时限", "External deadline"),
}
MET_BY: dict[str, Text] = {
    "respond": Text("第一次人工联系客户；自动回执不算", "the first contact by a person; an automatic receipt does not count"),
    "start": Text("开始诊断", "the diagnosis starts"),
    "plan": Text("方案提请客户确认", "the plan is put to the customer"),
    "relief": Text("写明临时规避办法", "a workaround is written down"),
    "resolve": Text("任务全部完成", "all tasks are done"),
    "customer_update": Text("记录一次告知进展或延期", "progress or a delay is told to the customer"),
    "followup": Text("登记回访结果", "the answer is recorded"),
    "evaluate": Text("完成效果评估", "the effect is evaluated"),
    "external": Text("登记对外答复", "the answer to the authority is recorded"),
}  # fmt: skip
"""The recorded act that meets a milestone; nothing else does."""
NEVER_PAUSED = ("external",)
"""Deadlines that no wait of ours stops."""

PAUSE_REASONS: dict[str, Text] = {
    "customer": Text("等客户", "Waiting for the customer"),
    "third_party": Text("等第三方", "Waiting for a third party"),
}
"""The only two reasons for which deadlines are paused (C-25)."""

RECIPIENTS: dict[str, Text] = {
    "owner": Text("负责人", "Owner"),
    "supervisor": Text("主管", "Supervisor"),
    "director": Text("总监", "Director"),
    "tech_lead": Text("技术主管", "Technical lead"),
}
"""Whom an escalation step can name. Never a customer."""
