"""The pages of cases, whole requests."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.audit.models import Attachment, Event
from bihuan.cases.models import Assessment, Case
from bihuan.core import clock
from bihuan.core.models import NumberRule
from bihuan.deadlines.models import Deadline, Scheme
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback

pytestmark = pytest.mark.django_db

FIFTEEN = [
    "序号",
    "问题编号",
    "客户名称",
    "联系人",
    "联系方式",
    "问题来源",
    "发生时间",
    "问题描述(现象+影响)",
    "错误提示(如有)",
    "问题类型",
    "紧急程度",
    "初步判断",
    "责任人",
    "记录人",
    "记录时间",
]


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


def opened(by: Any, **fields: Any) -> Case:
    return Case.open(by=by, **{"title": "下单卡顿", "kind": "problem", **fields})


def text(answer: Any) -> str:
    return answer.content.decode()


def test_f1_through_the_page(as_: Any):
    answer = as_("lin").post(
        "/cases/new/",
        {
            "kind": "requirement",
            "title": "订单接口",
            "description": "每天三千单，增量同步到仓储系统",
            "requirement_type": "function",
            "key_demands": "开放查询权限\n\n字段与报表一致",
            "customer_name": "蓝鲸连锁超市分公司",
            "contact_name": "钱经理",
            "contact": "13911112222",
        },
    )
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert (case.requirement_type, case.key_demands) == ("function", ["开放查询权限", "字段与报表一致"])
    page = text(as_("lin").get(answer["Location"]))
    assert "功能需求" in page
    assert "字段与报表一致" in page
    assert "13911112222" not in page
    assert case.contact.masked in page


def test_three_fields_open_a_case_and_a_missing_one_is_asked_for(as_: Any):
    bad = as_("lin").post("/cases/new/", {"kind": "problem", "title": "卡顿", "expected_effect": "快一点"})
    assert bad.status_code == 422
    assert "快一点" in text(bad)
    good = {"kind": "problem", "title": "卡顿", "description": "下单卡"}
    assert as_("lin").post("/cases/new/", good).status_code == 302


def test_f7_and_f8_through_the_pages(as_: Any, at: Any, cast: Any):
    NumberRule.objects.create(noun="case", prefix="TS", reset="day", digits=3)
    at("2023-10-01 14:35")
    as_("lin").post(
        "/cases/new/",
        {
            "kind": "problem",
            "title": "验证码错误",
            "description": "三人无法下单",
            "affected_users": "3",
            "occurred_at": "2023-10-01T14:30",
        },
    )
    seven = Case.objects.get()
    assert (seven.number, seven.occurred_at) == ("TS-20231001-001", beijing("2023-10-01 14:30"))
    rating = f"/cases/{seven.pk}/assessment/"
    assert 'value="part"' in re.search(r"<input[^>]*name=\"scope\"[^>]*checked[^>]*>", text(as_("chen").get(rating)))[0]  # type: ignore[index]
    as_("chen").post(rating, {"business_urgency": "hit", "scope": "part"})
    seven.refresh_from_db()
    assert seven.level == "P1"

    at("2023-10-01 16:05")
    as_("lin").post(
        "/cases/new/",
        {"kind": "problem", "title": "数据延迟", "description": "刷新慢五分钟", "technical_type": "function"},
    )
    eight = Case.objects.get(number="TS-20231001-002")
    form = {"business_urgency": "hit", "scope": "part", "level": "P0"}
    refused = as_("chen").post(f"/cases/{eight.pk}/assessment/", form)
    assert refused.status_code == 422
    assert "请写明理由" in text(refused)
    as_("chen").post(f"/cases/{eight.pk}/assessment/", form | {"override_reason": "排产受影响"})
    as_("zhou").get(f"/cases/{eight.pk}/")
    page = as_("chen").post(
        f"/cases/{eight.pk}/edit/",
        {
            "kind": "problem",
            "title": eight.title,
            "description": eight.description,
            "technical_type": "performance",
            "seen": Case.objects.get(pk=eight.pk).version,
        },
    )
    assert page.status_code == 302
    shown = text(as_("chen").get(f"/cases/{eight.pk}/"))
    assert "性能类" in shown
    assert "排产受影响" in shown
    assert "P0 紧急" in shown


@pytest.mark.parametrize(
    ("value", "urgency", "level", "disposition"),
    [("4", "3", "high_low", "iteration"), ("5", "5", "high_high", "first")],
)
def test_f2_and_f3_through_the_page_and_a_score_carries_its_reason(
    as_: Any, cast: Any, value: str, urgency: str, level: str, disposition: str
):
    case = opened(cast["lin"], kind="requirement", requirement_class="technical")
    address = f"/cases/{case.pk}/assessment/?scheme=value_urgency"
    scores = {"value": value, "urgency": urgency}
    assert as_("wang").post(address, scores).status_code == 422
    as_("wang").post(address, scores | {"value_reason": "省下一半时间", "urgency_reason": "下月上线"})
    case.refresh_from_db()
    assert (case.level, case.disposition) == (level, disposition)
    assert case.assessments.get().reasons == {"value": "省下一半时间", "urgency": "下月上线"}
    listed = as_("wang").get(f"/cases/?disposition={disposition}").context["list"]
    assert [c.pk for c in listed.page] == [case.pk]


def test_the_suggestion_answers_each_tick_with_its_reasons(as_: Any, cast: Any):
    case = opened(cast["lin"], kind="requirement")
    suggestion = text(
        as_("chen", "en").get(f"/cases/{case.pk}/assessment/suggestion/?scheme=urgent_important&urgent=0&important=1")
    )
    assert "Urgent and important" in suggestion
    assert "Urgent: yes" in suggestion
    assert suggestion.count('aria-current="true"') == 1


def test_level_p2_asks_for_the_workaround(as_: Any, cast: Any):
    case = opened(cast["lin"])
    form = {"business_urgency": "slight", "scope": "one", "level": "P2"}
    assert as_("chen").post(f"/cases/{case.pk}/assessment/", form).status_code == 422
    as_("chen").post(f"/cases/{case.pk}/assessment/", form | {"workaround": "换浏览器"})
    assert Case.objects.get(pk=case.pk).workaround == "换浏览器"


def test_a_feedback_item_becomes_a_case_and_lends_its_words(as_: Any, cast: Any):
    feedback = receive(
        by=cast["lin"].actor,
        source="t",
        text="付款按钮点了没反应",
        channel="phone",
        team=cast["lin"].team,
        nature="fault",
    )
    page = text(as_("lin").get(f"/feedback/{feedback.pk}/case/"))
    assert page.count("付款按钮点了没反应") >= 2
    as_("lin").post(
        f"/feedback/{feedback.pk}/case/", {"kind": "problem", "title": "付款失败", "description": feedback.text}
    )
    case = Case.objects.get()
    assert case.links.get().feedback == feedback
    assert Feedback.objects.get(pk=feedback.pk).status == "linked"


def test_a_feedback_item_is_put_in_a_similar_or_a_found_case(as_: Any, cast: Any):
    case = opened(
        cast["lin"],
        title="付款按钮没有反应",
        description="付款按钮点了以后一直没有反应，订单付不了",
        product="订货平台",
    )
    feedback = receive(
        by=cast["lin"].actor,
        source="t",
        text="付款按钮点了以后没有反应，付不了订单",
        channel="phone",
        team=cast["lin"].team,
        product="订货平台",
    )
    address = f"/feedback/{feedback.pk}/case/"
    assert [one.case for one in as_("lin").get(address).context["similar"]] == [case]
    assert as_("zhao").get(address).status_code == 404
    assert list(as_("lin").get(address, {"q": case.number[-7:]}).context["found"]) == [case]
    as_("lin").post(f"/cases/{case.pk}/feedback/", {"feedback": feedback.number})
    link = case.links.get()
    removal = f"/cases/{case.pk}/feedback/{link.pk}/unlink/"
    assert as_("lin").post(removal, {"reason": ""}).status_code == 422
    assert as_("lin").post(removal, {"reason": "不是同一个问题"}).status_code == 302
    assert case.links.count() == 0


def test_a_stale_edit_shows_both_versions_and_saves_only_when_seen(as_: Any, cast: Any):
    case = opened(cast["lin"], description="原来")
    form = {"kind": "problem", "title": "我的标题", "description": "原来", "seen": case.version}
    case.edit(by=cast["chen"], seen=None, title="别人的标题")
    answer = as_("lin").post(f"/cases/{case.pk}/edit/", form)
    assert answer.status_code == 422
    assert "别人的标题" in text(answer)
    assert "我的标题" in text(answer)
    assert Case.objects.get(pk=case.pk).title == "别人的标题"
    seen = re.search(r'name="seen" value="(\d+)"', text(answer))
    as_("lin").post(f"/cases/{case.pk}/edit/", form | {"seen": seen[1]})  # type: ignore[index]
    assert Case.objects.get(pk=case.pk).title == "我的标题"


SUBPAGES = ("", "edit/", "assessment/", "assessment/suggestion/", "pause/", "decline/", "owner/")


@pytest.mark.parametrize("sub", SUBPAGES)
def test_another_teams_case_is_not_found_and_a_collaborator_finds_it(as_: Any, cast: Any, sub: str):
    case = opened(cast["lin"])
    address = f"/cases/{case.pk}/{sub}"
    assert as_("he").get(address).status_code == 404
    case.add_collaborators(by=cast["chen"], people=[cast["he"]])
    assert as_("he").get(address).status_code == 200


def test_owner_team_and_collaborators_are_named_on_one_page(as_: Any, cast: Any):
    case = opened(cast["lin"])
    address = f"/cases/{case.pk}/"
    as_("chen").post(address + "owner/", {"owner": cast["zhou"].pk, "seen": case.version})
    as_("chen").post(address + "collaborators/", {"people": [cast["zhao"].pk], "teams": [cast["wang"].team_id]})
    page = text(as_("zhou").get(address))
    assert all(name in page for name in ("周涛", "赵敏", "产品部"))
    assert Event.objects.filter(kind="case.assigned", timeline=case.timeline).count() == 1
    assert as_("chen").post(address + "owner/", {"owner": cast["guo"].pk, "seen": 1}).status_code == 422


def test_a_case_without_owner_is_claimed_once(as_: Any, cast: Any):
    case = opened(cast["lin"])
    as_("lin").post(f"/cases/{case.pk}/owner/me/")
    as_("chen").post(f"/cases/{case.pk}/owner/me/")
    assert Case.objects.get(pk=case.pk).owner == cast["lin"]


def test_waiting_talking_declining_and_appealing_through_the_pages(as_: Any, cast: Any):
    case = opened(cast["lin"])
    page = f"/cases/{case.pk}/"
    as_("chen").post(page + "assessment/", {"business_urgency": "hit", "scope": "one", "workaround": "重试"})
    as_("lin").post(page + "pause/", {"paused_for": "customer", "reason": "等截图"})
    assert "等截图" in text(as_("lin").get(page))
    as_("lin").post(page + "resume/")
    assert (
        as_("lin").post(page + "communications/", {"kind": "confirm", "channel": "phone", "content": ""}).status_code
        == 422
    )
    as_("lin").post(
        page + "communications/", {"kind": "confirm", "channel": "phone", "content": "核实现象", "reply": "是的"}
    )
    assert Deadline.objects.live(case).get(milestone="respond").met_at
    assert as_("lin").post(page + "decline/", {"why": "pseudo", "reason": "不需要", "seen": 1}).status_code == 403
    seen = Case.objects.get(pk=case.pk).version
    as_("chen").post(page + "decline/", {"why": "pseudo", "reason": "与目标无关", "seen": seen})
    assert "与目标无关" in text(as_("lin").get(page))
    as_("lin").post(page + "appeal/", {"reason": "客户补充了证据"})
    assert Case.objects.get(pk=case.pk).status == "accepted"


def test_a_file_is_kept_and_given_only_to_those_who_see_the_case(as_: Any, cast: Any):
    case = opened(cast["lin"])
    as_("lin").post(f"/cases/{case.pk}/files/", {"upload": SimpleUploadedFile("截图.html", b"<script>1</script>")})
    kept = Attachment.objects.get()
    address = f"/cases/{case.pk}/files/{kept.pk}/"
    answer = as_("lin").get(address)
    assert answer["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer["Content-Disposition"]
    assert as_("zhao").get(address).status_code == 404


def test_the_export_has_the_fifteen_columns_in_order_and_masked_contacts(as_: Any, cast: Any):
    as_("lin").post(
        "/cases/new/",
        {"kind": "problem", "title": "卡", "description": "下单卡", "channel": "phone", "technical_type": "performance",
         "affected_users": "3", "contact_name": "孙经理", "contact": "13711112222", "error_text": "=HYPERLINK(1)"},
    )  # fmt: skip
    answer = as_("chen").get("/cases/?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == FIFTEEN
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["序号"], line["联系人"], line["问题来源"], line["问题类型"]) == ("1", "孙经理", "电话", "性能类")
    assert "3 个用户" in line["问题描述(现象+影响)"]
    assert "13711112222" not in str(rows)
    assert line["错误提示(如有)"].startswith("'=")


def test_each_view_counts_what_it_lists_and_late_ones_come_first(as_: Any, cast: Any, at: Any):
    at("2026-11-09 10:00")
    late, soon = opened(cast["lin"], title="晚了"), opened(cast["lin"], title="快到了")
    given = {"business_urgency": "hit", "scope": "one"}
    Assessment.assess(soon, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=given)
    at("2026-11-10 10:00")
    Assessment.assess(
        late,
        by=cast["chen"],
        scheme=Scheme.current("p_level"),
        inputs=given | {"business_urgency": "core_down", "scope": "many"},
    )
    waits = opened(cast["lin"], title="在等")
    waits.pause(by=cast["lin"], paused_for="customer", reason="等截图")
    at("2026-11-10 11:00")
    found = {}
    for view in ("open", "mine", "team", "unassigned", "soon", "overdue", "paused", "archived"):
        listed = as_("lin").get(f"/cases/?view={view}").context["list"]
        assert listed.page.paginator.count == len(listed.page.object_list)
        found[view] = [c.title for c in listed.page]
    assert found["overdue"] == ["晚了"]
    assert found["soon"] == ["快到了"]
    assert found["paused"] == ["在等"]
    assert found["open"] == found["team"] == found["unassigned"] == ["晚了", "快到了", "在等"]
    assert found["mine"] == found["archived"] == []


@pytest.mark.parametrize("rows", [20, 200])
def test_the_list_costs_the_same_whatever_its_length(as_: Any, cast: Any, rows: int, django_assert_num_queries: Any):
    for n in range(rows):
        opened(cast["lin"], title=f"事项 {n}", owner=cast["lin"])
    client = as_("lin")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/cases/")


LIST_QUERIES = 4


def test_each_page_of_a_case_marks_its_own_tab(as_: Any, cast: Any):
    case = opened(cast["lin"])
    for part in ("", "diagnosis/", "plan/", "tasks/", "follow-up/"):
        page = text(as_("chen").get(f"/cases/{case.pk}/{part}"))
        marked = re.findall(r'<a href="(/cases/[^"]*)"\s+aria-current="page"', page)
        assert [address for address in marked if address != "/cases/"] == [f"/cases/{case.pk}/{part}"]
