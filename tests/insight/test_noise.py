import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.text.noise import noise

from . import exports


@pytest.mark.parametrize(
    "text", ["", "   ", "。。。", "？！", "\u200b", "此用户没有填写评论！", "系统默认好评", "n/a", "无", "您好"]
)
def test_feedback_without_content_is_empty(text):
    assert noise(text).kind == "empty"


@pytest.mark.parametrize(
    "text", ["测试", "test 测试 123", "TEST123", "asdfgh", "1", "请忽略，测试数据", "ＴＥＳＴ", "11111"]
)
def test_a_trial_entry_is_test(text):
    found = noise(text)
    assert found.kind == "test"
    assert found.reason.zh
    assert found.reason.en


@pytest.mark.parametrize(
    "text",
    [
        "兼职刷单日结，加微信 abc12345",
        "免费领取教程，限时优惠，扫码进群",
        "代开发票，加QQ：123456789",
        "Free gift and promo code, click here https://spam.example",
    ],
)
def test_an_advertisement_with_a_contact_is_spam(text):
    assert noise(text).kind == "spam"


@pytest.mark.parametrize(
    "text",
    [
        "测试环境一直连不上，耽误我们上线",
        "test page does not load on my phone",
        "加了客服微信没人回",
        "扫码付款失败",
        "免费试用期还没到就扣钱",
        "差差差",
        "😡😡",
        "退款1元",
        "好难用",
        "关注公众号以后收不到通知",
    ],
)
def test_a_short_feedback_that_says_something_is_kept(text):
    assert noise(text).kind == ""


@given(st.lists(st.sampled_from("订单一直没有收到货物客服也不回复我很着急希望处理"), min_size=12, max_size=80))
def test_ordinary_sentences_are_never_noise(letters):
    assert noise("昨天" + "".join(letters) + "，请处理").kind == ""


@pytest.mark.data
def test_noise_is_found_with_few_false_alarms_in_the_export(shared):
    rows = exports.truth(shared, "demo_export")
    found = {row["id"]: noise(row["text"]).kind for row in rows}
    true = {row["id"]: row["truth"]["noise"] for row in rows}
    flagged = [key for key, kind in found.items() if kind]
    right = [key for key in flagged if true[key] in ("empty_or_test", "spam")]
    assert len(right) / len(flagged) >= 0.98
    empty = [key for key, kind in true.items() if kind == "empty_or_test"]
    assert sum(found[key] in ("empty", "test") for key in empty) / len(empty) >= 0.99
