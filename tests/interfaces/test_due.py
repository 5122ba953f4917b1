"""What is due is said in the same words everywhere, is found on one screen, and can be acted on there."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from bihuan.cases.models import Assessment, Case, CaseFeedback, Communication
from bihuan.core import clock
from bihuan.deadlines import escalation_sweep
from bihuan.deadlines.models import Deadline, EscalationStep, PauseLimit, Scheme, StatutoryRule
from bihuan.feedback.intake import receive
from bihuan.notifications import outbox
from bihuan.notifications.models import Notification
from bihuan.reports.deadline_report import limits_report

pytestmark = pytest.mark.django_db


def assessed_case(cast: Any, title: str = "登录失败", business: str = "core_down", scope: str = "one") -> Case:
    made = Case.open(by=cast["lin"], title=title, kind="problem", technical_type="function")
    made.assign(by=cast["chen"], owner=cast["zhou"])
    given = {"business_urgency": business, "scope": scope}
    Assessment.assess(made, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=given)
    return made


@pytest.fixture
def case(cast: Any, at: Any) -> Case:
    at("2026-11-10 10:00")
    return assessed_case(cast)


def shown(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def exported(client: Any) -> list[dict[str, str]]:
    text = b"".join(client.get("/deadlines/due/?export=csv").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("moment", "language", "words", "pause"),
    [
        ("2026-11-10 12:45", "zh-hans", "还剩 1 小时 15 分", False),
        ("2026-11-10 12:45", "en", "due in 1 h 15 min", False),
        ("2026-11-11 16:20", "zh-hans", "已超 1 天 2 小时", False),
        ("2026-11-11 16:20", "en", "overdue by 1 d 2 h", False),
    ],
)
def test_the_same_words_in_list_page_export_report_and_notice(
    case: Case, cast: Any, as_: Any, at: Any, moment: str, language: str, words: str, pause: bool
):
    at(moment)
    escalation_sweep.sweep()
    outbox.dispatch()
    client = as_("zhou", language)
    assert words in shown(client, "/cases/")
    assert words in shown(client, f"/cases/{case.pk}/")
    assert words in shown(client, "/deadlines/due/")
    assert words in shown(client, "/deadlines/")
    assert words in next(iter(exported(client)[0].values()))
    assert words in shown(client, "/reports/deadlines/")
    assert words in shown(client, "/notifications/")
    assert words in shown(client, "/"), "the first page"
    book = load_workbook(io.BytesIO(client.get("/reports/deadlines/?export=xlsx").content))
    assert any(words in str(cell.value) for sheet in book for row in sheet for cell in row)


def test_a_paused_and_a_provisional_limit_say_so_in_list_and_page(case: Case, cast: Any, as_: Any, at: Any):
    at("2026-11-10 11:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    client = as_("zhou")
    one = Deadline.objects.filter(case=case).earliest("due")
    for address in (
        "/cases/",
        f"/cases/{case.pk}/",
        "/deadlines/due/?view=paused",
        "/deadlines/",
        f"/deadlines/{one.pk}/",
    ):
        assert "暂停，自 11-10 11:00" in shown(client, address)
    assert "等客户提供截图" in shown(client, "/deadlines/due/?view=paused")
    Deadline.objects.filter(case=case).update(provisional=True)
    case.resume(by=cast["lin"])
    Case.objects.filter(pk=case.pk).update(next_provisional=True)
    assert "（暂定）" in shown(client, "/cases/")


def test_what_stands_is_counted_as_missed_nowhere(case: Case, cast: Any, as_: Any, at: Any):
    at("2026-11-10 11:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-10 18:00")  # long past 14:00, had it not been paused
    client = as_("chen")
    assert not client.get("/deadlines/?view=missed").context["list"].page.object_list
    assert "超时 0" in shown(client, f"/cases/{case.pk}/")
    kept = next(t for t in limits_report(cast["chen"]).tables if t.key == "kept")
    assert kept.rows == []
    assert not any(one.missed for one in Deadline.objects.filter(case=case))


def test_a_wait_begun_too_late_leaves_the_limit_among_the_overdue_everywhere(case: Case, cast: Any, as_: Any, at: Any):
    at("2026-11-10 15:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    client = as_("chen")
    for address in (
        "/deadlines/due/?view=overdue",
        "/cases/?view=overdue",
        "/deadlines/?view=missed",
        "/reports/deadlines/",
    ):
        assert "已超 1 小时" in shown(client, address), address
    paused = client.get("/deadlines/due/?view=paused").context["list"]
    assert [one.milestone for one in paused.page] == ["resolve"]


def test_the_supervisor_sees_on_one_page_what_breaches_next_and_why(case: Case, cast: Any, as_: Any, at: Any):
    later = assessed_case(cast, "报表打不开", "hit")
    at("2026-11-10 11:00")
    page = shown(as_("chen"), "/deadlines/due/")
    assert page.index("还剩 3 小时") < page.index("报表打不开")
    for word in (
        "登录失败",
        case.number,
        "周涛",
        "响应",
        "还剩工作时间 1 小时 30 分",
        "2026-11-10 14:00",
        "催办",
        "改派",
        "24 小时",
    ):
        assert word in page, word
    assert later.number in page
    assert f"/cases/{case.pk}/owner/" in page
    answer = as_("chen").post(f"/cases/{case.pk}/reminder/", follow=True)
    assert "已催办 周涛" in answer.content.decode()
    assert "一小时内已经催过" in as_("chen").post(f"/cases/{case.pk}/reminder/", follow=True).content.decode()
    outbox.dispatch()
    assert "催办" in shown(as_("zhou"), "/notifications/")
    assert as_("zhou").post(f"/cases/{case.pk}/reminder/").status_code == 403
    assert as_("he").post(f"/cases/{case.pk}/reminder/").status_code == 404, "another team's supervisor"


def test_the_list_costs_the_same_at_three_and_at_thirty(
    case: Case, cast: Any, as_: Any, django_assert_max_num_queries: Any
):
    client = as_("chen")
    for many in (2, 14):
        for n in range(many):
            assessed_case(cast, f"第 {n} 件")
        with django_assert_max_num_queries(10):
            client.get("/deadlines/due/")


def test_an_agent_pauses_with_the_new_due_time_before_the_eyes_and_resumes(case: Case, cast: Any, as_: Any, at: Any):
    at("2026-11-10 11:00")
    lin = as_("lin")
    page = shown(lin, f"/cases/{case.pk}/pause/")
    assert "最长到 2026-11-17 18:00" in page
    assert "2026-11-19 17:00" in page, "48 hours and the longest wait"
    answer = lin.post(f"/cases/{case.pk}/pause/", {"paused_for": "customer", "reason": "等客户提供截图"}, follow=True)
    assert "已挂起" in answer.content.decode()
    at("2026-11-10 16:30")
    page = shown(lin, f"/cases/{case.pk}/")
    assert "现在恢复，时限是" in page
    assert "2026-11-10 19:30" in page
    lin.post(f"/cases/{case.pk}/resume/")
    assert Deadline.objects.live(case).get(milestone="respond").due == beijing("2026-11-10 19:30")


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


def test_an_outside_number_finds_feedback_item_and_case_and_its_answer_is_recorded(case: Case, cast: Any, as_: Any):
    lin, rule = as_("lin"), next(r for r in StatutoryRule.in_force_on(clock.today()) if r.code == "12345_answer")
    sent = {"rule": rule.pk, "number": "BJ12345-20261110-77", "received_at": "", "given": ""}
    assert "外部时限已登记" in lin.post(f"/cases/{case.pk}/external-requests/", sent, follow=True).content.decode()
    page = shown(lin, f"/cases/{case.pk}/")
    assert "BJ12345-20261110-77" in page
    assert "核对" in page
    assert "登录失败" in shown(lin, "/search/?q=BJ12345-20261110-77")
    row = case.external_requests.get()
    assert "登记答复" in page
    lin.post(f"/cases/{case.pk}/external-requests/{row.pk}/answer/", {"text": "已书面答复", "at": ""})
    assert Deadline.objects.get(external_request=row).met_at
    assert as_("zhao").get(f"/cases/{case.pk}/external-requests/{row.pk}/answer/").status_code == 404


def test_a_feedback_item_from_12315_brings_its_number_and_limit_into_the_case(cast: Any, as_: Any, at: Any):
    at("2026-11-10 10:00")
    feedback = receive(
        by=cast["lin"].actor, source="form", key="v", text="退款一直不到账", channel="p12315", external_no="PT2026-001"
    )
    case = CaseFeedback.open_case([feedback], by=cast["lin"], title="退款", kind="complaint")
    row = case.external_requests.get()
    assert (row.number, row.rule.code, row.deadline.unit) == ("PT2026-001", "12315_answer", "working_days")
    assert case.number in shown(as_("lin"), "/search/?q=PT2026-001")
    assert feedback.number in shown(as_("lin"), "/search/?q=PT2026-001")


def test_the_rules_are_read_by_all_and_changed_by_the_administrator_with_a_event(case: Case, as_: Any):
    page = shown(as_("lin"), "/escalation/")
    for word in (
        "用到 50%",
        "超时后 8 个工作小时",
        "挂起上限：等客户",
        "总局令第 121 号",
        "自动回执不算",
        "每 7 天一次",
        "3 个工作日",
        "14 天内",
    ):
        assert word in page
    assert "修改" not in page.split("<main")[1].split("人人可看")[1].replace("可改", "")
    admin, step = as_("admin"), EscalationStep.all_rows()[0]
    assert as_("lin").get(f"/escalation/steps/{step.pk}/").status_code == 403
    sent = {
        "seen": step.version,
        "percent": 60,
        "hours_after_due": 0,
        "recipients": ["owner", "supervisor"],
        "active": "on",
    }
    assert admin.post(f"/escalation/steps/{step.pk}/", sent).status_code == 302
    assert "用到 60%" in shown(as_("lin"), "/escalation/")
    bad = admin.post(f"/escalation/steps/{step.pk}/", sent | {"hours_after_due": 5, "seen": step.version + 1})
    assert bad.status_code == 422
    limit = PauseLimit.all_rows()[0]
    assert (
        admin.post(
            f"/escalation/pause-limits/{limit.pk}/", {"seen": limit.version, "amount": "1.5", "unit": "working_days"}
        ).status_code
        == 422
    )
    rule = StatutoryRule.all_rows()[0]
    values = {"valid_from": "2027-01-01", "amount": 5, "unit": "working_days", "source": "新办法第十条"}
    assert admin.post(f"/escalation/statutory/{rule.pk}/versions/", values).status_code == 302
    assert "新办法第十条" in shown(as_("lin"), "/escalation/")


def test_a_notice_leads_to_its_matter_and_is_read_then_and_is_nobody_elses(case: Case, cast: Any, as_: Any):
    outbox.dispatch()
    mine = Notification.objects.filter(user=cast["zhou"]).first()
    assert mine is not None
    cast["zhou"].refresh_from_db()
    before, client = cast["zhou"].unread, as_("zhou")
    assert f'bell-count">{before}<' in shown(client, "/")
    assert client.get(f"/notifications/{mine.pk}/")["Location"] == f"/cases/{case.pk}/"
    assert as_("lin").get(f"/notifications/{mine.pk}/").status_code == 404
    cast["zhou"].refresh_from_db()
    assert cast["zhou"].unread == before - 1
    as_("lin").post(
        "/notifications/read/", {"notice": Notification.objects.filter(user=cast["zhou"], read_at=None)[0].pk}
    )
    cast["zhou"].refresh_from_db()
    assert cast["zhou"].unread == before - 1, "nobody reads another's"
    client.post("/notifications/read/")
    assert "bell-count" not in shown(client, "/notifications/")


def test_the_report_counts_kept_and_missed_and_who_paused(case: Case, cast: Any, as_: Any, at: Any):
    at("2026-11-10 11:00")
    Communication.log(case, by=cast["lin"].actor, kind="confirm", channel="phone", content="核实了现象")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-20 10:00")
    page = shown(as_("chen"), "/reports/deadlines/")
    assert "达成率" in page
    rows = as_("chen").get("/reports/deadlines/").context["document"]["tables"]
    kept = {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in rows[0]["rows"]}
    assert kept["响应"] == [1, 1, 0, "100%"]
    paused = {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in rows[2]["rows"]}
    assert paused["林晓"] == [1, "7 天 7 小时", "73%", 1]
