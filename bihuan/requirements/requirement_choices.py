"""The dictionaries of requirements. Sources: S2-15…S2-20, S2-43, S3-29, S4-35…S4-37."""

from bihuan.cases.case_choices import REQUIREMENT_CLASSES as CLASSES
from bihuan.cases.case_choices import requirement_classes as classes
from bihuan.core.text import Text

__all__ = ["CLASSES", "DECISIONS", "DISPOSITIONS", "METHODS", "ORDERING", "classes"]

DISPOSITIONS: dict[str, Text] = {
    "first": Text("优先安排", "Do first"),
    "iteration": Text("迭代计划", "Iteration plan"),
    "relief": Text("临时缓解", "Relief"),
    "month_pool": Text("月度计划", "Monthly plan"),
}
METHODS: dict[str, Text] = {
    "interview": Text("访谈", "Interview"),
    "questionnaire": Text("问卷", "Questionnaire"),
    "site": Text("现场调研", "Site research"),
    "feedback": Text("客户反馈", "A customer's feedback item"),
}
ORDERING: tuple[str, ...] = ("value_urgency", "rice", "wsjf", "kano")
"""The schemes a pool can be ordered by."""
DECISIONS: dict[str, Text] = {
    "first": Text("优先安排", "Do first"),
    "iteration": Text("进迭代计划", "Into the iteration plan"),
    "carry": Text("顺延到下月", "Carry over to next month"),
    "drop": Text("判为伪需求", "Mark as not a real need"),
}
"""What a month's review can decide on an item."""
