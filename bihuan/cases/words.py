"""The dictionaries of cases. Sources: S1-15, S2-15, S4-13, S4-16, C-05, C-09, practice notes 1."""

from bihuan.core.text import Text, both

KINDS: dict[str, Text] = {
    "problem": both("问题", "Problem"),
    "requirement": both("需求", "Requirement"),
    "complaint": both("投诉", "Complaint"),
    "improvement": both("优化", "Improvement"),
}
REQUIREMENT_TYPES: dict[str, Text] = {
    "function": both("功能需求", "Function"),
    "service": both("服务需求", "Service"),
    "repair": both("问题解决", "Repair"),
}
REQUIREMENT_CLASSES: dict[str, Text] = {
    "business": both("业务型", "Business"),
    "experience": both("体验型", "Experience"),
    "strategic": both("战略型", "Strategic"),
    "technical": both("技术型", "Technical"),
}
TECHNICAL_TYPES: dict[str, Text] = {
    "function": both("功能类", "Function"),
    "performance": both("性能类", "Performance"),
    "compatibility": both("兼容类", "Compatibility"),
    "environment": both("环境类", "Environment"),
}
FREQUENCIES: dict[str, Text] = {"occasional": both("偶现", "Occasional"), "persistent": both("持续存在", "Persistent")}
EXTENTS: dict[str, Text] = {
    "single_user": both("单个用户", "One user"),
    "department": both("整个部门", "A department"),
    "single_customer": both("单个客户", "One customer"),
    "several_customers": both("多个客户", "Several customers"),
    "systemic": both("系统性", "Systemic"),
}
WAITING: dict[str, Text] = {
    "customer": both("等客户", "Waiting for the customer"),
    "third_party": both("等第三方", "Waiting for a third party"),
}
"""The only two reasons for which clocks stand still (C-25)."""
