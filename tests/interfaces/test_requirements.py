"""The pages of requirements, whole requests."""

from __future__ import annotations

import html
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from bihuan.cases.models import Assessment, Case
from bihuan.deadlines.models import Scheme
from bihuan.feedback.intake import receive
from bihuan.notifications import digest
from bihuan.notifications.models import Digest
from bihuan.requirements.models import Iteration, Requirement
from bihuan.requirements.pool import PoolReview

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def scored(cast: Any, title: str, value: int, urgency: int, **more: Any) -> Requirement:
    row = Requirement.create(by=cast["wang"], title=title, **more)
    row.score(
        by=cast["wang"],
        scheme=Scheme.current("value_urgency"),
        inputs={"value": value, "urgency": urgency},
        reasons={"value": "提升工作效率", "urgency": "月底要用"},
    )
    return row


def test_from_a_feedback_item_to_a_score_to_its_queue(as_: Any, cast: Any):
    feedback = receive(
        by=cast["lin"].actor, source="t", text="希望能批量导出订单", channel="phone", team=cast["lin"].team
    )
    page = text(as_("lin").get(f"/requirements/new/?feedback={feedback.pk}"))
    assert page.count("希望能批量导出订单") >= 2
    assert as_("zhao").get(f"/requirements/new/?feedback={feedback.pk}").status_code == 404
    made = as_("lin").post(
        f"/requirements/new/?feedback={feedback.pk}",
        {"title": "批量导出", "surface": "加一个导出按钮", "essential": "月底对账省时", "explicit": "按月导出\n\n含退货", "implicit": "要含修改记录"},
    )  # fmt: skip
    row = Requirement.objects.get()
    assert made["Location"] == f"/requirements/{row.pk}/"
    assert (row.feedback, row.explicit, row.implicit) == (feedback, ["按月导出", "含退货"], ["要含修改记录"])
    address = f"/requirements/{row.pk}/scores/value_urgency/"
    assert as_("lin").get(address).status_code == 403
    assert as_("wang").post(address, {"value": 4, "urgency": 3}).status_code == 422
    as_("wang").post(address, {"value": 4, "value_reason": "提升效率", "urgency": 3, "urgency_reason": "不急"})
    page = text(as_("wang").get(f"/requirements/{row.pk}/"))
    assert "高价值-低紧急度" in page
    assert "提升效率" in page
    row.refresh_from_db()
    assert row.disposition == "iteration"
    rice = f"/requirements/{row.pk}/scores/rice/"
    as_("wang").post(rice, {"reach": "300", "impact": "high", "confidence": "medium", "effort": "2.5"})
    assert "= 192" in text(as_("wang").get("/requirements/?by=rice"))


