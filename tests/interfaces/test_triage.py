"""The triage page: what is suggested is shown with its reasons, one act and the next feedback item is there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bihuan.feedback.models import Feedback, Labelling
from tests.domain.feedback.feedback_samples import CRASH, LABELS, make_feedback

pytestmark = pytest.mark.django_db


def post_labels(client: Any, feedback: Feedback, **more: Any) -> Any:
    return client.post(f"/feedback/{feedback.pk}/labels/", {**LABELS, "seen": feedback.version, **more})


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", ["提到", "位不同客户反馈"]), ("en", ["Mentions", "Reported by"])]
)
def test_suggestions_are_shown_with_reasons_in_the_readers_language(
    cast: Any, as_: Any, language: str, words: list[str]
):
    make_feedback(cast, "App 一点付款就闪退，非常着急，影响营业！", "lanjing")
    page = as_("lin", language).get("/triage/").content.decode()
    assert all(word in page for word in words)
    assert re.search(r"\d+%", page)


def test_accepting_sorts_the_feedback_item_and_the_next_one_is_on_the_table(cast: Any, as_: Any):
    first, second = make_feedback(cast, "发票开错了", "lanjing"), make_feedback(cast, "物流太慢了", "chenxi")
    answer = post_labels(as_("lin"), first, following=second.pk)
    assert answer["Location"] == f"/triage/?item={second.pk}"
    assert Feedback.objects.get(pk=first.pk).status == "triaged"
    assert as_("lin").get(answer["Location"]).context["feedback"] == second


def test_an_urgent_feedback_item_comes_first_then_the_oldest(cast: Any, as_: Any, at: Any):
    at("2026-11-20 09:00")
    old = make_feedback(cast, "想咨询一下会员积分怎么用", "lanjing")
    at("2026-11-21 09:00")
    urgent = make_feedback(cast, "系统全部瘫痪，所有门店都无法收银，非常紧急，马上处理！", "chenxi")
    assert urgent.suggested["urgency"]["code"] == "urgent"
    assert [v.pk for v in as_("lin").get("/triage/").context["ahead"]] == [urgent.pk, old.pk]


def test_skipping_leads_on_and_never_sorts(cast: Any, as_: Any):
    rows = [make_feedback(cast, f"第{n}件事想问一下", "lanjing") for n in "一二三"]
    page = as_("lin").get("/triage/")
    assert page.context["following"] == rows[1].pk
    page = as_("lin").get(f"/triage/?item={rows[1].pk}")
    assert (page.context["feedback"], page.context["following"]) == (rows[1], rows[2].pk)
    assert Feedback.objects.untriaged().count() == 3


def test_a_changed_label_is_kept_as_an_override(cast: Any, as_: Any):
    feedback = make_feedback(cast, "客服态度恶劣，太让人生气了", "lanjing")
    post_labels(as_("lin"), feedback, problem_type="price", shown_scope="individual")
    one = Labelling.objects.get(feedback=feedback)
    assert one.suggested["problem_type"] == "service"
    assert "problem_type" in one.changed
    assert "scope" not in one.changed


def test_missing_labels_are_named_and_what_was_chosen_is_still_there(cast: Any, as_: Any):
    feedback = make_feedback(cast, account="lanjing")
    answer = post_labels(as_("lin"), feedback, urgency="", problem_type="price")
    assert answer.status_code == 422
    axis = next(a for a in answer.context["axes"] if a.name == "problem_type")
    assert [o.code for o in axis.options if o.checked] == ["price"]
    assert Feedback.objects.get(pk=feedback.pk).status == "new"


def test_somebody_who_was_quicker_is_not_overwritten(cast: Any, as_: Any):
    feedback = make_feedback(cast, account="lanjing")
    Labelling.give(feedback, {**LABELS, "problem_type": "price"}, by=cast["chen"])
    answer = as_("lin").post(f"/feedback/{feedback.pk}/labels/", {**LABELS, "seen": 1})
    assert answer.status_code == 422
    assert "别人已经修改" in answer.content.decode()
    assert Feedback.objects.get(pk=feedback.pk).problem_type == "price"


def test_the_third_customer_proposes_a_general_problem_with_its_rows_and_the_group_can_follow(cast: Any, as_: Any):
    rows = [make_feedback(cast, CRASH, account) for account in ("lanjing", "chenxi", "hengyuan")]
    page = as_("lin").get(f"/triage/?item={rows[2].pk}")
    scope = next(a for a in page.context["axes"] if a.name == "scope")
    assert [o.code for o in scope.options if o.suggested] == ["general"]
    body = page.content.decode()
    assert all(row.number in body for row in rows[:2])
    assert "建议定为普遍问题" in body
    post_labels(as_("lin"), rows[2], scope="general", shown_scope="general", group="on")
    assert set(Feedback.objects.filter(pk__in=[r.pk for r in rows]).values_list("scope", flat=True)) == {"general"}


def test_two_customers_are_not_yet_general(cast: Any, as_: Any):
    rows = [make_feedback(cast, CRASH, account) for account in ("lanjing", "chenxi")]
    assert "建议定为普遍问题" not in as_("lin").get(f"/triage/?item={rows[1].pk}").content.decode()


def test_other_teams_count_but_are_not_shown(cast: Any, as_: Any):
    hidden = [make_feedback(cast, CRASH, a, team=cast["zhao"].team, by=cast["zhao"]) for a in ("lanjing", "chenxi")]
    ours = make_feedback(cast, CRASH, "hengyuan")
    page = as_("lin").get(f"/triage/?item={ours.pk}")
    assert not any(row.number in page.content.decode() for row in hidden)
    assert page.context["elsewhere"] == 2
    assert page.context["shown_scope"] == "general"
    post_labels(as_("lin"), ours, scope="general", group="on")
    assert {Feedback.objects.get(pk=row.pk).scope for row in hidden} == {""}


def test_noise_is_proposed_as_invalid_with_its_reason(cast: Any, as_: Any):
    feedback = make_feedback(cast, "测试测试123")
    page = as_("lin").get("/triage/").content.decode()
    assert "建议判为无效" in page
    assert "像是测试数据" in page
    after = make_feedback(cast, "扫码枪连不上收银台")
    going_on = {"seen": feedback.version, "following": after.pk}
    answer = as_("lin").post(f"/feedback/{feedback.pk}/void/", going_on | {"reason": ""})
    assert (answer.status_code, "建议判为无效" in answer.content.decode()) == (422, True)
    answer = as_("lin").post(f"/feedback/{feedback.pk}/void/", going_on | {"reason": "像是测试数据"})
    assert answer["Location"] == f"/triage/?item={after.pk}"
    assert Feedback.objects.get(pk=feedback.pk).status == "void"


def test_a_dispute_needs_a_reason_and_goes_to_the_review(cast: Any, as_: Any):
    feedback = make_feedback(cast, account="lanjing")
    assert as_("lin").post(f"/feedback/{feedback.pk}/dispute/", {"reason": " "}).status_code == 422
    as_("lin").post(f"/feedback/{feedback.pk}/dispute/", {"reason": "缺陷还是使用不当"})
    assert "缺陷还是使用不当" in as_("chen").get("/label-review/").content.decode()


def test_hostile_words_stay_words(cast: Any, as_: Any):
    make_feedback(cast, "<script>alert(1)</script>{{ 7*7 }}付款失败", "lanjing")
    page = as_("lin").get("/triage/").content.decode()
    assert "<script>alert(1)" not in page
    assert "{{ 7*7 }}" in page


def test_an_empty_queue_says_so(cast: Any, as_: Any):
    assert "都分完了" in as_("lin").get("/triage/").content.decode()


@pytest.mark.parametrize("size", [20, 200])
def test_the_desk_costs_the_same_whatever_waits(cast: Any, as_: Any, size: int, django_assert_num_queries: Any):
    for n in range(size):
        make_feedback(cast, CRASH if n % 4 == 0 else f"{CRASH}，订单{n * 7919}也一样", f"account-{n % 20}")
    client = as_("lin")
    with django_assert_num_queries(12) as queries:
        client.get("/triage/")
    feedback_items = [
        q["sql"] for q in queries.captured_queries if "feedback_queue" in q["sql"] or 'urgency_rank" ASC' in q["sql"]
    ]
    assert feedback_items
    assert all("LIMIT" in sql for sql in feedback_items), "the whole queue is read"


def sure_feedback(cast: Any, account: str) -> Feedback:
    feedback = make_feedback(cast, f"{CRASH}（{account}）", account)
    feedback.suggested["problem_type"]["confidence"] = feedback.suggested["urgency"]["confidence"] = 0.95
    feedback.save(update_fields=["suggested"])
    return feedback


def test_sure_suggestions_are_accepted_together_and_a_failed_row_says_why(cast: Any, as_: Any):
    rows = [sure_feedback(cast, a) for a in ("lanjing", "chenxi", "hengyuan")]
    noise = make_feedback(cast, "测试")
    client = as_("lin")
    page = client.get("/triage/bulk/")
    assert {feedback.pk for feedback, _, _ in page.context["rows"]} == {r.pk for r in rows}
    assert noise.number not in page.content.decode()
    chosen = {"at": "90", "feedback": [r.pk for r in rows[:2]], f"seen-{rows[0].pk}": "1", f"seen-{rows[1].pk}": "0"}
    answer = client.post("/triage/bulk/", chosen)
    assert answer.status_code == 422
    assert [feedback.pk for feedback, _ in answer.context["failed"]] == [rows[1].pk]
    assert [Feedback.objects.get(pk=r.pk).status for r in rows] == ["triaged", "new", "new"]
    assert client.post("/triage/bulk/", {"at": "90", "feedback": [rows[1].pk, rows[2].pk]}).status_code == 302
    assert Feedback.objects.get(pk=rows[2].pk).status == "triaged"


@pytest.mark.parametrize("size", [20, 60])
def test_the_sure_list_costs_the_same_whatever_it_holds(cast: Any, as_: Any, size: int, django_assert_num_queries: Any):
    for n in range(size):
        sure_feedback(cast, f"account-{n}")
    client = as_("lin")
    with django_assert_num_queries(6):
        client.get("/triage/bulk/")
