"""The dictionaries of feedback: codes stored, names shown. Sources: S3-02, S3-07…S3-21, S1-01, S4-07."""

from bihuan.core.picklists import Dictionary
from bihuan.core.text import Text, both

CHANNEL_GROUPS: dict[str, Text] = {
    "online": both("线上", "Online"),
    "offline": both("线下", "Offline"),
    "third": both("第三方", "Third party"),
}
_ONLINE = {
    "phone": both("电话", "Phone"),
    "online_chat": both("在线客服", "Online chat"),
    "app": both("App/小程序反馈", "App feedback"),
    "app_store": both("应用商店评论", "App store review"),
    "wechat": both("微信公众号", "WeChat"),
    "wecom": both("企业微信", "WeCom"),
    "weibo": both("微博", "Weibo"),
    "douyin": both("抖音", "Douyin"),
    "ecommerce_review": both("电商评价", "Shop review"),
    "email": both("邮件", "Email"),
    "web_form": both("网页表单", "Web form"),
    "sms": both("短信", "SMS"),
    "ticket": both("工单系统", "Ticket system"),
    "survey": both("回访问卷", "Survey"),
}
_OFFLINE = {
    "store": both("门店", "Shop"),
    "visit": both("现场拜访", "Site visit"),
    "recording": both("电话录音", "Call recording"),
    "meeting": both("座谈会纪要", "Customer meeting"),
    "paper": both("纸质反馈表", "Paper form"),
}
_THIRD = {
    "p12315": both("12315", "12315"),
    "p12345": both("12345", "12345"),
    "complaint_platform": both("投诉平台", "Complaint platform"),
    "agency": both("调研机构", "Research agency"),
    "other": both("其他", "Other"),
}
CHANNELS = Dictionary(
    "channel",
    both("渠道", "Channel"),
    _ONLINE | _OFFLINE | _THIRD,
    dict.fromkeys(_ONLINE, "online") | dict.fromkeys(_OFFLINE, "offline") | dict.fromkeys(_THIRD, "third"),
)

_NATURES = {
    "consult": both("咨询", "Question"),
    "complaint": both("投诉", "Complaint"),
    "suggestion": both("建议", "Suggestion"),
    "praise": both("表扬", "Praise"),
    "fault": both("故障", "Fault"),
    "requirement": both("需求", "Requirement"),
}
NATURES = Dictionary("nature", both("反馈性质", "Kind of feedback"), _NATURES)
SENTIMENTS: dict[str, Text] = {
    "satisfied": both("满意", "Satisfied"),
    "neutral": both("一般", "Neutral"),
    "dissatisfied": both("不满", "Dissatisfied"),
}
CUSTOMER_TYPES: dict[str, Text] = {"new": both("新客户", "New"), "old": both("老客户", "Existing")}
_PROBLEM_TYPES = {
    "defect": both("产品功能缺陷", "Product defect"),
    "service": both("服务质量", "Service quality"),
    "logistics": both("物流配送", "Delivery"),
    "aftersales": both("售后流程", "After-sales"),
    "price": both("价格争议", "Price dispute"),
    "other": both("其他", "Other"),
}
PROBLEM_TYPES = Dictionary("problem_type", both("问题类型", "Problem type"), _PROBLEM_TYPES)
SCOPES: dict[str, Text] = {
    "individual": both("个体问题", "Individual"),
    "general": both("普遍问题", "General"),
    "systemic": both("系统性问题", "Systemic"),
}
URGENCIES: dict[str, Text] = {
    "urgent": both("紧急", "Urgent"),
    "important": both("重要", "Important"),
    "normal": both("一般", "Normal"),
}
FREQUENCIES: dict[str, Text] = {"occasional": both("偶现", "Occasional"), "persistent": both("持续存在", "Persistent")}
TONES: dict[str, str] = {
    "urgent": "red", "important": "orange", "normal": "secondary",
    "systemic": "red", "general": "orange", "individual": "secondary",
    "dissatisfied": "red", "neutral": "secondary", "satisfied": "green",
}  # fmt: skip

SURE = (90, 80, 70)
"""Levels of confidence, in per cent, from which suggested labels may be accepted many at once."""


def channels() -> list[tuple[str, Text]]:
    return list(CHANNELS.items())


def natures() -> list[tuple[str, Text]]:
    return list(NATURES.items())


def problem_types() -> list[tuple[str, Text]]:
    return list(PROBLEM_TYPES.items())
