import random
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.insight.classify import calibration
from bihuan.insight.classify.learning import GATE, gate, held_out, latest_labels, tfidf, train
from bihuan.insight.classify.linear import STRENGTH, IncompatibleModel, Model

from . import exports

THINGS = {
    "refund": ["退款没到账", "钱还没退回来", "申请退款被拒绝", "退款进度不更新"],
    "parcel": ["快递一直不动", "包裹丢了", "物流没有更新", "派送员不送上门"],
    "login": ["登录不上去", "收不到验证码", "密码改不了", "账号被锁定"],
}
WHERE = ["北京", "昨天", "第三次了", "app里", "周末", "还是", "又", "客服说", "朋友也", "上午"]
ROWS = [(f"{where}{text}", code) for code, texts in THINGS.items() for text in texts for where in WHERE]


@cache
def learnt():
    return train(ROWS)[0]


@pytest.fixture(name="model")
def learnt_model():
    return learnt()


def test_a_model_learns_what_its_examples_say(model):
    found, sure = model.predict(["我的退款呢", "快递呢", "验证码没有来"])
    assert found == ["refund", "parcel", "login"]
    assert (sure > 0.5).all()


def test_the_order_of_the_corrections_changes_no_byte(model):
    shuffled = list(ROWS)
    random.Random(7).shuffle(shuffled)
    assert train(shuffled)[0].to_bytes() == model.to_bytes()


def test_a_model_reads_itself_back_and_predicts_the_same(model):
    again = Model.from_bytes(model.to_bytes())
    assert again.to_bytes() == model.to_bytes()
    texts = [text for text, _ in ROWS[::7]]
    assert np.allclose(again.probabilities(texts), model.probabilities(texts), atol=2e-3)
    assert again.codes == ("login", "parcel", "refund")
    assert again.counts == {"login": 40, "parcel": 40, "refund": 40}


@pytest.mark.parametrize("stored", [b"", b"\x80\x04pickle", b"bihuan-linear\nnonsense"])
def test_foreign_or_damaged_bytes_are_refused(stored):
    with pytest.raises(IncompatibleModel):
        Model.from_bytes(stored)


def test_a_model_of_other_grams_is_refused(model, monkeypatch):
    monkeypatch.setattr("bihuan.insight.text.hashing.METHOD", "hashed-grams/0")
    stored = model.to_bytes()
    monkeypatch.undo()
    with pytest.raises(IncompatibleModel, match="train it again"):
        Model.from_bytes(stored)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_probabilities_are_the_same_alone_and_among_others_and_sum_to_one(texts):
    model = learnt()
    many = model.probabilities(texts)
    assert many.shape == (len(texts), 3)
    assert np.allclose(many.sum(axis=1), 1, atol=1e-5)
    for at, text in enumerate(texts):
        assert np.array_equal(model.probabilities([text])[0], many[at])


def test_a_text_without_a_known_gram_says_nothing(model):
    assert model.logits("zzz qqq") == {}
    logits = model.logits("退款")
    assert max(logits, key=logits.get) == "refund"
    assert all(abs(value) <= STRENGTH for value in logits.values())


def test_rare_codes_are_left_out_and_counted():
    model, report = train([*ROWS, ("孤例一", "rare"), ("孤例二", "rare")])
    assert "rare" not in model.codes
    assert report.left_out == {"rare": 2}
    with pytest.raises(ValueError, match="five examples"):
        train(ROWS[:3])


def test_the_latest_correction_of_a_text_wins():
    assert latest_labels([("退款。", "a"), ("别的", "c"), ("退款", "b")]) == [("别的", "c"), ("退款", "b")]


def test_rows_for_the_gate_are_about_a_fifth_and_always_the_same():
    held = [held_out(text) for text, _ in ROWS]
    assert 0.1 < sum(held) / len(held) < 0.3
    assert held_out("退款!") == held_out("退款")


