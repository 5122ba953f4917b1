"""The audit log: every event, its chain, who saw which contact; nothing in clear."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from bihuan.audit.lists import NOUNS
from bihuan.audit.models import Event
from bihuan.customers.models import Contact, Customer
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def feedback(cast: Any) -> Feedback:
    made = receive(by=cast["lin"].actor, source="form", key="1", text="付款失败", channel="phone")
    made.move("void", by=cast["lin"].actor, reason="打 13812345678 没人接")  # in clear, as no page would write it
    made.revive(by=cast["chen"], reason="客户又来电")
    return made


def page(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_each_noun_has_a_name():
    assert {noun for m in apps.get_models() if (noun := getattr(m, "NOUN", ""))} - set(NOUNS) <= {"rule", "evidence"}


def test_events_are_found_by_noun_person_number_day_and_kind(as_: Any, feedback: Feedback, at: Any):
    book = as_("audit")
    filters = {
        "noun": "feedback",
        "who": "陈",
        "q": feedback.number,
        "days": "7",
        "kind": "feedback.revived",
        "timeline": feedback.timeline,
    }
    for key, value in filters.items():
        found = book.get("/audit/", {key: value}).context["list"].rows
        assert "feedback.revived" in set(found.values_list("kind", flat=True)), key
    assert "feedback.received" not in set(
        book.get("/audit/", {"who": "陈"}).context["list"].rows.values_list("kind", flat=True)
    )
    at("2030-01-01 09:00")
    assert not book.get("/audit/", {"days": "7"}).context["list"].rows
    assert book.get("/audit/", {"to": "2029-12-31"}).context["list"].rows


def test_nothing_is_shown_or_exported_in_clear(as_: Any, feedback: Feedback):
    book = as_("audit")
    csv = b"".join(book.get("/audit/?export=csv").streaming_content).decode()
    for shown in (page(book.get("/audit/")), page(book.get(f"/audit/feedback/{feedback.pk}/")), csv):
        assert "138****5678" in shown
        assert "13812345678" not in shown
    assert Event.objects.filter(kind="user.exported", details__what="ledger").count() == 1


def test_a_reveal_says_who_saw_which_contact_and_why(as_: Any, cast: Any):
    customer = Customer.objects.create(number="C-1", name="恒远")
    kept = Contact.get_or_create("13912345678", customer=customer, by=cast["lin"].actor)
    assert kept is not None
    kept.reveal(by=cast["lin"], reason="回电确认时间", on="case/12")
    shown = page(as_("audit").get("/audit/?view=reveals"))
    for expected in (cast["lin"].name, "139****5678", "回电确认时间", "case/12"):
        assert expected in shown
    assert "回电确认时间" in page(as_("audit").get("/"))


def test_a_changed_event_is_pointed_at(as_: Any, feedback: Feedback):
    address = f"/audit/feedback/{feedback.pk}/"
    assert "3 条全部核对无误" in page(as_("audit").get(address))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE event SET at = '2020-01-01 00:00:00+00:00' WHERE kind = 'feedback.voided'")
    shown = page(as_("audit").get(address))
    assert "1 条对不上" in shown
    assert "写入以后内容被改动" in shown
    assert as_("audit").get("/audit/feedback/999999/").status_code == 404


def test_the_audit_log_costs_the_same_whatever_it_holds(as_: Any, cast: Any, django_assert_num_queries: Any):
    book = as_("audit")
    for n in range(2):
        for i in range(4 + 20 * n):
            receive(by=cast["lin"].actor, source="form", key=f"{n}-{i}", text="慢", channel="phone")
        with django_assert_num_queries(5):
            book.get("/audit/")
