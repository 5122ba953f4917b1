"""One feedback item and the list of all: who sees it, what stays, what changes, what is exported."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.audit import attachments
from bihuan.audit.flow import edit
from bihuan.audit.models import Event
from bihuan.core.errors import Refused
from bihuan.feedback import events
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
WORDS = "<b>结账</b>页白屏，=cmd|' /C calc'!A0"


def make_feedback(by: Any, text: str = WORDS, **more: Any) -> Feedback:
    return receive(by=by.actor, source="test", text=text, channel="phone", team=by.team, **more)


@pytest.fixture
def feedback(cast: dict[str, Any]) -> Feedback:
    return make_feedback(cast["lin"])


def test_the_words_stay_whatever_is_tried(feedback: Feedback, cast: dict[str, Any], as_: As):
    feedback.text = "改过的话"
    feedback.save()
    for way in (
        lambda: Feedback.objects.filter(pk=feedback.pk).update(text="改过的话"),
        lambda: Feedback._base_manager.filter(pk=feedback.pk).update(text="改过的话"),
        lambda: Feedback.objects.bulk_update([feedback], ["text"]),
        lambda: feedback.save(update_fields=["text"]),
        lambda: edit(feedback, {"text": "还想改"}, by=cast["lin"].actor, event_type=events.EDITED, seen=None),
    ):
        with pytest.raises(Refused), transaction.atomic():
            way()
    feedback.refresh_from_db()
    feedback.complete(by=cast["lin"], seen=feedback.version, text="改过的话", region="泉州")
    entered = {"seen": feedback.version, "channel": "phone", "text": "改过的话", "region": "厦门"}
    as_("lin").post(f"/feedback/{feedback.pk}/complete/", entered)
    again = make_feedback(cast["lin"], "改过的话", key=feedback.source_key)
    feedback.refresh_from_db()
    assert (feedback.text, feedback.region) == (WORDS, "厦门")
    assert again == feedback


def test_another_team_s_feedback_item_is_not_there(feedback: Feedback, as_: As):
    client = as_("zhao")
    posts = ("answer/", "void/", "restore/", "files/", "contact/")
    assert {client.post(f"/feedback/{feedback.pk}/{p}").status_code for p in posts} == {404}
    gets = ("", "complete/", "recorded/")
    assert {client.get(f"/feedback/{feedback.pk}/{g}").status_code for g in gets} == {404}
    assert feedback.number not in client.get("/feedback/").content.decode()
    assert as_("gao").get(f"/feedback/{feedback.pk}/").status_code == 200


def test_completing_shows_what_is_missing_and_both_versions_when_late(feedback: Feedback, as_: As):
    client = as_("lin")
    page = client.get(f"/feedback/{feedback.pk}/").content.decode()
    assert "还缺：" in page
    entered = {
        "seen": 1,
        "channel": "store",
        "product": "收银台",
        "first_judgement": "版本过旧",
        "customer": "新客一家",
    }
    assert client.post(f"/feedback/{feedback.pk}/complete/", entered).status_code == 302
    late = client.post(f"/feedback/{feedback.pk}/complete/", entered | {"product": "自助机"})
    assert late.status_code == 422
    for expected in ("收银台", "自助机", "别人已经修改"):
        assert expected in late.content.decode()
    page = client.get(f"/feedback/{feedback.pk}/").content.decode()
    assert "待验证" in page
    assert "版本过旧" in page
    assert "新客一家" in page
    feedback.refresh_from_db()
    verified = {"seen": feedback.version, "channel": "store", "first_judgement": "版本过旧", "judgement_verified": "on"}
    client.post(f"/feedback/{feedback.pk}/complete/", verified)
    assert "已证实" in client.get(f"/feedback/{feedback.pk}/").content.decode()


def test_answer_set_aside_and_restore(feedback: Feedback, as_: As):
    client, where = as_("lin"), f"/feedback/{feedback.pk}"
    assert client.post(f"{where}/answer/", {"seen": 1, "reply": ""}).status_code == 422
    assert client.post(f"{where}/answer/", {"seen": 1, "reply": "已告知升级到 3.3 版"}).status_code == 302
    assert client.post(f"{where}/answer/", {"seen": 2, "reply": "再答一次"}).status_code == 422
    assert client.post(f"{where}/void/", {"seen": 2, "reason": "广告"}).status_code == 422
    assert client.post(f"{where}/restore/", {"seen": 2, "reason": "客户又来电"}).status_code == 302
    late = client.post(f"{where}/void/", {"seen": 1, "reason": "广告", "following": "feedback"})
    assert "别人已经修改" in late.content.decode()
    answer = client.post(f"{where}/void/", {"seen": 3, "reason": "广告", "following": "feedback"})
    assert answer["Location"] == f"{where}/"
    feedback.refresh_from_db()
    assert feedback.status == "void"
    page = client.get(f"{where}/").content.decode()
    for expected in ("已答复客户：已告知升级到 3.3 版", "客户又来电", "判为无效：广告"):
        assert expected in page


EVIL = {
    "../../etc/passwd": "passwd",
    "C:\\temp\\a.docx": "a.docx",
    "invoice\u202efdp.exe": "invoicefdp.exe",
    "页\x00面.html": "页面.html",
    "...": "file",
}


@pytest.mark.parametrize("name", EVIL)
def test_a_file_is_kept_under_our_name_and_shown_under_a_tame_one(name: str, feedback: Feedback, cast: dict[str, Any]):
    upload = SimpleUploadedFile("x", b"content")
    upload._name = name
    kept = feedback.attach(upload, by=cast["lin"])
    assert kept.name == EVIL[name]
    assert attachments.folder() in (attachments.folder() / kept.stored).resolve().parents


ACTIVE = {
    "page.html": (b"<script>alert(1)</script>", "text/html"),
    "picture.svg": (b"<svg onload='alert(1)'/>", "image/svg+xml"),
    "really.png": (b"<html>not a picture", "image/png"),
    "run.js": (b"alert(1)", "text/javascript"),
}


@pytest.mark.parametrize("name", ACTIVE)
def test_an_active_file_comes_back_as_a_sealed_download(name: str, feedback: Feedback, as_: As):
    content, kind = ACTIVE[name]
    client = as_("lin")
    client.post(f"/feedback/{feedback.pk}/files/", {"uploads": [SimpleUploadedFile(name, content, kind)]})
    [kept] = attachments.list_for(feedback)
    answer = client.get(f"/files/{kept.pk}/?show=1")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == content
    assert as_("zhao").get(f"/files/{kept.pk}/").status_code == 404
    assert as_("lin").get("/files/999999/").status_code == 404


def test_a_picture_may_be_shown(feedback: Feedback, as_: As):
    client = as_("lin")
    client.post(
        f"/feedback/{feedback.pk}/files/", {"uploads": [SimpleUploadedFile("截图.png", b"\x89PNG\r\n\x1a\n....")]}
    )
    [kept] = attachments.list_for(feedback)
    assert f"/files/{kept.pk}/?show=1" in client.get(f"/feedback/{feedback.pk}/").content.decode()
    assert client.get(f"/files/{kept.pk}/?show=1")["Content-Type"] == "image/png"
    assert client.get(f"/files/{kept.pk}/")["Content-Disposition"].startswith("attachment")


def test_the_page_escapes_what_the_customer_said_and_keeps_ten_thousand_characters(as_: As, cast: dict[str, Any]):
    long = make_feedback(cast["lin"], "长话" * 5000 + "<script>x</script>")
    page = as_("lin").get(f"/feedback/{long.pk}/").content.decode()
    assert "长话" * 5000 in page
    assert "<script>x" not in page


def test_views_filters_and_search(as_: As, cast: dict[str, Any], at: Callable[[str], datetime]):
    at("2026-11-21 10:00")
    old = make_feedback(cast["lin"], "昨天的", external_no="12315-9", nature="complaint", product="收银台")
    at("2026-11-22 10:00")
    new = make_feedback(cast["chen"], "今天的", customer={"name": "晓光"}, urgency="urgent")
    full = {"title": "x", "demand": "x", "nature": "consult", "occurred_at": new.received_at, "product": "x"}
    whole = make_feedback(cast["chen"], "齐全的", customer={"name": "晓光"}, **full)
    whole.void(by=cast["chen"], reason="测试")
    client = as_("lin")

    def found(query: str) -> set[str]:
        page = client.get(f"/feedback/?{query}").content.decode()
        return {v.text for v in (old, new, whole) if v.number in page}

    assert found("") == {"昨天的", "今天的", "齐全的"}
    assert found("view=untriaged") == {"昨天的", "今天的"}
    assert found("view=mine") == {"昨天的"}
    assert found("view=closed") == {"齐全的"}
    assert found("incomplete=1") == {"昨天的", "今天的"}
    assert found("q=12315-9") == {"昨天的"}
    assert found("q=" + new.number[-8:]) == {"今天的"}
    assert found("q=晓光") == {"今天的", "齐全的"}
    assert found("nature=complaint") == found("to=2026-11-21") == found("product=收银") == {"昨天的"}
    assert found("urgency=urgent") == {"今天的"}
    assert found(f"customer={new.customer_id}") == {"今天的", "齐全的"}
    assert found("customer=x&from=nonsense") == set()


def test_exports_carry_the_form_s_headings_as_inert_text(feedback: Feedback, as_: As, cast: dict[str, Any]):
    make_feedback(
        cast["lin"], "=HYPERLINK(1)", contact="13912345678", first_judgement="版本过旧", sentiment="dissatisfied"
    )
    client = as_("lin")
    text = b"".join(client.get("/feedback/?export=csv").streaming_content).decode()
    assert text.startswith("\ufeff编号,时间,客户,客户类型,联系方式,反馈渠道,问题描述,客户诉求,情绪倾向,处理人初步判断")
    assert "'=HYPERLINK(1)" in text
    assert "139****5678" in text
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/feedback/?export=xlsx").streaming_content)))
    cells = [c for row in book.active.iter_rows() for c in row]
    assert {c.data_type for c in cells if c.value} == {"s"}
    assert {"=HYPERLINK(1)", WORDS, "不满", "版本过旧"} <= {c.value for c in cells}
    assert Event.objects.filter(kind="user.exported").count() == 2
    english = as_("lin", language="en").get("/feedback/?export=csv")
    assert "Handler's first judgement" in b"".join(english.streaming_content).decode()


def counted(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.once
def test_lists_and_pages_cost_the_same_at_20_and_at_200_rows(as_: As, cast: dict[str, Any]):
    client, costs = as_("lin"), []
    for rows in (range(20), range(20, 200)):
        for n in rows:
            feedback = make_feedback(
                cast["lin"], f"第{n}条", customer={"name": f"客户{n % 15}"}, contact=f"139{n % 15:08d}"
            )
        pages = (f"/feedback/{feedback.pk}/", f"/customers/{feedback.customer_id}/", "/feedback/new/", "/customers/")
        known = f"/feedback/new/known/?customer={feedback.customer.number}"
        lists = ("/feedback/", "/feedback/?incomplete=1&sort=due&q=客户", known)
        client.get("/feedback/")
        costs.append([counted(client, address) for address in (*lists, *pages)])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 20


def test_events_of_a_feedback_item_say_who_did_what(feedback: Feedback, as_: As):
    as_("lin").post(f"/feedback/{feedback.pk}/void/", {"seen": 1, "reason": "打错电话"})
    history = [(f.kind, f.actor.name) for f in Event.objects.filter(timeline=feedback.timeline).order_by("seq")]
    assert history == [("feedback.received", "林晓"), ("feedback.voided", "林晓")]
    assert json.dumps(history)
