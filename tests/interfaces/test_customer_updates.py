"""Customers due an update: of the progress each week, of the result once it is changed; one tap records it."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.cases.models import Case, CaseFeedback
from bihuan.cases.models.communication import Communication
from bihuan.core.errors import Refused
from bihuan.customers.models import Contact
from bihuan.demo.sample_followups import case_in_progress, finish
from bihuan.feedback.intake import receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Any, at: Any) -> Case:
    at("2026-11-23 10:00")
    return case_in_progress(cast, "高峰期订单提交卡住")


@pytest.fixture
def link(case: Case, cast: Any) -> CaseFeedback:
    who = {"name": "恒远制造", "account": "hy"}
    feedback = receive(
        by=cast["lin"].actor, source="form", key="t", text="订单提交不了", channel="phone", customer=who,
        contact="13812345678", team=case.team,
    )  # fmt: skip
    return CaseFeedback.link(case, feedback, by=cast["lin"].actor)


def shown(client: Any, address: str) -> list[Any]:
    return list(client.get(address).context["list"].page)


def test_the_week_lists_who_is_due_by_sunday_and_one_tap_keeps_the_telling(case: Case, as_: Any, at: Any):
    chen = as_("chen")
    assert not shown(chen, "/customer-updates/")
    at("2026-11-30 09:00")
    assert shown(chen, "/customer-updates/") == [case]
    assert shown(chen, "/customer-updates/?view=overdue") == []
    answer = chen.post(f"/customer-updates/{case.pk}/progress/", {"way": "wechat"})
    assert answer.status_code == 302
    communication = Communication.objects.filter(case=case).latest("id")
    assert (communication.kind, communication.channel) == ("progress", "wechat")
    assert "4 步里已完成 0 步" in communication.content
    assert not shown(chen, "/customer-updates/")
    assert chen.post(f"/customer-updates/{case.pk}/progress/", {"way": "pigeon"}).status_code == 409
    at("2026-12-06 12:00")
    assert shown(chen, "/customer-updates/?view=week") == []
    assert shown(chen, "/customer-updates/?view=all") == [case]


def test_each_customer_behind_a_finished_case_is_updated_once_a_round(link: CaseFeedback, cast: Any, as_: Any):
    chen = as_("chen")
    with pytest.raises(Refused, match="还没有完成"):
        link.record_customer_update(by=cast["chen"], channel="phone")
    finish(link.case)
    assert shown(chen, "/customer-updates/results/") == [link]
    assert "138****5678" in chen.get("/customer-updates/results/").content.decode()
    for _ in range(2):
        chen.post(f"/customer-updates/results/{link.pk}/", {"way": "phone"})
    assert Event.objects.filter(kind="feedback.told", subject_id=link.feedback_id).count() == 1
    assert shown(chen, "/customer-updates/results/") == []
    assert shown(chen, "/customer-updates/results/?view=told") == [link]
    link.case.refresh_from_db()
    link.case.reopen(by=cast["chen"], reason="又出现了")
    assert shown(chen, "/customer-updates/results/?view=told") == []


def test_no_update_is_recorded_for_a_customer_who_refused_contact(link: CaseFeedback, cast: Any):
    contact = Contact.objects.get(feedback=link.feedback)
    contact.set_do_not_contact(by=cast["lin"], reason="客户要求")
    finish(link.case)
    with pytest.raises(Refused, match="不要联系"):
        CaseFeedback.objects.get(pk=link.pk).record_customer_update(by=cast["chen"], channel="phone")


def test_a_row_of_others_is_not_found(link: CaseFeedback, cast: Any, as_: Any):
    finish(link.case)
    other = as_("zhao")
    assert not Case.objects.visible_to(cast["zhao"]).filter(pk=link.case_id)
    assert other.post(f"/customer-updates/results/{link.pk}/", {"way": "phone"}).status_code == 404
    assert as_("audit").get("/customer-updates/").status_code == 403


@pytest.mark.once
def test_both_lists_cost_the_same_at_one_row_and_at_four(
    link: CaseFeedback, cast: Any, as_: Any, at: Any, django_assert_num_queries: Any
):
    at("2026-12-01 09:00")
    chen = as_("chen")
    chen.get("/")
    with django_assert_num_queries(5):
        chen.get("/customer-updates/")
    for n in range(3):
        case_in_progress(cast, f"又一件 {n}")
    at("2026-12-12 09:00")
    with django_assert_num_queries(5):
        chen.get("/customer-updates/")
    with django_assert_num_queries(3):
        chen.get("/customer-updates/results/")
