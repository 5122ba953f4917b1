"""A program that asks for JSON gets every refusal as a 409 with the reason a page would show."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.cases.models import Case
from bihuan.feedback.intake import receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Any) -> Case:
    return Case.open(by=cast["chen"], title="付款转圈", kind="problem")


# Refused through a form, without one, by a gate of the flow, and because the version seen was an older one.
ACTS = {
    "no diagnosis": ("chen", "/cases/{case}/diagnosis/finish/", {}, "不能进入方案"),
    "a plan too early": ("sun", "/cases/{case}/plan/draft/", {}, "诊断完成"),
    "no work": ("chen", "/cases/{case}/tasks/start/", {}, "还没有方案"),
    "a future talk": (
        "chen",
        "/cases/{case}/communications/",
        {"kind": "progress", "channel": "phone", "at": "2099-01-01T10:00", "content": "说了"},
        "不能晚于现在",
    ),
    "a number rule": (
        "admin", "/setup/numbers/case/", {"seen": "1", "letters": "KF", "reset": "day", "digits": "3"}, "已经在用",
    ),
    "the last administrator": ("admin", "/people/{admin}/", {"roles": ["agent"]}, "管理员"),
    "a stale edit": ("admin", "/setup/policies/solution/", {"seen": "9", "way": "long", "meeting_over": "1"}, "别人已经修改"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_a_refusal_is_a_409_with_its_reason_in_both_languages(name: str, case: Case, cast: Any, as_: Any):
    who, address, form, reason = ACTS[name]
    client, address = as_(who), address.format(case=case.pk, admin=cast["admin"].pk)
    answer = client.post(address, form, headers={"accept": "application/json"})
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["zh"] != problem["en"]
    assert problem["error"] == problem["zh"]
    assert reason in problem["zh"]
    page = client.post(address, form, headers={"referer": f"http://testserver/cases/{case.pk}/"}, follow=True)
    assert problem["zh"][:12] in page.content.decode()


def test_the_next_request_of_a_person_is_a_page_again(case: Case, as_: Any):
    admin = as_("admin")
    form = {"seen": "1", "letters": "KF", "reset": "day", "digits": "3"}
    assert admin.post("/setup/numbers/case/", form, headers={"accept": "application/json"}).status_code == 409
    assert admin.post("/setup/numbers/case/", form).status_code == 422


def test_what_is_recorded_twice_is_no_refusal(cast: Any, as_: Any):
    feedback = receive(by=cast["lin"].actor, source="form", key="p", text="慢", channel="phone", team=cast["lin"].team)
    form = {"seen": feedback.version, "reason": "测试"}
    answer = as_("lin").post(f"/feedback/{feedback.pk}/void/", form, headers={"accept": "application/json"})
    assert answer.status_code == 302
