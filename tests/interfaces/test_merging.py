"""Merging on the page: side by side, the survivor chosen, undone with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.feedback.models import Feedback
from tests.domain.feedback.feedback_samples import CRASH, make_feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast: Any) -> tuple[Feedback, Feedback]:
    return make_feedback(cast, CRASH, "lanjing"), make_feedback(cast, f"还是一样：{CRASH}", "lanjing")


def test_a_likely_repeat_is_shown_with_its_reason_and_a_way_to_merge(cast: Any, as_: Any, pair: Any):
    page = as_("lin").get(f"/triage/?item={pair[1].pk}").content.decode()
    assert pair[0].number in page
    assert "同一客户" in page
    assert f"/feedback/{pair[1].pk}/merge/?with={pair[0].pk}" in page


def test_both_stand_side_by_side_and_the_earlier_one_is_proposed_to_stay(cast: Any, as_: Any, pair: Any):
    page = as_("lin").get(f"/feedback/{pair[1].pk}/merge/?with={pair[0].pk}")
    assert page.context["chosen"] == pair[0]
    assert page.context["total"] == 2
    assert "还是一样" in page.content.decode()


@pytest.mark.parametrize("stays", [0, 1])
def test_the_chosen_one_stays(cast: Any, as_: Any, pair: Any, stays: int):
    address = f"/feedback/{pair[1].pk}/merge/"
    answer = as_("lin").post(address, {"with": pair[0].pk, "survivor": pair[stays].pk})
    assert answer["Location"] == f"/feedback/{pair[stays].pk}/"
    assert Feedback.objects.get(pk=pair[1 - stays].pk).merged_into == pair[stays]


def test_a_number_of_a_merged_one_finds_the_survivor(cast: Any, as_: Any, pair: Any):
    as_("lin").post(f"/feedback/{pair[1].pk}/merge/", {"with": pair[0].pk, "survivor": pair[0].pk})
    late = make_feedback(cast, CRASH, "lanjing")
    page = as_("lin").get(f"/feedback/{late.pk}/merge/", {"with": pair[1].number.lower()})
    assert page.context["other"] == pair[0]
    assert page.context["total"] == 3


def test_different_customers_are_not_merged_and_the_page_says_why(cast: Any, as_: Any):
    one, two = make_feedback(cast, CRASH, "lanjing"), make_feedback(cast, CRASH, "chenxi")
    client = as_("lin")
    page = client.get(f"/feedback/{one.pk}/merge/?with={two.pk}")
    assert page.context["chosen"] is None
    assert "普遍问题" in page.content.decode()
    assert client.post(f"/feedback/{one.pk}/merge/", {"with": two.pk, "survivor": one.pk}).status_code == 422


def test_an_unknown_number_is_reported(cast: Any, as_: Any):
    one = make_feedback(cast, CRASH, "lanjing")
    answer = as_("lin").get(f"/feedback/{one.pk}/merge/", {"with": "KF-19990101-0001"})
    assert answer.status_code == 409
    assert "KF-19990101-0001" in answer.content.decode()


def test_a_feedback_item_of_another_team_cannot_be_merged_into(cast: Any, as_: Any):
    one, hidden = (
        make_feedback(cast, CRASH, "lanjing"),
        make_feedback(cast, CRASH, "lanjing", team=cast["zhao"].team, by=cast["zhao"]),
    )
    assert as_("lin").get(f"/feedback/{one.pk}/merge/?with={hidden.pk}").status_code == 404


def test_undoing_needs_a_reason_and_restores(cast: Any, as_: Any, pair: Any):
    client = as_("lin")
    client.post(f"/feedback/{pair[1].pk}/merge/", {"with": pair[0].pk, "survivor": pair[0].pk})
    address = f"/feedback/{pair[1].pk}/unmerge/"
    client.post(address, {"reason": ""})
    assert Feedback.objects.get(pk=pair[1].pk).status == "merged"
    client.post(address, {"reason": "不是同一个订单"})
    assert Feedback.objects.get(pk=pair[1].pk).status == "new"


def test_the_page_of_a_merged_feedback_item_leads_to_the_survivor_and_the_survivor_counts(
    cast: Any, as_: Any, pair: Any
):
    client = as_("lin")
    client.post(f"/feedback/{pair[1].pk}/merge/", {"with": pair[0].pk, "survivor": pair[0].pk})
    merged = client.get(f"/feedback/{pair[1].pk}/").content.decode()
    assert f"/feedback/{pair[0].pk}/" in merged
    assert f"/feedback/{pair[1].pk}/unmerge/" in merged
    survivor = client.get(f"/feedback/{pair[0].pk}/").content.decode()
    assert "×2" in survivor
    assert pair[1].number in survivor
    found = client.get("/feedback/", {"q": pair[1].number}).content.decode()
    assert pair[0].number in found


def test_no_page_of_triage_shows_a_phone_number_in_a_list(cast: Any, as_: Any):
    rows = [make_feedback(cast, f"请回电 13912345678，{CRASH}", a) for a in ("lanjing", "lanjing", "chenxi")]
    for address in ("/triage/", "/triage/bulk/?at=70", "/daily-close/", f"/feedback/{rows[0].pk}/labels/"):
        page = as_("wang" if "close" not in address else "chen").get(address).content.decode()
        assert "13912345678" not in page, address
