"""What the labels of feedback are called: code and name. Product, engine and reports read them here (S3-07…S3-21)."""

from bihuan.core.text import Text

ONLINE: dict[str, Text] = {
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
OFFLINE: dict[str, Text] = {
    "store": Text("门店", "Shop"),
    "visit": Text("现场拜访", "Site visit"),
    "recording": Text("电话录音", "Call recording"),
    "meeting": Text("座谈会纪要", "Customer meeting"),
    "paper": Text("纸质反馈表", "Paper form"),
}
THIRD_PARTY: dict[str, Text] = {
    "p12315": Text("12315", "12315"),
    "p12345": Text("12345", "12345"),
    "complaint_platform": Text("投诉平台", "Complaint platform"),
    "agency": Text("调研机构", "Research agency"),
    "other": Text("其他", "Other"),
}
"""Channels by group: through the company's own services, in person or on paper, through others."""

CUSTOMER_TYPES: dict[str, Text] = {"new": Text("新客户", "New customer"), "old": Text("老客户", "Existing")}
PROBLEM_TYPES: dict[str, Text] = {
    "defect": Text("产品功能缺陷", "Product defect"),
    "service": Text("服务质量", "Service quality"),
    "logistics": Text("物流配送", "Delivery"),
    "aftersales": Text("售后流程", "After-sales"),
    "price": Text("价格争议", "Price dispute"),
    "other": Text("其他", "Other"),
}
SCOPES: dict[str, Text] = {
    "individual": Text("个体问题", "Individual"),
    "general": Text("普遍问题", "General"),
    "systemic": Text("系统性问题", "Systemic"),
}
SENTIMENTS: dict[str, Text] = {
    "satisfied": Text("满意", "Satisfied"),
    "neutral": Text("一般", "Neutral"),
    "dissatisfied": Text("不满", "Dissatisfied"),
}
URGENCIES: dict[str, Text] = {
    "urgent": Text("紧急", "Urgent"),
    "important": Text("重要", "Important"),
    "normal": Text("一般", "Normal"),
}
