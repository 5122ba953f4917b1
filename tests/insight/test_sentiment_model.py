import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.classify.linear import Model
from bihuan.insight.classify.sentiment import polarity
from bihuan.insight.classify.sentiment_model import METHOD, SIDES, sentiments

from . import exports

THINGS = ["滤芯", "快递", "客服", "包装", "屏幕", "味道", "房间", "电池"]
WHO = ["朋友说", "用了一周", "昨天", "第一次买", "又来了"]
GOOD = [f"{who}{thing}很好，非常满意，空瓶" for who in WHO for thing in THINGS]
BAD = [f"{who}{thing}太差了，很失望，拉黑" for who in WHO for thing in THINGS]


def test_few_texts_are_classified_by_their_words_alone():
    found = sentiments(["非常满意", "太差了", "昨天下午"])
    assert found.model is None
    assert found.codes == ["satisfied", "dissatisfied", "neutral"]
    assert np.allclose(found.leaning, [polarity(text) for text in ["非常满意", "太差了", "昨天下午"]])


def test_words_no_lexicon_has_are_learnt_from_their_company():
    found = sentiments([*GOOD, *BAD, "空瓶", "拉黑"])
    assert polarity("拉黑") == polarity("空瓶") == 0
    assert found.codes[-2:] == ["satisfied", "dissatisfied"]
    assert found.method == METHOD
    assert found.model.predict(["拉黑"])[0] == ["dissatisfied"]


def test_the_same_texts_give_the_same_bytes():
    one, two = sentiments([*GOOD, *BAD]), sentiments([*GOOD, *BAD])
    assert one.leaning.tobytes() == two.leaning.tobytes()
    assert one.model.to_bytes() == two.model.to_bytes()
    assert Model.from_bytes(one.model.to_bytes()).codes == SIDES


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_text_has_a_sentiment(texts):
    found = sentiments(texts)
    assert len(found.codes) == len(found.confidence) == len(texts)
    assert ((found.confidence >= 0.5) & (found.confidence <= 1)).all()


@pytest.mark.data
def test_without_a_single_label_the_sentiment_of_public_reviews_is_predicted(shared):
    rows = exports.table(shared, "zh/reviews_category_sentiment.csv.gz")
    rows = [row for row in rows if row["label"] in ("正面", "负面")][1::4]
    truth = np.array([row["label"] == "正面" for row in rows])
    found = sentiments([row["text"] for row in rows])
    assert ((found.leaning > 0) == truth).mean() >= 0.88
