import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.classify.sentiment import polarity, sentiment
from bihuan.insight.data.label_names import SENTIMENTS

from . import exports

GOOD = [
    "非常满意，师傅很热情",
    "味道不错，下次还会再来",
    "没有异味，很干净",
    "虽然有点贵，但是质量很好",
    "👍👍",
    "Great service, very helpful",
]
BAD = [
    "太失望了，再也不会买",
    "不好吃",
    "服务态度极差",
    "房间很漂亮，但是隔音太差，吵得睡不着",
    "😡😡",
    "Terrible, it broke and nobody answers",
    "not good at all",
]


@pytest.mark.parametrize("text", GOOD)
def test_words_of_liking_are_satisfied(text):
    assert sentiment(text).code == "satisfied"


@pytest.mark.parametrize("text", BAD)
def test_words_of_dislike_are_dissatisfied(text):
    assert sentiment(text).code == "dissatisfied"


@pytest.mark.parametrize("text", ["", "昨天下午三点", "一般般，中规中矩"])
def test_a_text_without_leaning_is_neutral(text):
    assert sentiment(text).code == "neutral"


@pytest.mark.parametrize(
    ("score", "code"), [(1, "dissatisfied"), (2, "dissatisfied"), (3, "neutral"), (5, "satisfied")]
)
def test_a_given_rating_outranks_the_words(score, code):
    assert sentiment("非常满意", score=score).code == code


def test_the_reasons_name_the_words_with_their_negation():
    assert "「不好吃」" in sentiment("不好吃").reasons[0].zh or "「不好" in sentiment("不好吃").reasons[0].zh


@given(st.text())
def test_every_text_has_a_sentiment_with_a_reason(text):
    label = sentiment(text)
    assert label.code in SENTIMENTS
    assert 0.0 < label.confidence <= 1.0
    assert label.reasons


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "all_goal", "decided_goal", "share_goal"),
    [
        ("zh/sentiment_openlicence.csv.gz", 0.81, 0.865, 0.86),
        ("zh/reviews_category_sentiment.csv.gz", 0.875, 0.89, 0.92),
    ],
)
def test_two_way_sentiment_on_public_reviews(shared, name, all_goal, decided_goal, share_goal):
    """Where no known word occurs the sentiment is undecided; over all rows that counts as "not satisfied"."""
    rows = [row for row in exports.table(shared, name) if row["label"] in ("正面", "负面")][::2]
    leaning = [(polarity(row["text"]), row["label"] == "正面") for row in rows]
    decided = [(value, good) for value, good in leaning if value]
    assert sum((value > 0) == good for value, good in leaning) / len(leaning) >= all_goal
    assert sum((value > 0) == good for value, good in decided) / len(decided) >= decided_goal
    assert len(decided) / len(leaning) >= share_goal
