"""What search finds is what a plain look through every text would find, on either database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.core import tokens
from bihuan.feedback.search_index import FeedbackWords

pytestmark = pytest.mark.django_db

# Few characters, so that words meet: Han, traditional, full width, Latin, accents, digits, signs, rare planes.
SIGNS = "支付失败付款錯误登录ＡＢab Bcé１２1203.-_/'\"%*&|!():\\\n，。䶮𠮷𰻞ßŁ한국あ"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=14) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=10
)


def scan(texts: list[str], query: str) -> set[int]:
    """Every text that holds every word, by looking at all of them."""
    words = [w for w in tokens.normalized(query).split() if tokens.tokens(w)]
    return {n for n, t in enumerate(texts, 1) if words and all(w in tokens.normalized(t) for w in words)}


def found(query: str) -> set[int]:
    ids = FeedbackWords.matching_ids(query)
    return set() if ids is None else set(FeedbackWords.objects.filter(pk__in=ids).values_list("pk", flat=True))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=12), data=st.data())
def test_search_finds_what_a_plain_scan_finds(texts: list[str], data: Any):
    FeedbackWords.objects.all().delete()
    FeedbackWords.index_rows(enumerate(texts, 1))
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    piece = text[start : start + data.draw(st.integers(1, 6))]
    for query in (piece, data.draw(TEXTS), f"{piece} {data.draw(TEXTS)}"):
        assert found(query) == scan(texts, query), query


@pytest.mark.parametrize(
    "query",
    [
        "付",
        "支付",
        "支付失败",
        "支 失败",
        "V3.2",
        "v3",
        "3.2",
        "ＡＰＰ",
        "app",
        "0042",
        "KF-20261121-0042",
        "網絡",
        "éclair",
    ],
)
def test_short_words_mixed_script_widths_and_number_ends_are_found(query: str):
    FeedbackWords.index_rows(
        [(7, "KF-20261121-0042 升级到Ｖ3.2后App支付失败，网络正常 Éclair"), (8, "退款很快")],
    )
    assert found(query) == {7}


@pytest.mark.parametrize("query", ["", "   ", "。。", "'\"*", "支付成功", "付支", "004a"])
def test_what_is_not_there_is_not_found(query: str):
    FeedbackWords.index_row(7, "支付失败 0042")
    assert found(query) == set()


def test_a_changed_text_is_found_by_its_new_words_only():
    FeedbackWords.index_row(7, "支付失败")
    FeedbackWords.index_row(7, "登录缓慢")
    assert (found("支付"), found("登录")) == (set(), {7})
    FeedbackWords.objects.all().delete()
    assert found("登录") == set()


def test_faults_name_what_cannot_be_found_what_is_old_and_what_is_no_row():
    FeedbackWords.index_rows([(1, "一"), (2, "旧的"), (9, "多余")])
    found = FeedbackWords.faults([(1, "一"), (2, "新的"), (3, "没有")])
    assert found == [
        "search_feedback: row 2 is found by an older text",
        "search_feedback: row 3 cannot be found",
        "search_feedback: 9 is no row",
    ]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite keeps its word index in a table of its own")
def test_an_index_that_lost_its_words_is_a_fault():
    FeedbackWords.index_row(1, "支付失败")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_feedback_words (search_feedback_words) VALUES ('delete-all')")
    assert any("does not agree" in fault for fault in FeedbackWords.faults([(1, "支付失败")]))


def test_a_very_long_text_is_indexed_to_its_limit():
    FeedbackWords.index_row(1, "".join(chr(0x4E00 + n % 20000) for n in range(90_000)) + "终点站")
    assert found(chr(0x4E00) + chr(0x4E01)) == {1}
