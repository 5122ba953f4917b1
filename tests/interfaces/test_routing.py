"""The pages of routing and handing over."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.cases.models import Case
from bihuan.cases.models.route_table import RouteTable

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def line(n: int, order: int, team: Any, **parts: Any) -> dict[str, Any]:
    return {f"order_{n}": order, f"team_{n}": team} | {f"{k}_{n}": v for k, v in parts.items()}


@pytest.fixture
def table(as_: Any, cast: Any) -> RouteTable:
    """Drafted, tried and published through the pages; the lines are sent out of order."""
    browser = as_("liu")
    browser.post("/routing/draft/")
    made = RouteTable.objects.get()
    sent = {"seen": made.version}
    sent |= line(0, 20, cast["wang"].team_id, kind="requirement", lead=cast["wang"].pk)
    sent |= line(1, 10, cast["zhou"].team_id, kind="problem", type="technical_type:performance", note="性能问题归技术")
    sent |= line(2, 30, "")
    assert browser.post(f"/routing/{made.pk}/edit/", sent).status_code == 302
    made.refresh_from_db()
    browser.post(f"/routing/{made.pk}/publish/", {"reason": "启用", "seen": made.version})
    return RouteTable.objects.get()


def test_the_table_is_seen_in_order_with_its_version(as_: Any, table: RouteTable):
    assert [r["kind"] for r in table.rules] == ["problem", "requirement"]
    page = text(as_("lin").get("/routing/"))
    assert page.index("性能问题归技术") < page.index("产品部")
    assert "v1" in page
    assert "起草新版" not in page
    assert as_("lin").post("/routing/draft/").status_code == 403


def test_a_rule_covered_by_another_is_named_and_what_was_typed_stays(as_: Any, cast: Any):
    browser = as_("admin")
    browser.post("/routing/draft/")
    made = RouteTable.objects.get()
    sent = (
        {"seen": made.version}
        | line(0, 1, cast["zhou"].team_id)
        | line(1, 2, cast["wang"].team_id, kind="problem", note="白写")
    )
    answer = browser.post(f"/routing/{made.pk}/edit/", sent)
    assert answer.status_code == 422
    assert "规则 2 永远轮不到：规则 1 已经包括它" in text(answer)
    assert "白写" in text(answer)


def test_the_dry_run_names_the_rule_and_what_would_change(as_: Any, cast: Any, table: RouteTable):
    case = Case.open(by=cast["lin"], title="下单慢", kind="problem", technical_type="performance")
    Case.open(by=cast["wang"], title="导出", kind="requirement")
    Case.open(by=cast["lin"], title="态度差", kind="complaint")
    address = f"/routing/{table.pk}/trial/"
    page = text(as_("liu").get(address, {"kind": "problem", "type": "technical_type:performance", "product": ""}))
    assert "规则 1 起作用" in page
    assert "没有规则适用" in text(as_("liu").get(address, {"kind": "complaint"}))
    counts = {code: n for code, _, n, _ in as_("liu").get(address).context["counts"]}
    assert counts == {"moves": 1, "same": 1, "none": 1}
    assert [c for c, _, _ in as_("liu").get(address + "?outcome=moves").context["lines"]] == [case]
    assert as_("admin").get(address).context["lines"] == []


def test_from_the_proposal_to_a_return_and_the_ruling(as_: Any, cast: Any, table: RouteTable):
    case = Case.open(by=cast["lin"], title="下单慢", kind="problem", technical_type="performance")
    page = f"/cases/{case.pk}/"
    assert "转办规则 v1 第 1 条" in text(as_("lin").get(page))
    assert as_("wu").get(page).status_code == 404
    as_("lin").post(page + "handover/offer/")
    assert "待接收" in text(as_("wu").get(page))
    assert as_("wu").post(page + "handover/return/", {"reason": ""}).status_code == 422
    as_("wu").post(page + "handover/return/", {"reason": "是配置问题"})
    assert "是配置问题" in text(as_("chen").get(page + "handover/"))
    assert as_("lin").post(page + "handover/ruling/").status_code == 403
    ruling = {"team": cast["zhou"].team_id, "lead": cast["zhou"].pk, "reason": "技术先查"}
    assert as_("chen").post(page + "handover/ruling/", ruling | {"reason": ""}).status_code == 422
    as_("chen").post(page + "handover/ruling/", ruling)
    case.refresh_from_db()
    assert case.owner == cast["zhou"]
    assert as_("lin").post(page + "handover/accept/").status_code == 404
    assert "已裁定" in text(as_("chen").get(page + "handover/"))


def test_a_person_hands_over_by_hand_and_the_other_side_takes_it(as_: Any, cast: Any):
    case = Case.open(by=cast["lin"], title="下单慢", kind="problem")
    page = f"/cases/{case.pk}/handover/"
    sent = {"team": cast["zhou"].team_id, "lead": "", "reason": "要查日志"}
    assert as_("lin").post(page, sent).status_code == 302
    assert as_("lin").post(page, sent).status_code == 422
    as_("zhou").post(page + "accept/")
    case.refresh_from_db()
    assert case.team == cast["zhou"].team


@pytest.mark.once
def test_the_pages_cost_the_same_whatever_the_number_of_cases(as_: Any, cast: Any, table: RouteTable):
    browser, costs = as_("liu"), []
    for rows in (2, 15):
        for n in range(rows):
            Case.open(by=cast["lin"], title=f"第 {n}", kind="problem", technical_type="performance")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/routing/{table.pk}/trial/")
            browser.get("/routing/")
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 18


def test_every_empty_line_of_the_form_counts_for_nothing(as_: Any, cast: Any, table: RouteTable):
    as_("admin").post("/routing/draft/")
    draft = RouteTable.objects.get(status="draft")
    page = as_("admin").get(f"/routing/{draft.pk}/edit/").content.decode()
    assert len(re.findall(r'name="team_\d+"', page)) == 5
