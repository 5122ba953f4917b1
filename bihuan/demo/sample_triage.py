"""The demo's feedback items to sort: repeats of one customer, one problem of three customers, a dispute, an advertisement."""

from __future__ import annotations

from datetime import timedelta

from bihuan.core import clock
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Dispute, Feedback, Labelling, Merge
from bihuan.people.models import User

FEEDBACK: tuple[tuple[str, str, str, int], ...] = (
    ("hengyuan", "phone", "升级到 3.2 以后，打开对账单页面就白屏，财务今天要结账，全公司都用不了，很着急！", 2),
    ("lanjing", "online_chat", "升级 3.2 之后对账单页面打开就白屏，财务没法结账", 5),
    ("chenxi", "app", "升级 3.2 版本后对账单页面打开白屏，财务结不了账", 20),
    ("li-ms", "wechat", "我买的净水器漏水了，滤芯刚换的，客服说三天内上门，到现在没有人联系我", 26),
    ("li-ms", "phone", "净水器还在漏水，说好三天内上门的，没有人联系我，我要投诉", 3),
    ("zhang-mr", "ecommerce_review", "包裹晚了四天才到，箱子还压坏了，客服态度倒是挺好", 30),
    ("zhang-mr", "app", "建议积分可以直接抵运费，现在兑换太麻烦", 50),
    ("", "weibo", "专业刷好评加微信号 demo-ad-88，低价包过，代理加盟", 8),
    ("", "web_form", "测试测试123", 9),
    ("lanjing", "email", "导出的库存表少了两列，不知道是改版了还是我们操作不对", 28),
    ("hengyuan", "visit", "上个月的实施顾问很专业，帮我们把审批流程理顺了，提出表扬", 54),
    ("chenxi", "phone", "续费价格比去年涨了三成，没有提前通知，要求给个说法", 33),
)


def build(people: dict[str, User]) -> None:
    """Feedback items of the last days, most of them still to be triaged."""
    rows = [_receive(people, *feedback) for feedback in FEEDBACK]
    Merge.make(rows[4], rows[3], by=people["lin"])
    for place, labels in (
        (5, {"problem_type": "logistics", "scope": "individual", "urgency": "normal", "sentiment": "dissatisfied"}),
        (10, {"problem_type": "service", "scope": "individual", "urgency": "normal", "sentiment": "satisfied"}),
    ):
        Labelling.give(rows[place], labels, by=people["lin"])
    Dispute.open(rows[9], by=people["lin"], reason="是导出功能缺陷，还是客户隐藏了列？")


def _receive(people: dict[str, User], account: str, channel: str, text: str, hours: int) -> Feedback:
    return receive(
        by=people["lin"].actor,
        source="demo",
        key=f"triage-{text[:12]}",
        text=text,
        channel=channel,
        customer={"account": account} if account else None,
        team=people["lin"].team,
        received_at=clock.now() - timedelta(hours=hours),
    )
