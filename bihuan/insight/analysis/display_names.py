"""The names of codes and columns in reports."""

from bihuan.insight.classify import labels, sentiment
from bihuan.insight.data.feedback_fields import FIELDS
from bihuan.insight.duplicates import repeats
from bihuan.insight.said import Said

CHANNELS = {
    "phone": Said("电话", "Phone"),
    "online_chat": Said("在线客服", "Online chat"),
    "app": Said("App/小程序反馈", "App feedback"),
    "app_store": Said("应用商店评论", "App store review"),
    "wechat": Said("微信公众号", "WeChat"),
    "wecom": Said("企业微信", "WeCom"),
    "weibo": Said("微博", "Weibo"),
    "douyin": Said("抖音", "Douyin"),
    "ecommerce_review": Said("电商评价", "Shop review"),
    "email": Said("邮件", "Email"),
    "web_form": Said("网页表单", "Web form"),
    "sms": Said("短信", "SMS"),
    "ticket": Said("工单系统", "Ticket system"),
    "survey": Said("回访问卷", "Survey"),
    "store": Said("门店", "Shop"),
    "visit": Said("现场拜访", "Site visit"),
    "recording": Said("电话录音", "Call recording"),
    "meeting": Said("座谈会纪要", "Customer meeting"),
    "paper": Said("纸质反馈表", "Paper form"),
    "p12315": Said("12315", "12315"),
    "p12345": Said("12345", "12345"),
    "complaint_platform": Said("投诉平台", "Complaint platform"),
    "agency": Said("调研机构", "Research agency"),
    "other": Said("其他", "Other"),
}
CUSTOMER_TYPES = {"new": Said("新客户", "New"), "old": Said("老客户", "Existing")}
NOISE = {
    "empty": Said("没有内容", "No content"),
    "test": Said("测试数据", "Test data"),
    "spam": Said("广告", "Advertisement"),
}
NO_PROBLEM = {"praise": Said("表扬", "Praise"), "question": Said("咨询与疑问", "Question")}
WEEKDAYS = (
    Said("周一", "Mon"), Said("周二", "Tue"), Said("周三", "Wed"), Said("周四", "Thu"), Said("周五", "Fri"),
    Said("周六", "Sat"), Said("周日", "Sun"),
)  # fmt: skip
NOT_GIVEN = Said("未填写", "Not given")
COLUMN = {
    **FIELDS,
    "row_id": Said("编号", "Row"),
    "customer_id": FIELDS["customer_no"],
    "noise": Said("无效内容", "Noise"),
    "duplicate_of": Said("重复于", "Repeats"),
    "duplicate_kind": Said("重复方式", "Kind of repeat"),
    "problem_id": Said("问题", "Problem"),
    "words": Said("关键词", "Words"),
    "province": Said("省份", "Province"),
    "week": Said("周", "Week"),
    "sentiment": Said("情绪", "Mood"),
    "problem_type_confidence": Said("类型把握", "Type: how sure"),
    "sentiment_confidence": Said("情绪把握", "Mood: how sure"),
    "urgency_confidence": Said("紧急把握", "Urgency: how sure"),
}
_CODES: dict[str, dict[str, Said]] = {
    "channel": CHANNELS,
    "customer_type": CUSTOMER_TYPES,
    "problem_type": {**labels.NAMES["problem_type"], **labels.SECOND, **NO_PROBLEM},
    "sentiment": sentiment.NAMES,
    "urgency": labels.NAMES["urgency"],
    "noise": NOISE,
    "duplicate_kind": repeats.KINDS | {"copy": Said("与他人的文字相同", "Words of another customer")},
}


def name_of(column: str, code: str) -> Said:
    """The name of one value of a column; a value without a code is its own name."""
    if not code:
        return NOT_GIVEN
    return _CODES.get(column, {}).get(code) or Said(code, code)
