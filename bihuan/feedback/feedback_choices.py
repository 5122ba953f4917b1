"""The dictionaries of feedback: codes stored, names shown. Sources: S3-02, S3-07…S3-21, S1-01, S4-07."""

from bihuan.core.picklists import Picklist
from bihuan.core.text import Text
from bihuan.insight.data import label_names
from bihuan.insight.data.label_names import OFFLINE, ONLINE, THIRD_PARTY

CHANNEL_GROUPS: dict[str, Text] = {
    "online": Text("线上", "Online"),
    "offline": Text("线下", "Offline"),
    "third": Text("第三方", "Third party"),
}
CHANNELS = Picklist(
    "channel",
    Text("渠道", "Channel"),
    ONLINE | OFFLINE | THIRD_PARTY,
    dict.fromkeys(ONLINE, "online") | dict.fromkeys(OFFLINE, "offline") | dict.fromkeys(THIRD_PARTY, "third"),
)

_NATURES = {
    "consult": Text("咨询", "Question"),
    "complaint": Text("投诉", "Complaint"),
    "suggestion": Text("建议", "Suggestion"),
    "praise": Text("表扬", "Praise"),
    "fault": Text("故障", "Fault"),
    "requirement": Text("需求", "Requirement"),
}
NATURES = Picklist("nature", Text("反馈性质", "Kind of feedback"), _NATURES)
PROBLEM_TYPES = Picklist("problem_type", Text("问题类型", "Problem type"), label_names.PROBLEM_TYPES)
SENTIMENTS = label_names.SENTIMENTS
CUSTOMER_TYPES = label_names.CUSTOMER_TYPES
SCOPES = label_names.SCOPES
URGENCIES = label_names.URGENCIES
FREQUENCIES: dict[str, Text] = {"occasional": Text("偶现", "Occasional"), "persistent": Text("持续存在", "Persistent")}
TONES: dict[str, str] = {
    "urgent": "red", "important": "orange", "normal": "secondary",
    "systemic": "red", "general": "orange", "individual": "secondary",
    "dissatisfied": "red", "neutral": "secondary", "satisfied": "green",
}  # fmt: skip

CONFIDENCE_LEVELS = (90, 80, 70)
"""Levels of confidence, in per cent, from which suggested labels may be accepted in bulk."""


def channels() -> list[tuple[str, Text]]:
    return list(CHANNELS.items())


def natures() -> list[tuple[str, Text]]:
    return list(NATURES.items())


def problem_types() -> list[tuple[str, Text]]:
    return list(PROBLEM_TYPES.items())
