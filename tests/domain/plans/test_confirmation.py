"""No work before the customer agreed to this very version, or a reasoned waiver; a link is one secret, for one answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.audit import attachments
from bihuan.audit.models import Event
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.plans.models import Approval, Change, Confirmation, Plan
from tests.sampling import WHOLE

pytestmark = pytest.mark.django_db
Agree = Callable[..., Approval]


def stands(plan: Plan) -> str:
    return Case.objects.get(pk=plan.case_id).status


def ask(plan: Plan, cast: dict[str, Any]) -> tuple[Confirmation, str]:
    return Confirmation.ask(plan, by=cast["lin"], summary="先扩容，再改造", todo=["提供测试账号", " "])


def test_a_plan_is_put_to_the_customer_only_when_approved(plan: Plan, cast: dict[str, Any]):
    with pytest.raises(Refused, match="还没有批准"):
        ask(plan, cast)
    with pytest.raises(Refused, match="还没有批准"):
        plan.case.move("propose", by=cast["lin"].actor)
    assert not Confirmation.objects.exists()


def test_a_case_without_a_plan_cannot_be_put_to_the_customer(case: Case, cast: dict[str, Any]):
    with pytest.raises(Refused, match="还没有方案"):
        case.move("propose", by=cast["lin"].actor)


def test_the_direct_move_starts_no_work_without_the_customers_word(approved: Plan, cast: dict[str, Any]):
    row, _ = ask(approved, cast)
    assert stands(approved) == "confirming"
    case = Case.objects.get(pk=approved.case_id)
    with pytest.raises(Refused, match="还没有确认"):
        case.move("start", by=cast["zhou"].actor)
    with pytest.raises(Refused, match="还没有确认"):
        approved.move("begin", by=cast["zhou"].actor)
    row.answer(by=cast["lin"].actor, name="王经理", agreed=True)
    case.move("start", by=cast["zhou"].actor)
    assert stands(approved) == "executing"


def test_an_objection_sends_the_case_back_to_planning_with_the_customers_words(approved: Plan, cast: dict[str, Any]):
    row, _ = ask(approved, cast)
    with pytest.raises(Refused, match="请写下您的意见"):
        row.answer(by=cast["lin"].actor, name="王经理", agreed=False)
    row.answer(by=cast["lin"].actor, name="王经理", agreed=False, comment="两个月太久")
    assert stands(approved) == "planning"
    assert Event.objects.filter(kind="case.objected", details__reason="两个月太久").exists()
    approved.revise(by=cast["zhou"], reason="客户嫌久")
    assert (approved.status, approved.version_number) == ("draft", 2)
    assert approved.last_confirmation is None, "an answer to version 1 says nothing of version 2"


def test_a_waiver_needs_the_right_and_a_reason(approved: Plan, cast: dict[str, Any]):
    with pytest.raises(Refused, match="权限"):
        Confirmation.waive(approved, by=cast["lin"], reason="急")
    with pytest.raises(Refused, match="理由"):
        Confirmation.waive(approved, by=cast["chen"], reason="  ")
    assert stands(approved) == "planning"
    Confirmation.waive(approved, by=cast["chen"], reason="客户书面授权先行处理")
    approved.begin(by=cast["zhou"])
    assert (stands(approved), approved.status) == ("executing", "executing")


def test_an_answer_by_phone_keeps_its_recording(approved: Plan, cast: dict[str, Any]):
    upload = SimpleUploadedFile("通话.mp3", b"ID3 sound")
    row = Confirmation.record_call(approved, by=cast["lin"], name="王经理", agreed=True, comment="可以", upload=upload)
    assert (row.status, row.way) == ("agreed", "call")
    assert [f.name for f in attachments.list_for(row)] == ["通话.mp3"]


def test_what_was_agreed_is_asked_no_second_time(approved: Plan, cast: dict[str, Any]):
    Confirmation.record_call(approved, by=cast["lin"], name="王经理", agreed=True)
    with pytest.raises(Refused, match="已经确认"):
        ask(approved, cast)


def test_a_change_after_agreement_asks_the_customer_again(approved: Plan, cast: dict[str, Any], agree: Agree):
    Confirmation.record_call(approved, by=cast["lin"], name="王经理", agreed=True)
    approved.begin(by=cast["zhou"])
    Change.make(approved, by=cast["zhou"], reason="供货延期", finish=date(2027, 3, 1))
    assert (stands(approved), approved.status) == ("planning", "reviewing")
    for who in ("gao", "tang", "fang"):
        agree(approved, who)
    case = Case.objects.get(pk=approved.case_id)
    case.move("propose", by=cast["lin"].actor)
    with pytest.raises(Refused, match="还没有确认"):
        case.move("start", by=cast["zhou"].actor)


def test_a_link_is_answered_once_and_shows_the_answer_afterwards(approved: Plan, cast: dict[str, Any]):
    _, word = ask(approved, cast)
    guest, address = Client(headers={"accept-language": "zh-hans"}), f"/confirm/{word}/"
    page = guest.get(address)
    assert "提供测试账号" in page.content.decode()
    assert "先扩容，再改造" in page.content.decode()
    # The address is the key and stays with us; stricter than this, a browser says "Origin: null" and the answer is refused.
    assert page["Referrer-Policy"] == "same-origin"
    for member in cast.values():
        assert str(member) not in page.content.decode(), "no staff names beyond the team"
    assert guest.post(address, {"name": "王经理", "answer": "object"}).status_code == 422
    guest.post(address, {"name": "王经理", "answer": "agree", "comment": "尽快"})
    guest.post(address, {"name": "别人", "answer": "object", "comment": "不要"})
    row = Confirmation.objects.get()
    assert (row.status, row.name, row.comment) == ("agreed", "王经理", "尽快")
    assert "您已同意" in guest.get(address).content.decode()


def test_the_word_of_a_link_is_not_stored(approved: Plan, cast: dict[str, Any]):
    row, word = ask(approved, cast)
    assert len(word) >= 43, "256 bits"
    assert word not in str(Confirmation.objects.filter(pk=row.pk).values().get())
    assert word not in str(list(Event.objects.values_list("details", flat=True)))


def test_a_link_expires_and_cannot_be_answered_then(approved: Plan, cast: dict[str, Any]):
    row, word = ask(approved, cast)
    with clock.at(clock.now() + timedelta(days=14, seconds=1)):
        guest = Client(headers={"accept-language": "zh-hans"})
        assert guest.get(f"/confirm/{word}/").status_code == 410
        assert guest.post(f"/confirm/{word}/", {"name": "王", "answer": "agree"}).status_code == 410
        with pytest.raises(Refused, match="过期"):
            row.answer(by=cast["lin"].actor, name="王", agreed=True)
    row.refresh_from_db()
    assert row.status == "waiting"


def test_a_new_link_or_a_change_of_the_plan_revokes_the_old_one(approved: Plan, cast: dict[str, Any]):
    _, first = ask(approved, cast)
    _, second = ask(approved, cast)
    guest = Client()
    assert guest.get(f"/confirm/{first}/").status_code == 404
    assert guest.get(f"/confirm/{second}/").status_code == 200
    Change.make(approved, by=cast["zhou"], reason="涨价", budget=Decimal("90000"))
    assert guest.get(f"/confirm/{second}/").status_code == 404


@pytest.mark.parametrize("word", ["%25", "%", "..", "a" * 5000, "null", "' OR 1=1 --", "%00", "中文", "__%"])
def test_an_odd_word_opens_nothing(approved: Plan, cast: dict[str, Any], word: str):
    ask(approved, cast)
    assert Client().get(f"/confirm/{word}/").status_code == 404


def test_forged_words_open_nothing(approved: Plan, cast: dict[str, Any]):
    _, word = ask(approved, cast)
    near = [word[:-1] + c for c in "abcdefgh"] + [word.swapcase(), word + "=", word[1:]]
    forged = [*near, *(secrets.token_urlsafe(32) for _ in range(10_000 if WHOLE else 500))]
    assert not any(Confirmation.objects.by_token(w) for w in forged if w != word)
    assert Confirmation.objects.by_token(word)
