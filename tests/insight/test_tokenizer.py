from hypothesis import given
from hypothesis import strategies as st

from bihuan.insight.text.tokenizer import Lexicon, numbers, tokens, units


def test_han_becomes_overlapping_pairs_and_words_stay_whole():
    assert tokens("退款 app闪退了") == ["退款", "app", "闪退", "退了"]
    assert tokens("好") == ["好"]
    assert tokens("v3.1.2 can't open") == ["v", "3.1.2", "can't", "open"]


def test_units_are_single_characters_words_and_numbers():
    assert units("退款100元，app") == ["退", "款", "100", "元", "app"]


def test_numbers_lose_zeros_and_the_v_of_a_version_but_keep_a_model_letter():
    assert numbers("v3.01 t10 007") == ["3", "1", "t10", "7"]


def test_latin_words_are_found_only_whole():
    assert Lexicon(["bug", "扣款"]).find("debugging bug 被扣款") == [(10, "bug"), (15, "扣款")]


def test_the_longest_word_wins():
    assert Lexicon(["扣款", "重复扣款"]).find("重复扣款") == [(0, "重复扣款")]


@given(st.text())
def test_every_token_stands_in_the_text(text):
    assert all(token in text for token in tokens(text))


@given(st.sets(st.text("扣款重复ab1", min_size=1, max_size=4), min_size=1), st.text("扣款重复ab1 ", max_size=20))
def test_a_lexicon_finds_what_looking_at_every_place_finds(known, text):
    found, at = [], 0
    while at < len(text):
        whole = [word for word in known if text.startswith(word, at) and Lexicon._whole(text, at, word)]
        if whole:
            found.append((at, max(whole, key=len)))
        at += len(max(whole, key=len)) if whole else 1
    assert Lexicon(known).find(text) == found
