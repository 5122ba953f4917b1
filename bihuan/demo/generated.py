"""Invented feedback items and cases in any number, the same ones each time (seeded)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from bihuan.cases.models import CaseFeedback
from bihuan.core import clock
from bihuan.customers.models import CustomerDetails
from bihuan.feedback import feedback_choices
from bihuan.feedback.intake import FeedbackDraft, receive_many
from bihuan.insight.duplicate_detection.text_likeness import fingerprint
from bihuan.people.models import User

WHO = ("我", "我们店", "我妈妈", "公司同事", "好几个客户")
WHERE = ("付款页面", "登录页", "订单列表", "退款申请", "物流查询", "发票下载", "会员中心", "客服窗口")
WHAT = (
    "一直转圈",
    "提示超时",
    "点了没反应",
    "显示的金额不对",
    "等了三天没人回",
    "态度很差",
    "收到的是坏的",
    "少发了一件",
)
SINCE = ("从昨天开始", "升级以后", "周末两天", "每天早上九点", "第二次遇到了")
PRODUCTS = ("青禾商城", "青禾钱包", "青禾办公", "青禾会员")
VERSIONS = ("V3.1.2", "V3.2.0", "V3.2.1")
CHANNELS = tuple(feedback_choices.CHANNELS)
SYSTEMS = ("Android", "iOS", "微信小程序", "PC网页")


def drafts(count: int, start: int = 0, seed: int = 7) -> Iterator[FeedbackDraft]:
    """``count`` feedback items over the last ninety days, a third with a contact; two by two they say the same, so that
    every page has a similar feedback item of another customer to show, however few there are."""
    now = clock.now()
    for n in range(start, start + count):
        chance = random.Random(seed + n // 2)  # noqa: S311  invented data
        text = f"{chance.choice(WHO)}在{chance.choice(WHERE)}{chance.choice(WHAT)}，{chance.choice(SINCE)}，订单尾号{n // 2:06d}。"
        yield FeedbackDraft(
            key=f"bench-{n}",
            text=text,
            channel=CHANNELS[n // 2 % len(CHANNELS)],
            customer=CustomerDetails(f"b{n % 5000}"),
            contact=f"139{n:08d}" if n % 3 == 1 else "",
            fields={
                "received_at": now - timedelta(minutes=chance.randrange(90 * 24 * 60)),
                "product": chance.choice(PRODUCTS),
                "app_version": chance.choice(VERSIONS),
                "system": chance.choice(SYSTEMS),
                "fingerprint": fingerprint(text),
            },
        )


def fill(feedback_items: int, cases: int, by: User, start: int = 0) -> None:
    """Take in the feedback items in blocks of 1,000, and open cases on the first of them."""
    for at in range(start, start + feedback_items, 1000):
        block = list(drafts(min(1000, start + feedback_items - at), at))
        taken = receive_many(block, by=by.actor, source="bench", team=by.team)
        for one in taken[: max(0, min(len(taken), cases))]:
            feedback = one.feedback
            CaseFeedback.open_case([feedback], by=by, title=feedback.text[:40], kind="problem", owner=by)
        cases -= len(taken)
