"""Two problems as several customers tell them."""

from __future__ import annotations

from typing import Any

from bihuan.audit.models import Actor
from bihuan.feedback.models import Feedback
from bihuan.findings.models import Problem
from tests.domain.feedback.feedback_samples import make_feedback

PAYING = (
    "付款的时候一直转圈，最后提示支付失败",
    "付款时一直转圈，最后提示支付失败了",
    "付款的时候一直在转圈最后提示支付失败",
)
WHITE = ("升级 3.2 后打开对账单页面就白屏", "升级 3.2 之后一打开对账单页面就白屏")


def make_feedback_items(cast: Any, texts: tuple[str, ...], **more: Any) -> list[Feedback]:
    return [make_feedback(cast, text, account=f"customer-{n}", **more) for n, text in enumerate(texts)]


def make_problem(feedback_items: list[Feedback], title: str = "支付失败") -> Problem:
    return Problem.propose(
        [v.pk for v in feedback_items], by=Actor.system(), title=title, keywords=["支付", "转圈"], method="test/1"
    )
