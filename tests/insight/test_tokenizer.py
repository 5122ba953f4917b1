from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.text.tokenizer import numbers, tokens, units


def test_han_becomes_overlapping_pairs_and_words_stay_whole():
    assert tokens("退款 app闪退了") == ["退款", "app", "闪退", "退了"]
    assert tokens("好") == ["好"]
    assert tokens("v3.1.2 can't open") == ["v", "3.1.2", "can't", "open"]


def test_units_are_single_characters_words_and_numbers():
    assert units("退款100元，app") == ["退", "款", "100", "元", "app"]


def test_numbers_lose_zeros_and_the_v_of_a_version_but_keep_a_model_letter():
    assert numbers("v3.01 t10 007") == ["3", "1", "t10", "7"]


@given(st.text())
def test_every_token_stands_in_the_text(text):
    assert all(token in text for token in tokens(text))
