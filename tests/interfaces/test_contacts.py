"""Who sees a contact in clear, how often, and that nothing else ever holds it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bihuan.audit.models import Event
from bihuan.cases.models import CaseFeedback
from bihuan.core import clock
from bihuan.customers.lists import CUSTOMERS
from bihuan.customers.models import REVEALS_AN_HOUR, Contact, Customer
from bihuan.demo.sample_people import PEOPLE
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
PHONE = "13912345678"
REVEALERS = {"chen", "lin", "he", "zhao"}
REASON = {"reason": "回电了解情况", "on": "feedback/1"}


@pytest.fixture
def feedback(cast: dict[str, Any]) -> Feedback:
    return receive(
        by=cast["lin"].actor,
        source="test",
        text=f"刷卡后不出货，请打 {PHONE} 找我",
        demand=f"打 {PHONE}",
        channel="phone",
        customer={"name": "晓光便利店"},
        contact=PHONE,
        team=cast["lin"].team,
    )


@pytest.mark.parametrize("member", [m.username for m in PEOPLE])
def test_the_reveal_matrix(member: str, feedback: Feedback, as_: As):
    answer = as_(member).post(f"/contacts/{feedback.contact_id}/reveal/", REASON, headers={"hx-request": "true"})
    assert (PHONE in answer.content.decode()) == (member in REVEALERS)
    events = Event.objects.filter(kind="contact.revealed")
    assert events.count() == (1 if member in REVEALERS else 0)


def test_an_engineer_sees_it_while_they_work_for_the_customer_and_no_longer(
    feedback: Feedback, as_: As, cast: dict[str, Any]
):
    case = CaseFeedback.open_case([feedback], by=cast["chen"], title="不出货", kind="problem", owner=cast["zhou"])
    where = f"/contacts/{feedback.contact_id}/reveal/"
    assert PHONE in as_("zhou").post(where, REASON).content.decode()
    assert PHONE not in as_("wu").post(where, REASON).content.decode()
    case.move("decline", by=cast["chen"].actor, reason="test")
    assert PHONE not in as_("zhou").post(where, REASON).content.decode()


def test_without_a_reason_nothing_is_shown(feedback: Feedback, as_: As):
    answer = as_("lin").post(f"/contacts/{feedback.contact_id}/reveal/", {"reason": " "})
    assert answer.status_code == 422
    assert PHONE not in answer.content.decode()
    assert as_("lin").get(f"/contacts/{feedback.contact_id}/reveal/").status_code == 405


def test_it_is_shown_once_and_hides_itself(feedback: Feedback, as_: As):
    client = as_("lin")
    shown = client.post(f"/contacts/{feedback.contact_id}/reveal/", REASON).content.decode()
    assert f'data-hide="30" data-instead="139****5678">{PHONE}<' in shown
    assert "139****5678" in client.get(f"/feedback/{feedback.pk}/").content.decode()
    event = Event.objects.get(kind="contact.revealed")
    assert event.details["reason"] == "回电了解情况"
    assert PHONE not in json.dumps(client.session.items() and dict(client.session.items()))


def test_at_most_twenty_an_hour(feedback: Feedback, as_: As, at: Callable[[str], datetime]):
    noon = at("2026-11-22 12:00")
    client, where = as_("lin"), f"/contacts/{feedback.contact_id}/reveal/"
    for _ in range(REVEALS_AN_HOUR):
        assert PHONE in client.post(where, REASON).content.decode()
    refused = client.post(where, REASON)
    assert refused.status_code == 422
    assert PHONE not in refused.content.decode()
    assert "一小时内最多查看 20 个" in refused.content.decode()
    assert PHONE in as_("chen").post(where, REASON).content.decode()
    with clock.at(noon + timedelta(minutes=61)):
        assert PHONE in client.post(where, REASON).content.decode()


@pytest.mark.parametrize("member", ["lin", "wang", "gao"])
def test_it_is_masked_in_list_page_and_export(member: str, feedback: Feedback, as_: As):
    client = as_(member)
    answers = [client.get(a) for a in ("/feedback/", "/customers/", f"/customers/{feedback.customer_id}/")]
    answers.append(client.get("/feedback/?export=csv"))
    for answer in answers:
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert PHONE not in body.decode()
    page = client.get(f"/feedback/{feedback.pk}/").content.decode()
    assert page.count(PHONE) == (2 if member == "lin" else 0), "the service team reads the words to the letter"
    assert "139****5678" in page


def test_no_event_and_no_log_line_holds_it(feedback: Feedback, as_: As, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    client = as_("lin")
    client.post(f"/contacts/{feedback.contact_id}/reveal/", {"reason": f"回拨 {PHONE}"})
    client.post(
        f"/feedback/{feedback.pk}/answer/", {"seen": feedback.version, "reply": f"已回电 {PHONE}，说明了处理办法"}
    )
    client.post(f"/feedback/{feedback.pk}/restore/", {"seen": feedback.version + 1, "reason": f"{PHONE} 又来电"})
    entered = {"seen": feedback.version + 2, "channel": "phone", "demand": f"打 {PHONE} 或 13800000000"}
    assert client.post(f"/feedback/{feedback.pk}/complete/", entered).status_code == 302
    recorded = json.dumps(list(Event.objects.values_list("details", "subject_name")), ensure_ascii=False)
    assert PHONE not in recorded
    assert "13800000000" not in recorded
    assert PHONE not in "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))


def test_at_rest_it_is_ciphertext(feedback: Feedback):
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, masked, lookup_hash, name FROM contact")
        stored = repr(cursor.fetchall())
    assert PHONE not in stored
    assert Contact.find("+86 139 1234 5678") == feedback.contact


def test_identity_checked_and_wishes_are_on_the_customer_s_timeline(feedback: Feedback, as_: As):
    client, contact = as_("lin"), feedback.contact
    client.post(f"/contacts/{contact.pk}/verify/")
    client.post(f"/contacts/{contact.pk}/do-not-contact/", {"value": "1", "reason": "客户来电说不要再打"})
    contact.refresh_from_db()
    assert contact.verified_by.username == "lin"
    assert contact.do_not_contact
    page = client.get(f"/customers/{feedback.customer_id}/").content.decode()
    for expected in ("核对了联系人身份", "登记为不再联系", "请勿联系"):
        assert expected in page
    assert client.post(f"/contacts/{contact.pk}/do-not-contact/", {"reason": ""}).status_code == 422
    client.post(f"/contacts/{contact.pk}/do-not-contact/", {"reason": "客户同意恢复"})
    contact.refresh_from_db()
    assert not contact.do_not_contact
    assert as_("wang").post(f"/contacts/{contact.pk}/verify/").status_code == 403


def test_a_customer_is_edited_with_both_versions_shown_when_late(feedback: Feedback, as_: As):
    customer = feedback.customer
    entered = {"seen": customer.version, "name": "晓光便利", "account": "xg", "value": "high", "paying": "on"}
    assert as_("lin").post(f"/customers/{customer.pk}/edit/", entered).status_code == 302
    late = as_("chen").post(f"/customers/{customer.pk}/edit/", entered | {"name": "晓光超市"})
    assert late.status_code == 422
    assert "晓光便利" in late.content.decode()
    assert "晓光超市" in late.content.decode()
    taken = as_("lin").post(f"/customers/{customer.pk}/edit/", entered | {"seen": 2, "account": "lanjing"})
    assert "另一位客户" in taken.content.decode()
    assert Customer.objects.get(pk=customer.pk).name == "晓光便利"
    assert as_("wang").get(f"/customers/{customer.pk}/edit/").status_code == 403


@pytest.mark.parametrize("sort", CUSTOMERS.sorts)
def test_customers_are_listed_in_every_order(as_: As, feedback: Feedback, sort: str):
    answer = as_("lin").get("/customers/", {"sort": sort})
    assert answer.status_code == 200
    assert "晓光便利店" in answer.content.decode()