def test_the_gate_keeps_the_old_model_where_the_new_one_is_worse(model):
    wrong = {"refund": "parcel", "parcel": "login", "login": "refund"}
    bad = train([(text, wrong[code]) for text, code in ROWS])[0]
    held = (ROWS * 2)[: GATE + 10]
    assert not gate(bad, model, held).accepted
    assert gate(model, bad, held).accepted
    assert gate(bad, None, held).accepted
    assert gate(bad, model, held[: GATE - 1]).accepted
    assert "%" in gate(bad, model, held).reason.zh


def test_features_are_chosen_by_what_they_are_worth():
    codes = sorted(THINGS)
    side = {text: codes.index(code) for text, code in ROWS}

    def oracle(texts):
        return np.eye(8, dtype=np.float32)[[side[text] for text in texts]]

    rows = [(text, code) for text, code in ROWS]
    noise = [(f"{'甲乙丙丁戊己庚辛'[hash_ % 8]}{hash_}", codes[hash_ % 3]) for hash_ in range(60)]
    side.update({text: codes.index(code) for text, code in noise})
    model, report = train([*rows[:15], *noise], oracle, "oracle/1")
    assert report.features in ("vectors", "both")
    assert model.encoder == "oracle/1"
    with pytest.raises(IncompatibleModel, match="oracle/1"):
        model.scores(["x"])
    assert train(rows)[1].features == "grams"


def test_vectors_that_mostly_mislead_are_listened_to_at_half_weight():
    words = {"fuel": ["油耗高", "百公里油耗"], "noise": ["噪音大", "隔音差"], "seat": ["座椅硬", "座位挤"]}
    random_ = np.random.default_rng(0)
    side = {}

    def voices(many):
        for at, code in enumerate(sorted(words) * many):
            word = random_.choice(words[code]) if random_.random() < 0.6 else ""
            text = word + "".join(chr(0x4E00 + int(n)) for n in random_.integers(0, 3000, 6))
            vector = random_.normal(size=64) / 2
            vector[at % 3] += 1
            side[text] = (vector / np.linalg.norm(vector)).astype(np.float32)
            yield text, code

    def encode(texts):
        return np.stack([side[text] for text in texts])

    model, report = train(voices(20), encode, "oracle/1")
    assert report.features == "mostly grams"
    fresh = list(voices(100))
    texts = [text for text, _ in fresh]
    for one in (model, Model.from_bytes(model.to_bytes())):
        found, _ = one.predict(texts, encode(texts))
        assert np.mean([code == right for code, (_, right) in zip(found, fresh, strict=True)]) > report.accuracy - 0.1


def test_confidence_is_scaled_to_be_right_as_often_as_it_says():
    random_ = np.random.default_rng(3)
    truth = random_.integers(0, 3, 3000)
    scores = random_.normal(size=(3000, 3)).astype(np.float32)
    scores[np.arange(3000), truth] += 1
    scale = calibration.fit(scores * np.float32(5), truth)
    found = calibration.probabilities(scale, scores * np.float32(5))
    right = found.argmax(axis=1) == truth
    assert calibration.calibration_error(found.max(axis=1), right) < 0.03
    assert calibration.calibration_error(np.ones(3000, dtype=np.float32), right) > 0.2
    edge = calibration.threshold(found.max(axis=1))
    assert 0.69 < (found.max(axis=1) >= edge).mean() < 0.71


def test_rarity_is_frozen_with_the_model():
    grams, idf = tfidf(["退款慢", "退款快"])
    again, _ = tfidf(["退款慢"], idf)
    assert np.allclose(grams[0].toarray(), again.toarray())


@pytest.mark.data
def test_trained_on_own_labels_the_sentiment_and_the_type_are_predicted(shared):
    rows = [row for row in exports.table(shared, "zh/reviews_category_sentiment.csv.gz") if row["label"]]
    shop = [row for row in rows if row["source"].startswith("online")]
    for key, goal in (("label", 0.9), ("category", 0.82)):
        model, report = train((row["text"], row[key]) for row in shop[::6])
        held = shop[1::9]
        found, sure = model.predict([row["text"] for row in held])
        right = np.array([code == row[key] for code, row in zip(found, held, strict=True)])
        assert right.mean() >= goal
        assert calibration.calibration_error(sure, right) <= 0.05
        assert right[sure >= report.threshold].mean() >= goal + 0.05