def test_the_ranked_pool_shows_why_and_ties_and_goes_to_excel_with_the_sheets_headings(as_: Any, cast: Any):
    for title, value, urgency in (("甲", 4, 3), ("乙", 5, 5), ("丙", 4, 3)):
        scored(cast, title, value, urgency, klass="technical")
    page = text(as_("wang").get("/requirements/"))
    assert page.count("并列 2") == 2
    assert "价值评分：4 分，达到 4 分，为高" in page
    assert [r.title for r in as_("wang").get("/requirements/").context["page"]] == ["乙", "甲", "丙"]
    file = as_("wang").get("/requirements/?export=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(file.streaming_content))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0] == ["需求编号", "需求描述", "需求类型", "价值评分(1-5)", "紧急度评分(1-5)", "优先级分类", "备注"]
    assert rows[1][1:6] == ["乙", "技术型", "5（提升工作效率）", "5（月底要用）", "高价值-高紧急度"]


def test_reject_appeal_place_and_deliver_through_the_page(as_: Any, cast: Any):
    row = scored(cast, "换颜色", 1, 1)
    address = f"/requirements/{row.pk}/"
    assert as_("wang").post(address + "verdict/reject/", {"reason": ""}).status_code == 422
    as_("wang").post(address + "verdict/reject/", {"reason": "与目标无关"})
    assert "与目标无关" in text(as_("wang").get(address))
    as_("wang").post(address + "appeal/", {"reason": "客户补充"})
    assert as_("wang").post(address + "place/", {"disposition": "first", "reason": ""}).status_code == 422
    as_("wang").post(address + "place/", {"disposition": "first", "reason": "客户催"})
    as_("wang").post(address + "verdict/confirm/")
    as_("wang").post(address + "verdict/deliver/")
    row.refresh_from_db()
    assert (row.status, row.disposition) == ("delivered", "first")


def test_the_month_is_reviewed_on_its_page(as_: Any, cast: Any, at: Any):
    at("2026-11-10 10:00")
    one, two = scored(cast, "甲", 1, 1), scored(cast, "乙", 2, 2)
    address = "/requirements/months/2026-12/"
    assert [r.title for r in as_("wang").get(address).context["items"]] == ["乙", "甲"]
    early = as_("wang").post(address + "close/", {"note": ""})
    assert early.status_code == 422
    assert "还有 2 条没有决定" in text(early)
    bad = as_("wang").post(f"{address}items/{one.pk}/", {"decision": "carry", "reason": ""})
    assert bad.status_code == 422
    as_("wang").post(f"{address}items/{one.pk}/", {"decision": "carry", "reason": "人手不够"})
    as_("wang").post(f"{address}items/{two.pk}/", {"decision": "iteration", "reason": "顺手做掉"})
    as_("wang").post(address + "close/", {"note": "月初会"})
    page = text(as_("wang").get(address))
    assert "已评审" in page
    assert "人手不够" in page
    assert [r.title for r in as_("wang").get("/requirements/months/2027-01/").context["items"]] == ["甲"]
    assert as_("wang").get("/requirements/months/2026-13/").status_code == 404
    assert as_("wang").get("/requirements/months/")["Location"].startswith("/requirements/months/2026-11/")


def test_a_month_that_begins_asks_for_its_review_on_the_first_page_and_in_the_digest(as_: Any, cast: Any, at: Any):
    at("2026-11-10 10:00")
    one = scored(cast, "甲", 1, 1)
    list_ = "/requirements/?view=review"
    at("2026-11-30 09:30")
    assert not as_("wang").get(list_).context["list"].page.object_list, "December has not begun"
    assert digest.write(cast["wang"])
    at("2026-12-01 09:30")
    assert [row.pk for row in as_("wang").get(list_).context["list"].page] == [one.pk]
    card = next(one for one in as_("wang").get("/").context["cards"] if one.href == list_)
    assert card.count == 1
    assert digest.write(cast["wang"])
    parts = {part["href"]: part for part in Digest.objects.latest("day").parts}
    assert parts[list_]["count"] == 1
    assert parts[list_]["lines"][0]["zh"] == f"{one.number}：2026-12 计划"
    PoolReview.of("2026-12").decide(one, by=cast["wang"], decision="iteration", reason="顺手做掉")
    assert not as_("wang").get(list_).context["list"].page.object_list


def test_iterations_take_from_the_queue(as_: Any, cast: Any):
    rows = [scored(cast, f"第 {n}", 4, 3) for n in range(3)]
    form = {"name": "冬季一", "start": "2026-12-14", "finish": "2026-12-01"}
    assert as_("wang").post("/requirements/iterations/", form).status_code == 422
    as_("wang").post("/requirements/iterations/", form | {"finish": "2026-12-25"})
    into = Iteration.objects.get()
    picked = {"iteration": into.pk, "item": [rows[0].pk, rows[1].pk]}
    as_("wang").post("/requirements/iterations/items/", picked)
    page = as_("wang").get("/requirements/iterations/")
    assert [r.title for r in page.context["queue"]] == ["第 2"]
    assert "2 条待做" in text(page)
    assert len(as_("wang").get(f"/requirements/?view=all&iteration={into.pk}").context["page"]) == 2
    assert as_("lin").post("/requirements/iterations/", form).status_code == 404


def test_a_p3_case_goes_to_the_pool_in_one_act(as_: Any, cast: Any):
    case = Case.open(by=cast["lin"], title="按钮文字不全", kind="problem")
    given = {"business_urgency": "improvement", "scope": "one"}
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=given)
    assert case.number in text(as_("lin").get("/requirements/offers/"))
    as_("lin").post(f"/cases/{case.pk}/requirement/")
    row = Requirement.objects.get()
    assert row.number in text(as_("lin").get(f"/cases/{case.pk}/"))
    assert case.number in text(as_("lin").get(f"/requirements/{row.pk}/"))
    assert case.number not in text(as_("lin").get("/requirements/offers/"))
    assert as_("zhao").post(f"/cases/{case.pk}/requirement/").status_code == 404
    assert as_("zhao").get(f"/requirements/{row.pk}/").status_code == 404


def test_every_point_of_the_charts_opens_what_it_stands_for_and_the_table_says_the_same(as_: Any, cast: Any):
    row = scored(cast, "付款卡顿", 5, 5)
    page = text(as_("wang").get("/requirements/chart/"))
    assert page.count(f'href="/requirements/{row.pk}/"') == 2
    assert "<circle" in page
    case = Case.open(by=cast["lin"], title="退款太慢", kind="complaint")
    given = {"urgency": "urgent", "scope": "general", "customer_value": "low"}
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("four_quadrant"), inputs=given)
    page = text(as_("wang").get("/requirements/quadrants/"))
    assert page.count(f'href="/cases/{case.pk}/"') == 2
    assert as_("zhao").get("/requirements/quadrants/").context["rows"] == []


@pytest.mark.once
@pytest.mark.parametrize("rows", [2, 25])
def test_the_lists_cost_the_same_whatever_the_number_of_rows(as_: Any, cast: Any, rows: int):
    for n in range(rows):
        scored(cast, f"第 {n}", n % 5 + 1, 1)
    browser, costs = as_("wang"), []
    addresses = ("", "chart/", "quadrants/", "months/2026-12/", "iterations/", "offers/")
    for address in addresses:
        browser.get(f"/requirements/{address}")
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/requirements/{address}")
        costs.append(len(queries))
    assert costs == [9, 5, 5, 6, 4, 4]
