import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.duplicate_detection.copied_noise import noise_with_copies
from bihuan.insight.text.noise import noise

from . import exports

POST = "大家都去关注那个公众号，里面什么都有"


def kinds(texts, customers=None):
    return [found.kind for found in noise_with_copies(texts, customers)]


def test_the_same_words_with_a_door_from_three_customers_are_spam():
    assert kinds([POST, POST + "！", POST, "洗衣机漏水"]) == ["spam", "spam", "spam", ""]
    assert "3" in noise_with_copies([POST] * 3)[0].reason.zh


def test_one_customer_who_writes_three_times_is_no_noise():
    assert kinds([POST] * 3, ["C1"] * 3) == [""] * 3
    assert kinds([POST] * 3, ["C1", "C2", "C3"]) == ["spam"] * 3


def test_the_same_text_of_many_without_contact_data_is_no_noise():
    assert kinds(["快递一个星期了还没有送到"] * 5) == [""] * 5
    assert kinds(["扫码付款失败"] * 2) == [""] * 2


@given(st.lists(st.text(max_size=12), max_size=8, unique=True))
def test_a_single_text_is_classified_as_by_noise(texts):
    assert [one or two for one, two in zip(kinds(texts), [noise(t).kind for t in texts], strict=True)] == kinds(texts)


@pytest.mark.data
def test_noise_of_the_export_is_found(shared):
    rows = exports.truth(shared, "demo_export")
    found = noise_with_copies([row["text"] for row in rows], [row["customer_no"] for row in rows])
    true = [row["truth"]["noise"] for row in rows]
    flagged = [kind for one, kind in zip(found, true, strict=True) if one.kind]
    right = sum(kind in ("empty_or_test", "spam") for kind in flagged)
    assert right / len(flagged) >= 0.95
    assert right / sum(kind in ("empty_or_test", "spam") for kind in true) >= 0.85
