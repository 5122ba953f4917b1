"""An agent on the phone: three fields save a feedback item, each wrong entry is told in a sentence, twice sent is once kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.customers.models import Contact, Customer
from bihuan.feedback import completeness
from bihuan.feedback.models import Feedback

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
WORDS = "  扫码枪昨天开始连不上收银台，\n重启三次都不行。"


def entered(**more: Any) -> dict[str, Any]:
    return {"key": "one-time-1", "channel": "phone", "customer": "", "text": WORDS} | more


def test_channel_customer_and_words_are_enough(as_: As, at: Callable[[str], datetime]):
    at("2026-11-22 10:05")
    answer = as_("lin").post("/feedback/new/", entered(customer="蓝鲸连锁超市"))
    feedback = Feedback.objects.get()
    assert answer["Location"] == f"/feedback/{feedback.pk}/recorded/"
    assert feedback.number == "KF-20261122-0001"
    assert feedback.text == WORDS
    assert (feedback.customer.account, feedback.customer_type, feedback.team.name) == ("lanjing", "new", "在线客服组")
    page = as_("lin").get(answer["Location"]).content.decode()
    assert feedback.number in page
    assert "再记一条" in page
    assert "要解决什么" in page


def test_everything_else_can_come_with_it(as_: As, at: Callable[[str], datetime]):
    at("2026-11-22 10:05")
    more = {
        "contact": "139 0000 7788",
        "contact_name": "孙店长",
        "occurred_at": "2026-11-22T09:41",
        "nature": "fault",
        "title": "扫码枪连不上",
        "demand": "今天恢复",
        "product": "收银台",
        "app_version": "3.2",
        "system": "Windows 10",
        "browser": "Chrome 130",
        "error_text": "E-1042: device not found",
        "frequency": "persistent",
        "tried_method": ["重启", "", "换线"],
        "tried_result": ["没用", "", ""],
        "external_no": "12315-77",
        "external_due": "2026-11-29T18:00",
        "customer_type": "old",
        "region": "福州",
        "first_judgement": "驱动过旧",
    }
    as_("lin").post("/feedback/new/", entered(**more))
    feedback = Feedback.objects.get()
    assert completeness.percent(feedback) == 91  # the customer alone is missing
    assert feedback.occurred_at.isoformat() == "2026-11-22T01:41:00+00:00"
    assert feedback.tried == [{"method": "重启", "result": "没用"}, {"method": "换线", "result": ""}]
    assert feedback.environment == {"browser": "Chrome 130"}
    assert (feedback.contact.masked, feedback.contact.name) == ("139****7788", "孙店长")
    assert not feedback.judgement_verified
    assert (feedback.customer_type, feedback.external_no, feedback.error_text) == (
        "old",
        "12315-77",
        "E-1042: device not found",
    )


BAD = {
    "no words": ({"text": ""}, "必填"),
    "blank words": ({"text": "  \n "}, "请填写这一项"),
    "words too long": ({"text": "长" * 20_001}, "20000"),
    "unknown channel": ({"channel": "pigeon"}, "pigeon"),
    "future": ({"occurred_at": "2026-11-23T09:00"}, "发生时间不能晚于现在"),
    "no moment": ({"occurred_at": "昨天下午"}, "有效"),
    "unknown nature": ({"nature": "rumour"}, "rumour"),
    "result without method": ({"tried_method": [""], "tried_result": ["没用"]}, "请写明试了什么方法"),
    "too many rows": ({"tried_method": ["x"] * 21, "tried_result": [""] * 21}, "最多写 20 条"),
    "a name is no contact": ({"contact_name": "孙店长"}, "还需要联系方式"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_entry_is_refused_in_a_sentence_and_nothing_is_lost(case: str, as_: As, at: Callable[[str], datetime]):
    at("2026-11-22 10:05")
    wrong, sentence = BAD[case]
    answer = as_("lin").post("/feedback/new/", entered(region="泉州") | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="泉州"' in page
    assert not Feedback.objects.exists()


def test_sent_twice_is_kept_once_and_another_agent_s_key_is_another(as_: As):
    first, again = (as_("lin").post("/feedback/new/", entered()) for _ in range(2))
    assert first["Location"] == again["Location"]
    as_("chen").post("/feedback/new/", entered())
    assert Feedback.objects.count() == 2


def test_the_form_remembers_the_channel_last_used(as_: As):
    client = as_("lin")
    assert '<option value="phone" selected>' in client.get("/feedback/new/").content.decode()
    client.post("/feedback/new/", entered(channel="store"))
    assert '<option value="store" selected>' in client.get("/feedback/new/").content.decode()


def test_known_customers_are_offered_and_then_their_feedback_items_shown(as_: As):
    client = as_("lin")
    offered = client.get("/feedback/new/known/", {"customer": "蓝鲸"}).content.decode()
    assert 'data-value="蓝鲸连锁超市 · lanjing"' in offered
    for n in range(6):
        client.post("/feedback/new/", entered(key=f"k{n}", customer="lanjing", text=f"第{n}次来电"))
    shown = client.get("/feedback/new/known/", {"customer": "蓝鲸连锁超市 · lanjing"}).content.decode()
    assert [f"第{n}次来电" in shown for n in range(6)] == [False, True, True, True, True, True]
    assert "新客户" in client.get("/feedback/new/known/", {"customer": "从没听说过"}).content.decode()


def test_a_known_phone_number_finds_its_customer(as_: As):
    shown = as_("lin").get("/feedback/new/known/", {"customer": "", "contact": "+86 139-0000-0001"}).content.decode()
    assert "恒远制造有限公司" in shown


def test_another_team_s_feedback_items_are_not_shown_with_the_customer(as_: As):
    as_("zhao").post("/feedback/new/", entered(customer="lanjing", text="企业组听到的话"))
    assert "企业组听到的话" not in as_("lin").get("/feedback/new/known/", {"customer": "lanjing"}).content.decode()


def test_the_label_of_every_customer_leads_back_to_them(cast: dict[str, Any]):
    Customer.get_or_create(name="同名", account="", by=cast["lin"].actor)
    Customer.get_or_create(name="同名", account="two", by=cast["lin"].actor)
    for customer in Customer.objects.all():
        assert Customer.find_by_label(customer.label) == customer
    assert Customer.find_by_label("同名") is None


def test_personal_numbers_in_the_words_are_warned_of_and_nothing_is_altered(as_: As):
    text = "请回电 13912345678，身份证 11010519491231002X"
    warned = as_("lin").post("/feedback/new/personal/", {"text": text}).content.decode()
    assert 'data-value="13912345678"' in warned
    assert "身份证号" in warned
    assert 'data-value="11010519491231002X"' not in warned
    assert as_("lin").post("/feedback/new/personal/", {"text": "订单 20261122001 没到"}).content.decode().strip() == ""
    as_("lin").post("/feedback/new/", entered(text=text))
    feedback = Feedback.objects.get()
    as_("lin").post(f"/feedback/{feedback.pk}/contact/")
    feedback.refresh_from_db()
    assert feedback.text == text
    assert feedback.contact == Contact.find("13912345678")


def test_files_come_with_the_form(as_: As):
    upload = SimpleUploadedFile("录音 1.mp3", b"ID3 sound")
    answer = as_("lin").post("/feedback/new/", entered(uploads=[upload]))
    page = as_("lin").get(answer["Location"].replace("recorded/", "")).content.decode()
    assert "录音 1.mp3" in page


def test_an_empty_file_is_refused_by_name_before_anything_is_kept(as_: As):
    answer = as_("lin").post("/feedback/new/", entered(uploads=[SimpleUploadedFile("空.txt", b"")]))
    assert answer.status_code == 422
    assert not Feedback.objects.exists()
