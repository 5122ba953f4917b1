"""Causes stand or fall by evidence; no diagnosis, no plan. Fixtures F-4 and F-6 of the requirements, in our own words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.audit import attachments, timeline
from bihuan.audit.models import Attachment
from bihuan.cases.models import Case
from bihuan.core.errors import Refused, Stale
from bihuan.core.text import Text
from bihuan.diagnosis.models import Analysis, Cause, Impact

pytestmark = pytest.mark.django_db
WHAT = Text("三层", "layers")


@pytest.fixture
def case(cast: dict[str, Any]) -> Case:
    opened = Case.open(
        by=cast["chen"], title="经常登录失败", kind="problem", owner=cast["zhou"], technical_type="function"
    )
    opened.level = "P1"
    opened.save(update_fields=["level"])
    opened.move("assess", by=cast["chen"].actor, level="P1")
    opened.move("diagnose", by=cast["zhou"].actor)
    return opened


@pytest.fixture
def analysis(case: Case) -> Analysis:
    return Analysis.of(case)


FOUR = (
    ("people", "密码输错", "抽查日志占比"),
    ("process", "找回密码步骤太多", "访谈十位客户"),
    ("technology", "连接数不足", "高峰监控，过载阈值 80 %"),
    ("environment", "客户网络不稳", "现场测试"),
)


def test_four_causes_one_root_holds_by_its_evidence(analysis: Analysis, cast: dict[str, Any]):
    by = cast["zhou"]
    causes = [
        analysis.add_cause(by=by, dimension=d, text=t, level="root" if d == "technology" else "direct", verify_method=v)
        for d, t, v in FOUR
    ]
    for cause in causes:
        cause.add_evidence(by=by, text=f"{cause.verify_method}：已查")
        if cause.level == "root":
            cause.hold(by=by)
        else:
            cause.rule_out(by=by, reason="数据不支持")
    assert list(analysis.causes.filter(verdict="holds").values_list("text", flat=True)) == ["连接数不足"]
    assert "80 %" in analysis.causes.get(verdict="holds").evidence.get().text


@pytest.mark.parametrize("level", ["root", "direct"])
def test_a_cause_without_evidence_stays_to_be_verified(level: str, analysis: Analysis, cast: dict[str, Any]):
    cause = analysis.add_cause(by=cast["zhou"], dimension="technology", text="连接数不足", level=level)
    with pytest.raises(Refused) as no:
        cause.hold(by=cast["zhou"])
    assert "没有证据" in no.value.reason.to("zh")
    assert Cause.objects.get(pk=cause.pk).verdict == "pending"


def test_a_file_is_evidence_too(analysis: Analysis, cast: dict[str, Any]):
    cause = analysis.add_cause(by=cast["zhou"], dimension="technology", text="连接数不足", level="root")
    cause.add_evidence(by=cast["zhou"], text="", upload=SimpleUploadedFile("../监控.png", b"\x89PNG rest"))
    cause.hold(by=cast["zhou"])
    stored = Attachment.objects.get(subject_kind="evidence")
    assert (stored.name, stored.media_type) == ("监控.png", "image/png")
    assert attachments.open_file(stored).read() == b"\x89PNG rest"
    with pytest.raises(Refused):
        cause.add_evidence(by=cast["zhou"], text="  ")


def test_a_verdict_can_be_opened_again_with_a_reason(analysis: Analysis, cast: dict[str, Any]):
    cause = analysis.add_cause(by=cast["zhou"], dimension="people", text="密码输错", level="direct")
    with pytest.raises(Refused):
        cause.rule_out(by=cast["zhou"], reason=" ")
    cause.rule_out(by=cast["zhou"], reason="占比只有 2 %")
    cause.reconsider(by=cast["sun"], reason="新版本占比升到 30 %")
    assert cause.verdict == "pending"


def test_the_last_of_five_whys_is_the_root(analysis: Analysis, cast: dict[str, Any]):
    chain = ["支付接口超时", "第三方通道拥堵", "并发超过阈值", "扩容申请太晚", "没有容量预警"]
    analysis.write_whys(chain, by=cast["zhou"], seen=analysis.version)
    assert [w.answer for w in analysis.whys.all()] == chain
    said = timeline.entries([analysis.timeline])[0].sentence
    assert said.to("zh") == "写了 5 个为什么，根因：没有容量预警"
    analysis.write_whys(chain[:2], by=cast["zhou"], seen=analysis.version)
    assert analysis.whys.last().answer == "第三方通道拥堵"


def test_an_impact_is_a_number_with_unit_and_can_be_taken_back_with_a_trace(analysis: Analysis, cast: dict[str, Any]):
    impact = analysis.add_impact(
        by=cast["zhou"], side="customer", metric="延误订单", value=Decimal(120), unit="单", period="每天"
    )
    impact.remove(by=cast["zhou"])
    assert not Impact.objects.exists()
    assert [e.icon for e in timeline.entries([analysis.timeline])[:2]] == ["x", "chart"]


def test_no_diagnosis_no_plan_and_the_reason_names_what_is_missing(
    case: Case, analysis: Analysis, cast: dict[str, Any]
):
    by = cast["zhou"]
    with pytest.raises(Refused) as no:
        case.move("plan", by=by.actor)
    for missing in ("现象", "影响", "范围", "根本原因"):
        assert missing in no.value.reason.to("zh")
    assert "root cause" in no.value.reason.to("en")
    analysis.update_statement(
        {"phenomenon": "登录失败", "effect": "无法下单", "range": "高峰期"}, by=by, what=WHAT, seen=analysis.version
    )
    analysis.update_statement({"problem": {"what": "高峰期登录失败"}}, by=by, what=WHAT, seen=analysis.version)
    cause = analysis.add_cause(by=by, dimension="technology", text="连接数不足", level="root")
    with pytest.raises(Refused):
        case.move("plan", by=by.actor)
    cause.add_evidence(by=by, text="监控截图")
    cause.hold(by=by)
    case.move("plan", by=by.actor)
    assert Case.objects.get(pk=case.pk).status == "planning"


def test_a_requirement_needs_its_feasibility_instead_of_a_cause(cast: dict[str, Any]):
    case = Case.open(by=cast["wang"], title="批量导出", kind="requirement")
    analysis = Analysis.of(case)
    assert len(analysis.missing_fields()) == 2
    analysis.update_statement(
        {"feasibility": {"what": "批量导出", "why": "每天手工复制"}}, by=cast["wang"], what=WHAT, seen=analysis.version
    )
    assert analysis.missing_fields() == []


def test_a_stale_statement_is_refused(analysis: Analysis, cast: dict[str, Any]):
    other = Analysis.objects.get(pk=analysis.pk)
    other.update_statement({"effect": "甲"}, by=cast["sun"], what=WHAT, seen=other.version)
    with pytest.raises(Stale):
        analysis.update_statement({"effect": "乙"}, by=cast["zhou"], what=WHAT, seen=analysis.version)


def test_who_met_joins_the_case_and_a_meeting_without_the_front_line_says_so(
    analysis: Analysis, cast: dict[str, Any], at: Any
):
    now = at("2026-11-20 15:00")
    meeting = analysis.record_meeting(
        by=cast["chen"], kind="workshop", at=now, attendees=[cast["wu"], cast["wang"]], minutes=""
    )
    assert not meeting.has_front_line
    assert set(analysis.case.collaborators.all()) == {cast["wu"], cast["wang"]}
    assert Case.objects.visible_to(cast["wu"]).filter(pk=analysis.case_id).exists()
