"""The weekly review and the daily close as pages."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.feedback.models import Dispute, Feedback, Labelling, ReviewMeeting
from bihuan.feedback.models.daily_close import PARTS, DailyClose
from tests.domain.feedback.feedback_samples import LABELS, make_feedback

pytestmark = pytest.mark.django_db


def test_disputes_stand_before_the_weeks_labels_and_the_meeting_rules(cast: Any, as_: Any):
    triaged, disputed = make_feedback(cast, "物流慢", "lanjing"), make_feedback(cast, "导出少了两列", "chenxi")
    Labelling.give(triaged, LABELS, by=cast["lin"])
    dispute = Dispute.open(disputed, by=cast["lin"], reason="缺陷还是使用不当")
    client = as_("chen")
    page = client.get("/label-review/").content.decode()
    assert page.index(disputed.number) < page.index(triaged.number)
    client.post("/label-review/meetings/", {"people": [cast["chen"].pk, cast["wang"].pk]})
    form = {f"d{dispute.pk}-{k}": v for k, v in {**LABELS, "ruling": "按缺陷处理"}.items()}
    assert client.post(f"/label-review/disputes/{dispute.pk}/ruling/", form).status_code == 302
    feedback = Feedback.objects.get(pk=disputed.pk)
    assert (feedback.status, feedback.problem_type) == ("triaged", "defect")
    assert "按缺陷处理" in client.get("/label-review/").content.decode()


def test_without_a_meeting_nothing_is_ruled(cast: Any, as_: Any):
    dispute = Dispute.open(make_feedback(cast), by=cast["lin"], reason="分不清")
    form = {f"d{dispute.pk}-{k}": v for k, v in {**LABELS, "ruling": "缺陷"}.items()}
    assert as_("chen").post(f"/label-review/disputes/{dispute.pk}/ruling/", form).status_code == 422
    assert as_("chen").post("/label-review/meetings/", {"people": [cast["chen"].pk]}).status_code == 422
    assert not ReviewMeeting.objects.exists()


def test_a_dispute_of_another_team_is_not_there(cast: Any, as_: Any):
    dispute = Dispute.open(make_feedback(cast), by=cast["lin"], reason="分不清")
    assert as_("he").post(f"/label-review/disputes/{dispute.pk}/ruling/").status_code == 404


@pytest.mark.parametrize("size", [5, 25])
def test_the_review_costs_the_same_whatever_is_disputed(cast: Any, as_: Any, size: int, django_assert_num_queries: Any):
    for n in range(size):
        Dispute.open(make_feedback(cast, account=f"a-{n}"), by=cast["lin"], reason="分不清")
        Labelling.give(make_feedback(cast, account=f"a-{n}"), LABELS, by=cast["lin"])
    client = as_("chen")
    with django_assert_num_queries(8):
        client.get("/label-review/")


def test_every_number_of_the_close_leads_to_exactly_its_rows(cast: Any, as_: Any, at: Any):
    at("2026-11-20 10:00")
    rows = [make_feedback(cast, account="lanjing") for _ in range(4)]
    Labelling.give(rows[0], LABELS, by=cast["lin"])
    Dispute.open(rows[1], by=cast["lin"], reason="分不清")
    client = as_("chen")
    page = client.get("/daily-close/")
    for part, _, number in page.context["tiles"]:
        found = client.get(f"/daily-close/2026-11-20/{part}/")
        assert found.context["page"].paginator.count == number, part
    assert page.context["counts"] == dict.fromkeys(PARTS, 0) | {
        "received": 4,
        "triaged": 1,
        "disputed": 1,
        "untriaged": 2,
    }


def test_signing_over_untriaged_feedback_items_needs_a_comment(cast: Any, as_: Any, at: Any):
    at("2026-11-20 18:00")
    make_feedback(cast)
    client = as_("chen")
    refused = client.post("/daily-close/2026-11-20/", {"comment": ""})
    assert refused.status_code == 422
    assert "还有 1 条未分类" in refused.content.decode()
    client.post("/daily-close/2026-11-20/", {"comment": "等客户回电，明早分"})
    assert DailyClose.objects.get().by == cast["chen"].actor
    assert "等客户回电" in client.get("/daily-close/").content.decode()


def test_the_pool_of_no_team_is_a_close_of_its_own(cast: Any, as_: Any, at: Any):
    at("2026-11-20 18:00")
    make_feedback(cast, team=None)
    page = as_("chen").get("/daily-close/2026-11-20/?team=none")
    assert page.context["counts"]["received"] == 1
    assert as_("chen").get("/daily-close/2026-11-20/").context["counts"]["received"] == 0


def test_a_day_that_is_none_is_not_found(cast: Any, as_: Any):
    assert as_("chen").get("/daily-close/yesterday/").status_code == 404
    assert as_("chen").get("/daily-close/2026-11-20/secret/").status_code == 404
