"""The milestones a clock can run towards. Sources: C-03, requirements section 11."""

from bihuan.core.text import Text, both

MILESTONES: dict[str, Text] = {
    "respond": both("响应", "Respond"),
    "start": both("启动处理", "Start"),
    "plan": both("出方案", "Plan"),
    "relief": both("临时缓解", "Relief"),
    "resolve": both("解决", "Resolve"),
    "revisit": both("回访", "Revisit"),
    "evaluate": both("效果评估", "Evaluate"),
    "customer_update": both("告知客户进展", "Tell the customer"),
}
