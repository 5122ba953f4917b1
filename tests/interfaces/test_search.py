"""The search page, as whole requests."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.cases.models import CaseFeedback
from bihuan.feedback.intake import receive
from bihuan.jobs import integrity_checks

pytestmark = pytest.mark.django_db


def make_feedback(cast: Any, text: str, team: str = "lin", **more: Any) -> Any:
    return receive(by=cast[team].actor, source="test", text=text, channel="phone", team=cast[team].team, **more)


def shown(client: Any, **query: Any) -> str:
    return client.get("/search/", query).content.decode()


def test_a_word_finds_feedback_items_and_cases_and_marks_it(as_: Any, cast: Any):
    feedback = make_feedback(cast, "付款的时候一直转圈", customer={"name": "恒远制造", "account": "hy"})
    case = CaseFeedback.open_case([feedback], by=cast["chen"], title="付款转圈", kind="problem")
    page = shown(as_("wang"), q="付款")
    assert feedback.number in page
    assert case.number in page
    assert "<mark>付款</mark>" in page
    assert feedback.number in shown(as_("wang"), q=f"恒远 {feedback.number[-4:]}")


def test_what_one_may_not_see_is_neither_shown_nor_counted(as_: Any, cast: Any):
    make_feedback(cast, "只有企业组知道的保险柜", team="zhao")
    assert "保险柜</mark>" not in shown(as_("lin"), q="保险柜")
    assert "没有找到" in shown(as_("lin"), q="保险柜")
    assert "<mark>保险柜</mark>" in shown(as_("zhao"), q="保险柜")
    assert as_("guo").get("/search/?q=x").status_code == 403


def test_contact_data_is_masked_and_markup_is_text(as_: Any, cast: Any):
    make_feedback(cast, "请打 13912345678 给我<script>alert(1)</script>，付款失败")
    page = shown(as_("wang"), q="付款")
    assert "13912345678" not in page
    assert "139****5678" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_older_hits_are_turned_to_without_a_gap_or_a_repeat(as_: Any, cast: Any):
    numbers = [make_feedback(cast, f"付款第{n}次").number for n in range(70)]
    client, seen, before = as_("wang"), [], ""
    while before is not None:
        answer = client.get("/search/", {"q": "付款", "in": "feedback", "before": before})
        found = answer.context["groups"][0]
        seen += [row.number for row, _ in found.lines]
        before = found.next_before
    assert seen == numbers[::-1]
    assert found.counted == "70"


@pytest.mark.parametrize("rows", [20, 200])
def test_a_search_costs_the_same_queries_however_many_rows(
    as_: Any, cast: Any, rows: int, django_assert_num_queries: Any
):
    for n in range(rows):
        make_feedback(cast, f"付款失败{n}", customer={"name": f"客户{n}"})
    client = as_("lin")
    client.get("/")
    with django_assert_num_queries(6):
        client.get("/search/?q=付款")


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "换一个更短的词"), ("en", "Try a shorter word")])
def test_nothing_found_says_what_to_try(as_: Any, language: str, words: str):
    assert words in as_("lin", language).get("/search/?q=没有这个词").content.decode()


@pytest.mark.parametrize("query", ["", "*", '"', "a" * 5000, "%_\\", "NEAR(", "\x00付"])
def test_odd_questions_are_answered(as_: Any, query: str):
    assert as_("lin").get("/search/", {"q": query, "before": "x", "in": "y"}).status_code == 200


def test_verify_finds_every_row_in_the_index(cast: Any):
    feedback = make_feedback(cast, "付款失败")
    CaseFeedback.open_case([feedback], by=cast["chen"], title="付款失败", kind="problem")
    assert integrity_checks.search_indexes_are_complete() == []
