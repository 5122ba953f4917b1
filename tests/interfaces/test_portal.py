"""The public doors: anybody may speak and follow up, nobody floods, guesses or sees who works on it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from bihuan.audit.models import Event
from bihuan.cases.models import CaseFeedback
from bihuan.core import clock, rate_limit
from bihuan.core.models import RateLimitHit
from bihuan.feedback import check_codes
from bihuan.feedback.models import Feedback
from bihuan.portal import consent, visitor

pytestmark = pytest.mark.django_db
PHONE = "13912345678"
ENTERED = {
    "key": "one-time",
    "text": "送来的咖啡机漏水，昨天刚买的。",
    "demand": "换一台",
    "name": "何女士",
    "contact": PHONE,
    "agreed": "on",
}


def submit_feedback(client: Client, **more: Any) -> tuple[Feedback, str]:
    page = client.post("/submit-feedback/", ENTERED | more).content.decode()
    number, code = re.search(r'data-copy="(\S+) (\w{8})"', page).groups()  # type: ignore[union-attr]
    return Feedback.objects.get(number=number), code


def test_anybody_may_speak_and_is_given_number_and_code(client: Client):
    feedback, code = submit_feedback(client)
    assert (feedback.text, feedback.demand, feedback.channel, feedback.source) == (
        ENTERED["text"],
        "换一台",
        "web_form",
        "portal",
    )
    assert (feedback.consent, feedback.team, feedback.customer) == (consent.VERSION, None, None)
    assert (feedback.contact.masked, feedback.contact.name) == ("139****5678", "何女士")
    assert code not in repr(Feedback.objects.values())
    assert feedback.check_code == check_codes.stored(code)
    assert code not in json.dumps(list(Event.objects.values_list("details", "subject_name")))


def test_words_alone_are_enough(client: Client):
    feedback, _ = submit_feedback(client, demand="", name="", contact="", agreed="")
    assert feedback.contact is None


def test_the_form_says_who_why_what_how_long_and_which_rights(client: Client, settings: Any):
    settings.COMPANY = "晓光咖啡机厂"
    page = client.get("/submit-feedback/").content.decode()
    for expected in ("晓光咖啡机厂", "为了什么", "处理哪些", "保存多久", "您的权利", consent.VERSION):
        assert expected in page


def test_sent_twice_is_one_feedback_item_with_the_same_receipt(client: Client):
    assert submit_feedback(client) == submit_feedback(client)
    assert Feedback.objects.count() == 1


BAD = {
    "nothing said": ({"text": " "}, "请写一句发生了什么"),
    "the trap": ({"website": "http://spam.example"}, "请把这一栏清空"),
    "contact without consent": ({"agreed": ""}, "请勾选同意"),
    "a name alone": ({"contact": ""}, "请加上手机或邮箱"),
    "too long": ({"text": "长" * 20_001}, "20000"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_entry_is_refused_in_a_sentence(case: str, client: Client):
    wrong, sentence = BAD[case]
    answer = client.post("/submit-feedback/", ENTERED | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Feedback.objects.exists()


def test_the_sixth_in_ten_minutes_waits_and_others_do_not(client: Client, at: Callable[[str], datetime]):
    noon = at("2026-11-22 12:00")
    for n in range(5):
        submit_feedback(client, key=f"k{n}")
    late = client.post("/submit-feedback/", ENTERED | {"key": "k6"})
    assert late.status_code == 429
    assert 590 <= int(late["Retry-After"]) <= 601
    assert "请过" in late.content.decode()
    assert Feedback.objects.count() == 5
    assert client.post("/submit-feedback/", ENTERED | {"key": "k7"}, REMOTE_ADDR="198.51.100.7").status_code == 200
    with clock.at(noon + timedelta(minutes=10, seconds=1)):
        submit_feedback(client, key="k8")


def test_refused_knocks_do_not_lengthen_the_wait(at: Callable[[str], datetime], db: None):
    noon = at("2026-11-22 12:00")
    assert [rate_limit.count_hit("d", "w", limit=2, minutes=10) for _ in range(2)] == [0, 0]
    with clock.at(noon + timedelta(minutes=4)):
        assert rate_limit.count_hit("d", "w", limit=2, minutes=10) == 361
    assert RateLimitHit.objects.count() == 2


def test_a_visitor_is_hashed_and_a_claimed_address_counts_only_behind_a_proxy(rf: Any, settings: Any):
    request = rf.get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"}, REMOTE_ADDR="10.0.0.1")
    found = {}
    for settings.PROXIES in (0, 1, 2, 3):
        found[settings.PROXIES] = visitor.address(request)
    assert found == {0: "10.0.0.1", 1: "198.51.100.7", 2: "203.0.113.9", 3: "10.0.0.1"}
    settings.PROXIES = 0
    six = [visitor.who(rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}")) for n in (1, 2)]
    assert six[0] == six[1]
    assert "2001" not in six[0]
    assert visitor.who(rf.get("/", REMOTE_ADDR="")) == visitor.who(rf.get("/", REMOTE_ADDR="x"))


def track(client: Client, number: str, code: str) -> Any:
    return client.post("/track/", {"number": number, "code": code})


def test_number_and_code_show_the_progress_in_plain_words(client: Client, cast: dict[str, Any]):
    feedback, code = submit_feedback(client)
    page = track(client, f" {feedback.number.lower()} ", f"{code[:4]} {code[4:].lower()}").content.decode()
    assert "我们已收到" in page
    case = CaseFeedback.open_case(
        [feedback], by=cast["chen"], title="咖啡机漏水内部标题", kind="complaint", owner=cast["zhou"]
    )
    page = track(client, feedback.number, code).content.decode()
    assert "已有专人在处理" in page
    for hidden in ("周涛", "陈静", "内部标题", case.number, PHONE, ENTERED["text"]):
        assert hidden not in page
    case.move("decline", by=cast["chen"].actor, reason="x")
    assert "已办结" in track(client, feedback.number, code).content.decode()


def test_a_direct_answer_is_read_by_the_customer(client: Client, cast: dict[str, Any]):
    feedback, code = submit_feedback(client)
    feedback.answer(by=cast["lin"], reply="明天上午上门换新机。")
    page = track(client, feedback.number, code).content.decode()
    assert "明天上午上门换新机" in page
    assert "林晓" not in page


def test_unknown_number_and_wrong_code_cannot_be_told_apart(client: Client, cast: dict[str, Any]):
    feedback, code = submit_feedback(client)
    wrong, unknown = track(client, feedback.number, "AAAAAAAA"), track(client, "KF-20000101-0001", code)
    assert wrong.status_code == unknown.status_code == 422
    strip = re.compile(r'value="[^"]*"|name="csrfmiddlewaretoken"[^>]*>|hx-headers=\'[^\']*\'')
    assert strip.sub("", wrong.content.decode()) == strip.sub("", unknown.content.decode())


def test_a_feedback_item_without_a_code_cannot_be_found(client: Client, cast: dict[str, Any]):
    from bihuan.feedback.intake import receive

    feedback = receive(by=cast["lin"].actor, source="form", text="电话里说的", channel="phone")
    assert track(client, feedback.number, "00000000").status_code == 422


def test_guessing_is_stopped_after_ten(client: Client):
    feedback, code = submit_feedback(client)
    assert {track(client, feedback.number, f"WRONG{n:03d}").status_code for n in range(10)} == {422}
    assert track(client, feedback.number, code).status_code == 429


def test_codes_have_eight_letters_that_cannot_be_mistaken(db: None):
    codes = {check_codes.code_for(str(n)) for n in range(300)}
    assert len(codes) == 300
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", code) for code in codes)


def test_the_sign_in_page_leads_to_the_public_doors(client: Client, cast: dict[str, Any]):
    page = client.get("/sign-in/").content.decode()
    assert 'href="/submit-feedback/"' in page
    assert 'href="/track/"' in page


def test_the_public_pages_speak_english_too(client: Client):
    page = client.get("/submit-feedback/", headers={"accept-language": "en"}).content.decode()
    assert "What happened?" in page
    assert not re.search(r"[一-鿿]", re.sub(r"闭环|中文|KF-\S+", "", page))
