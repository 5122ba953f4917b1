"""The words of time limits: milestones, the two reasons to wait, who can hear. Sources: C-03, C-25, requirements 11."""

from bihuan.core.text import Text, both

MILESTONES: dict[str, Text] = {
    "respond": both("响应", "Respond"),
    "start": both("启动处理", "Start"),
    "plan": both("出方案", "Plan"),
    "relief": both("临时缓解", "Relief"),
    "resolve": both("解决", "Resolve"),
    "customer_update": both("告知客户进展", "Tell the customer"),
    "revisit": both("回访", "Revisit"),
    "evaluate": both("效果评估", "Evaluate"),
    "external": both("外部时限", "Outside limit"),
}
MET_BY: dict[str, Text] = {
    "respond": both("第一次人工联系客户；自动回执不算", "the first contact by a person; an automatic receipt does not count"),
    "start": both("开始诊断", "the diagnosis begins"),
    "plan": both("方案提请客户确认", "the plan is put to the customer"),
    "relief": both("写明临时规避办法", "a workaround is written down"),
    "resolve": both("任务全部完成", "all tasks are done"),
    "customer_update": both("记录一次告知进展或延期", "progress or a delay is told to the customer"),
    "revisit": both("登记回访结果", "the answer is recorded"),
    "evaluate": both("完成效果评估", "the effect is evaluated"),
    "external": both("登记对外答复", "the answer to the authority is recorded"),
}  # fmt: skip
"""The recorded act that meets a milestone; nothing else does."""
NEVER_STANDS = ("external",)
"""Clocks that no wait of ours stops."""

WAITING: dict[str, Text] = {
    "customer": both("等客户", "Waiting for the customer"),
    "third_party": both("等第三方", "Waiting for a third party"),
}
"""The only two reasons for which clocks stand still (C-25)."""

HEARERS: dict[str, Text] = {
    "owner": both("负责人", "Owner"),
    "supervisor": both("主管", "Supervisor"),
    "director": both("总监", "Director"),
    "tech_lead": both("技术主管", "Technical lead"),
}
"""Who a rung of the ladder can name. Never a customer."""
