"""The dictionaries of cases. Sources: S1-15, S2-15, S4-13, S4-16, C-05, C-09, practice notes 1."""

from bihuan.core.picklists import Dictionary
from bihuan.core.text import Text, both
from bihuan.deadlines.deadline_choices import WAITING as WAITING
from bihuan.feedback.feedback_choices import FREQUENCIES as FREQUENCIES
from bihuan.insight.data import priority_schemes as insight_schemes

KINDS: dict[str, Text] = {
    "problem": both("问题", "Problem"),
    "requirement": both("需求", "Requirement"),
    "complaint": both("投诉", "Complaint"),
    "improvement": both("优化", "Improvement"),
}
REQUIREMENT_TYPES = Dictionary(
    "requirement_type",
    both("需求性质", "Nature of the requirement"),
    {
        "function": both("功能需求", "Function"),
        "service": both("服务需求", "Service"),
        "repair": both("问题解决", "Repair"),
    },
)
REQUIREMENT_CLASSES = Dictionary(
    "requirement_class",
    both("需求分类", "Class of the requirement"),
    {
        "business": both("业务型", "Business"),
        "experience": both("体验型", "Experience"),
        "strategic": both("战略型", "Strategic"),
        "technical": both("技术型", "Technical"),
    },
)
TECHNICAL_TYPES = Dictionary(
    "technical_type",
    both("技术类型", "Technical type"),
    {
        "function": both("功能类", "Function"),
        "performance": both("性能类", "Performance"),
        "compatibility": both("兼容类", "Compatibility"),
        "environment": both("环境类", "Environment"),
    },
)
EXTENTS: dict[str, Text] = {
    "single_user": both("单个用户", "One user"),
    "department": both("整个部门", "A department"),
    "single_customer": both("单个客户", "One customer"),
    "several_customers": both("多个客户", "Several customers"),
    "systemic": both("系统性", "Systemic"),
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
TALK_KINDS: dict[str, Text] = {
    "receipt": both("告知收到", "Receipt"),
    "confirm": both("核实确认", "Confirm"),
    "progress": both("告知进展", "Progress"),
    "delay": both("告知延期", "Delay"),
    "soothe": both("安抚", "Soothe"),
    "closing": both("告知结果", "Closing"),
}
TALK_WAYS: dict[str, Text] = {
    "phone": both("电话", "Phone"),
    "online_chat": both("在线客服", "Online chat"),
    "wechat": both("微信", "WeChat"),
    "sms": both("短信", "SMS"),
    "email": both("邮件", "Email"),
    "visit": both("上门", "Visit"),
    "other": both("其他", "Other"),
}
DECLINES: dict[str, Text] = {
    "pseudo": both("伪需求", "Not a real need"),
    "out_of_scope": both("不在服务范围", "Out of scope"),
    "misuse": both("使用方式问题", "A matter of use"),
    "withdrawn": both("客户撤回", "Withdrawn by the customer"),
}


def requirement_types() -> list[tuple[str, Text]]:
    return list(REQUIREMENT_TYPES.items())


def requirement_classes() -> list[tuple[str, Text]]:
    return list(REQUIREMENT_CLASSES.items())


def technical_types() -> list[tuple[str, Text]]:
    return list(TECHNICAL_TYPES.items())
