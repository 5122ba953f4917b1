"""The dictionaries of cases. Sources: S1-15, S2-15, S4-13, S4-16, C-05, C-09, practice notes 1."""

from bihuan.core.picklists import Picklist
from bihuan.core.text import Text
from bihuan.deadlines.deadline_choices import PAUSE_REASONS as PAUSE_REASONS
from bihuan.feedback.feedback_choices import FREQUENCIES as FREQUENCIES
from bihuan.insight.data import builtin_priority_schemes as insight_schemes

KINDS: dict[str, Text] = {
    "problem": Text("问题", "Problem"),
    "requirement": Text("需求", "Requirement"),
    "complaint": Text("投诉", "Complaint"),
    "improvement": Text("优化", "Improvement"),
}
REQUIREMENT_TYPES = Picklist(
    "requirement_type",
    Text("需求性质", "Kind of requirement"),
    {
        "function": Text("功能需求", "Function"),
        "service": Text("服务需求", "Service"),
        "repair": Text("问题解决", "Repair"),
    },
)
REQUIREMENT_CLASSES = Picklist(
    "requirement_class",
    Text("需求分类", "Requirement class"),
    {
        "business": Text("业务型", "Business"),
        "experience": Text("体验型", "Experience"),
        "strategic": Text("战略型", "Strategic"),
        "technical": Text("技术型", "Technical"),
    },
)
TECHNICAL_TYPES = Picklist(
    "technical_type",
    Text("技术类型", "Technical type"),
    {
        "function": Text("功能类", "Function"),
        "performance": Text("性能类", "Performance"),
        "compatibility": Text("兼容类", "Compatibility"),
        "environment": Text("环境类", "Environment"),
    },
)
EXTENTS: dict[str, Text] = {
    "single_user": Text("单个用户", "One user"),
    "department": Text("整个部门", "A department"),
    "single_customer": Text("单个客户", "One customer"),
    "several_customers": Text("多个客户", "Several customers"),
    "systemic": Text("系统性", "Systemic"),
}

SCHEME_OF: dict[str, str] = {
    "requirement": "urgent_important",
    "problem": "p_level",
    "complaint": "four_quadrant",
    "improvement": "four_quadrant",
}
"""The scheme a kind of case is judged by unless another is chosen (C-01)."""
NEEDED_TYPE: dict[str, tuple[str, ...]] = {
    "requirement": ("requirement_type",),
    "problem": ("technical_type", "problem_type"),
    "complaint": ("problem_type",),
    "improvement": ("requirement_type", "problem_type"),
}
"""Of these dictionaries one must be chosen before the case goes on (C-05)."""
DISPOSITIONS: dict[str, Text] = {k: Text(v["zh"], v["en"]) for k, v in insight_schemes.DISPOSITIONS.items()}
COMMUNICATION_KINDS: dict[str, Text] = {
    "receipt": Text("告知收到", "Receipt"),
    "confirm": Text("核实确认", "Confirm"),
    "progress": Text("告知进展", "Progress"),
    "delay": Text("告知延期", "Delay"),
    "soothe": Text("安抚", "Soothe"),
    "closing": Text("告知结果", "Result"),
}
COMMUNICATION_CHANNELS: dict[str, Text] = {
    "phone": Text("电话", "Phone"),
    "online_chat": Text("在线客服", "Online chat"),
    "wechat": Text("微信", "WeChat"),
    "sms": Text("短信", "SMS"),
    "email": Text("邮件", "Email"),
    "visit": Text("上门", "Visit"),
    "other": Text("其他", "Other"),
}
DECLINES: dict[str, Text] = {
    "pseudo": Text("伪需求", "Not a real need"),
    "out_of_scope": Text("不在服务范围", "Out of scope"),
    "misuse": Text("使用方式问题", "A matter of use"),
    "withdrawn": Text("客户撤回", "Withdrawn by the customer"),
}


def requirement_types() -> list[tuple[str, Text]]:
    return list(REQUIREMENT_TYPES.items())


def requirement_classes() -> list[tuple[str, Text]]:
    return list(REQUIREMENT_CLASSES.items())


def technical_types() -> list[tuple[str, Text]]:
    return list(TECHNICAL_TYPES.items())
