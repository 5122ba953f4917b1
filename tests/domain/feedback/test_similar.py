"""Repeats and similar feedback items are found among thousands, in a fixed number of queries, with reasons in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.feedback import similar
from bihuan.feedback.models import Feedback
from bihuan.feedback.similar import Band, index_many, repeats_of, scope_of, similar_to, similar_to_each
from tests.domain.feedback.feedback_samples import CRASH, make_feedback

pytestmark = pytest.mark.django_db


def crowd(cast: Any, size: int) -> list[Feedback]:
    """Feedback items that have nothing to do with each other."""
    words = ["发票", "物流", "客服", "会员", "积分", "登录", "页面", "地址", "优惠", "活动", "颜色", "尺寸"]
    rows = [
        Feedback(
            number=f"X-{n}",
            source="crowd",
            source_key=str(n),
            channel="phone",
            recorder=cast["lin"].actor,
            text="，".join(f"{words[(n * k + k) % 12]}{chr(0x4E00 + (n * 37 * k) % 9000)}事项" for k in range(1, 7)),
        )
        for n in range(size)
    ]
    Feedback.objects.bulk_create(rows)
    index_many(rows)
    return rows


def test_an_exact_repeat_is_found_among_5000_in_two_queries(cast: Any, django_assert_num_queries: Any):
    crowd(cast, 5000)
    first, again = make_feedback(cast, CRASH, "lanjing"), make_feedback(cast, f"你好！{CRASH}。谢谢", "chenxi")
    with django_assert_num_queries(2):
        found = similar_to(again)
    assert [one.feedback for one in found] == [first]
    assert found[0].score == 1
    assert found[0].reason.zh != found[0].reason.en


def test_many_feedback_items_are_compared_in_the_same_two_queries(cast: Any, django_assert_num_queries: Any):
    rows = crowd(cast, 200)
    ours = [make_feedback(cast, CRASH, f"account-{n}") for n in range(5)]
    with django_assert_num_queries(2):
        found = similar_to_each([*ours, *rows[:50]])
    assert {pk: len(hits) for pk, hits in found.items() if pk in {v.pk for v in ours}} == {v.pk: 4 for v in ours}


def test_the_same_customer_telling_again_is_a_repeat_and_not_another_customer(
    cast: Any, django_assert_num_queries: Any
):
    first, again = make_feedback(cast, CRASH, "lanjing"), make_feedback(cast, CRASH + "，请尽快处理", "lanjing")
    make_feedback(cast, "请问发票什么时候可以开好？", "lanjing")
    with django_assert_num_queries(1):
        found = repeats_of(again)
    assert [one.feedback for one in found] == [first]
    assert "同一客户" in found[0].reason.zh
    assert "Same customer" in found[0].reason.en
    assert similar_to(again) == []


def test_one_contact_without_a_customer_is_the_same_person(cast: Any):
    first = make_feedback(cast, CRASH, contact="13700000021")
    assert [one.feedback for one in repeats_of(make_feedback(cast, CRASH, contact="13700000021"))] == [first]


def test_a_customer_asking_again_after_it_is_shown_with_what_they_asked_about(cast: Any):
    first = make_feedback(cast, CRASH, "lanjing")
    assert [one.feedback for one in repeats_of(make_feedback(cast, "怎么还没处理？请尽快处理", "lanjing"))] == [first]


def test_months_later_it_is_a_new_feedback_item(cast: Any, at: Any):
    at("2026-06-01 09:00")
    make_feedback(cast, CRASH, "lanjing")
    at("2026-11-22 14:05")
    assert repeats_of(make_feedback(cast, CRASH, "lanjing")) == []


def test_an_anonymous_feedback_item_has_no_repeats_but_may_be_similar(cast: Any):
    make_feedback(cast, CRASH)
    again = make_feedback(cast, CRASH)
    assert repeats_of(again) == []
    assert len(similar_to(again)) == 1


def test_what_says_nothing_is_not_similar_to_anything(cast: Any):
    make_feedback(cast, "测试", "lanjing")
    assert similar_to(make_feedback(cast, "测试", "chenxi")) == []


def test_the_third_distinct_customer_makes_a_problem_general(cast: Any):
    make_feedback(cast, CRASH, "lanjing")
    make_feedback(cast, CRASH, "lanjing")
    second = make_feedback(cast, CRASH, "chenxi")
    assert scope_of(second, similar_to(second)).code == "individual"
    anonymous = make_feedback(cast, CRASH)
    assert scope_of(anonymous, similar_to(anonymous)).code == "individual"
    third = make_feedback(cast, CRASH, "hengyuan")
    assert scope_of(third, similar_to(third)).code == "general"


def test_a_text_repeated_thousands_of_times_does_not_slow_the_search(cast: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        similar, "_NEWEST_OF_KEY", similar._NEWEST_OF_KEY.replace(f"LIMIT {similar.NEWEST})", "LIMIT 5)")
    )
    repeats = [make_feedback(cast, CRASH, f"account-{n}") for n in range(20)]
    # Of each key the newest five rows were read, the feedback item's own among them.
    assert {one.feedback for one in similar_to(make_feedback(cast, CRASH, "last"))} == set(repeats[-4:])


def test_a_feedback_item_taken_away_takes_its_keys_with_it(cast: Any):
    feedback = crowd(cast, 1)[0]
    assert Band.objects.filter(feedback=feedback).count() == 16
    feedback.delete()
    assert not Band.objects.exists()


def test_every_received_feedback_item_carries_suggestions_with_reasons_in_both_languages(cast: Any):
    feedback = make_feedback(cast, "客服态度恶劣，太让人生气了，我要投诉", "lanjing")
    for axis in ("problem_type", "urgency", "sentiment", "nature"):
        one = feedback.suggested[axis]
        assert 0 < one["confidence"] <= 1
        assert all(zh and en and zh != en for zh, en in one["reasons"])
    assert feedback.suggested["problem_type"]["code"] == "service"
    assert feedback.suggested["method"]
    assert make_feedback(cast, "。。。").suggested["noise"]["kind"] == "empty"
