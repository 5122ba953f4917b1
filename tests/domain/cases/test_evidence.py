"""What stored events say about a scheme's inputs, each value with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.cases.assessment_evidence import _MONEY, amount, evidence
from bihuan.cases.models import Case, CaseFeedback
from bihuan.customers.models import Customer
from bihuan.deadlines.models import Scheme
from bihuan.feedback.intake import receive

pytestmark = pytest.mark.django_db


def values(case: Case, scheme: str) -> dict[str, Any]:
    found = evidence(case, Scheme.current(scheme))
    assert all(why.zh and why.en for _, why in found.values())
    return {code: value for code, (value, _) in found.items()}


@pytest.mark.parametrize(
    ("said", "yuan"),
    [("损失3万元", 30_000), ("赔了 1.5 万元", 15_000), ("八百块", 800), ("十五万元", 150_000), ("几十万元", 200_000), ("上万元", 10_000), ("500元", 500)],
)  # fmt: skip
def test_money_spoken_of_is_read(said: str, yuan: int):
    assert max(amount(hit) for hit in _MONEY.finditer(said)) == yuan


@pytest.mark.parametrize(
    ("fields", "impact"),
    [
        ({"description": "停了一天，损失十五万元"}, "high"),
        ({"extent": "several_customers"}, "high"),
        ({"affected_customers": 3}, "high"),
        ({"description": "损失三万元", "extent": "single_user"}, "medium"),
        ({"affected_users": 4}, "medium"),
        ({"extent": "single_user"}, "low"),
        ({}, None),
    ],
)
def test_impact_follows_money_and_customers(cast: Any, fields: dict[str, Any], impact: str | None):
    case = Case.open(by=cast["lin"], title="一件事", kind="problem", **fields)
    assert values(case, "impact_urgency").get("impact") == impact


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("充电器起火冒烟", "safety"),
        ("已经联系记者曝光", "media"),
        ("要起诉你们，律师函已发", "legal"),
        ("我们多位业主集体维权", "group_complaint"),
    ],
)
@pytest.mark.parametrize("scheme", ["urgent_important", "p_level", "rice", "kano", "hotline_12345"])
def test_words_of_danger_suggest_the_forced_mark_in_every_scheme(cast: Any, words: str, mark: str, scheme: str):
    case = Case.open(by=cast["lin"], title="一件事", kind="problem", description=words)
    assert values(case, scheme)[mark] is True


def test_an_outside_channel_is_regulatory(cast: Any):
    case = Case.open(by=cast["lin"], title="一件事", kind="complaint", channel="p12315")
    assert values(case, "four_quadrant")["legal"] is True


def test_paying_peak_and_reach_come_from_customer_words_and_feedback_items(cast: Any):
    feedback_items = [
        receive(by=cast["lin"].actor, source="t", text=f"高峰期下单失败{n}", channel="phone", customer={"account": who})
        for n, who in enumerate(("hengyuan", "lanjing", "chenxi"))
    ]
    payer = Customer.objects.get(account="hengyuan")
    case = CaseFeedback.open_case(feedback_items, by=cast["lin"], title="一件事", kind="problem", customer=payer)
    assert values(case, "rice")["reach"] == 3
    assert values(case, "p_level") == {"paying": True, "peak": True}
    assert values(case, "urgent_important")["important"] == [0, 1]


def test_water_and_heat_are_the_12345_matter_and_danger_above_them(cast: Any):
    supply = Case.open(by=cast["lin"], title="小区停水两天", kind="complaint")
    danger = Case.open(by=cast["lin"], title="停电后电线起火", kind="complaint")
    assert values(supply, "hotline_12345")["matter"] == "supply"
    assert values(danger, "hotline_12345")["matter"] == "danger"
