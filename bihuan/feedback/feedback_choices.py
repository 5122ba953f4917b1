"""The dictionaries of feedback: codes stored, names shown. Sources: S3-02, S3-07…S3-21, S1-01, S4-07."""

from bihuan.core.picklists import Picklist
from bihuan.core.text import Text

CHANNEL_GROUPS: dict[str, Text] = {
    "online": Text("线上", "Online"),
    "offline": Text("线下", "Offline"),
    "third": Text("第三方", "Third party"),
}
_ONLINE = {
    "phone": Text("电话", "Phone"),
    "online_chat": Text("在线客服", "Online chat"),
    "app": Text("App/小程序反馈", "App feedback"),
    "app_store": Text("应用商店评论", "App store review"),
    "wechat": Text("微信公众号", "WeChat"),
    "wecom": Text("企业微信", "WeCom"),
    "weibo": Text("微博", "Weibo"),
    "douyin": Text("抖音", "Douyin"),
    "ecommerce_review": Text("电商评价", "Shop review"),
    "email": Text("邮件", "Email"),
    "web_form": Text("网页表单", "Web form"),
    "sms": Text("短信", "SMS"),
    "ticket": Text("工单系统", "Ticket system"),
    "survey": Text("回访问卷", "Survey"),
}
_OFFLINE = {
    "store": Text("门店", "Shop"),
    "visit": Text("现场拜访", "Site visit"),
    "recording": Text("电话录音", "Call recording"),
    "meeting": Text("座谈会纪要", "Customer meeting"),
    "paper": Text("纸质反馈表", "Paper form"),
}
_THIRD = {
    "p12315": Text("12315", "12315"),
    "p12345": Text("12345", "12345"),
    "complaint_platform": Text("投诉平台", "Complaint platform"),
    "agency": Text("调研机构", "Research agency"),
    "other": Text("其他", "Other"),
}
CHANNELS = Picklist(
    "channel",
    Text("渠道", "Channel"),
    _ONLINE | _OFFLINE | _THIRD,
    dict.fromkeys(_ONLINE, "online") | dict.fromkeys(_OFFLINE, "offline") | dict.fromkeys(_THIRD, "third"),
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
SENTIMENTS: dict[str, Text] = {
    "satisfied": Text("满意", "Satisfied"),
    "neutral": Text("一般", "Neutral"),
    "dissatisfied": Text("不满", "Dissatisfied"),
}
CUSTOMER_TYPES: dict[str, Text] = {"new": Text("新客户", "New customer"), "old": Text("老客户", "Existing")}
_PROBLEM_TYPES = {
    "defect": Text("产品功能缺陷", "Product defect"),
    "service": Text("服务质量", "Service quality"),
    "logistics": Text("物流配送", "Delivery"),
    "aftersales": Text("售后流程", "After-sales"),
    "price": Text("价格争议", "Price dispute"),
    "other": Text("其他", "Other"),
}
PROBLEM_TYPES = Picklist("problem_type", Text("问题类型", "Problem type"), _PROBLEM_TYPES)
SCOPES: dict[str, Text] = {
    "individual": Text("个体问题", "Individual"),
    "general": Text("普遍问题", "General"),
    "systemic": Text("系统性问题", "Systemic"),
}
URGENCIES: dict[str, Text] = {
    "urgent": Text("紧急", "Urgent"),
    "important": Text("重要", "Important"),
    "normal": Text("一般", "Normal"),
}
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
