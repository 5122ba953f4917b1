"""Plug-ins on the page: off by default, set up by the administrator alone, and drafts where they are used."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.cases.models import Case
from bihuan.core.text import Text
from bihuan.diagnosis.models import Analysis
from bihuan.plugins.machine_drafts import MachineDraft
from bihuan.plugins.models import Plugin
from bihuan.reports.models import ReportIssue
from tests.domain.feedback.feedback_samples import make_feedback
from tests.domain.plugins.conftest import SETTINGS, endpoint, server
from tests.domain.plugins.server import Server

__all__ = ["endpoint", "server"]
pytestmark = pytest.mark.django_db


def written(kind: str) -> MachineDraft:
    draft = MachineDraft.objects.get(kind=kind, status="waiting")
    draft.carry_out()
    draft.refresh_from_db()
    assert draft.status == "ready"
    return draft


def entered(server: Server) -> dict[str, Any]:
    values = {name: "on" if value is True else value for name, value in SETTINGS.items() if value is not False}
    return values | {"seen": Plugin.of("endpoint").version, "address": server.address, "key": server.key}


def test_the_administrator_sets_it_up_tests_it_and_switches_it_on(as_: Any, cast: Any, server: Server):
    client = as_("admin")
    page = client.get("/setup/plugins/").content.decode()
    assert "默认停用" in page
    assert "0.68" in page
    assert client.post("/setup/plugins/endpoint/", entered(server)).status_code == 302
    form = client.get("/setup/plugins/endpoint/").content.decode()
    assert server.key not in form
    assert server.key not in client.get("/setup/plugins/").content.decode()
    client.post("/setup/plugins/endpoint/test/")
    assert "正在测试" in client.get("/setup/plugins/").content.decode()
    assert client.post("/setup/plugins/endpoint/switch/", {"on": "1"}).status_code == 302
    assert Plugin.of("endpoint").on
    client.post("/setup/plugins/endpoint/switch/", {"on": "0"})
    assert not Plugin.of("endpoint").on
    kinds = Event.objects.filter(subject_kind="plugin").values_list("kind", flat=True)
    assert set(kinds) == {"plugin.changed", "plugin.key_set", "plugin.on", "plugin.off"}


def test_a_bad_address_is_refused_with_what_was_typed(as_: Any, server: Server):
    answer = as_("admin").post("/setup/plugins/endpoint/", entered(server) | {"address": "http://example.com/v1"})
    assert answer.status_code == 422
    assert "http 不加密" in answer.content.decode()
    assert "http://example.com/v1" in answer.content.decode()
    assert server.key not in answer.content.decode()


def test_nobody_else_sees_the_set_up(as_: Any):
    assert as_("chen").get("/setup/plugins/").status_code == 403
    assert as_("chen").post("/setup/plugins/encoder/switch/", {"on": "1"}).status_code == 403
    assert as_("admin").post("/setup/plugins/other/switch/", {"on": "1"}).status_code == 404


def test_while_it_is_off_no_page_offers_a_draft(as_: Any, cast: Any):
    feedback = make_feedback(cast)
    assert "起草" not in as_("lin").get(f"/feedback/{feedback.pk}/labels/").content.decode()
    assert "请外部模型起草" not in as_("chen").get("/reports/weekly/").content.decode()


def test_labels_are_drafted_beside_the_suggestion_and_fill_the_form(
    as_: Any, cast: Any, endpoint: Plugin, server: Server
):
    feedback, client = make_feedback(cast, "支付页面打不开"), as_("lin")
    home = f"/feedback/{feedback.pk}/labels/"
    assert "请外部模型起草" in client.get(home).content.decode()
    assert client.post(f"{home}draft/").status_code == 302
    assert "正在起草" in client.get(home).content.decode()
    state = f"/drafts/{MachineDraft.objects.get().pk}/state/"
    assert "HX-Refresh" not in client.get(state)
    assert as_("chen").get(state).status_code == 404, "another's draft is not waited for"
    server.says = json.dumps({"urgency": {"code": "normal", "why": "<b>不急</b>"}})
    draft = written("labels")
    assert client.get(state)["HX-Refresh"] == "true"
    page = client.get(home).content.decode()
    assert "机器草稿，未经确认" in page
    assert "small-chat" in page
    assert "labels/1" in page
    assert "<b>不急" not in page
    filled = client.get(f"{home}?draft={draft.pk}").context["axes"]
    assert [o.code for axis in filled if axis.name == "urgency" for o in axis.options if o.checked] == ["normal"]
    client.post(f"{home}draft/discard/", {"reason": "不对"})
    draft.refresh_from_db()
    assert (draft.status, draft.reason) == ("dropped", "不对")
    assert "请外部模型起草" in client.get(home).content.decode()


def test_whys_are_drafted_from_the_statement_and_saved_by_a_person(
    as_: Any, cast: Any, endpoint: Plugin, server: Server
):
    case = Case.open(by=cast["chen"], title="登录失败", kind="problem", owner=cast["zhou"])
    client, home = as_("zhou"), f"/cases/{case.pk}/diagnosis/"
    refused = client.post(f"{home}whys/draft/", HTTP_REFERER=home, follow=True)
    assert "请先写清现象" in refused.content.decode()
    analysis = Analysis.of(case)
    analysis.update_statement(
        {"phenomenon": "高峰期登录失败，电话13812345678"},
        by=cast["zhou"],
        what=Text("现象", "symptom"),
        seen=analysis.version,
    )
    client.post(f"{home}whys/draft/")
    server.says = json.dumps({"answers": ["连接数不够", "容量没有评审"]}, ensure_ascii=False)
    draft = written("whys")
    assert "13812345678" not in server.bodies[0].decode()
    assert "容量没有评审" in client.get(home).content.decode()
    form = client.get(f"{home}?draft={draft.pk}").context["forms"]["whys"]
    assert form.initial["answers"] == "连接数不够\n容量没有评审"
    saved = {"seen": Analysis.of(case).version, "answers": "连接数不够\n上线前没有容量评审", "draft": draft.pk}
    assert client.post(f"{home}whys/", saved).status_code == 302
    draft.refresh_from_db()
    assert draft.status == "amended"
    assert [w.answer for w in analysis.whys.all()] == ["连接数不够", "上线前没有容量评审"]
    assert "改过5 个为什么草稿后采用" in client.get(f"/cases/{case.pk}/").content.decode()


def test_the_weekly_report_is_drafted_from_its_counts(as_: Any, cast: Any, endpoint: Plugin, server: Server):
    make_feedback(cast, "客户李小龙的原话不该出去")
    client = as_("chen")
    assert client.post("/reports/weekly/draft/", {"week": "2026-W47"}).status_code == 302
    server.says = json.dumps({"findings": "支付失败增多", "advice": "先扩容"}, ensure_ascii=False)
    draft = written("summary")
    sent = json.dumps(server.requests[0][1], ensure_ascii=False)
    assert "收到反馈" in sent
    assert "李小龙" not in sent
    page = client.get("/reports/weekly/?week=2026-W47").content.decode()
    assert "先扩容" in page
    assert "先扩容" not in as_("wang").get("/reports/weekly/?week=2026-W47").content.decode(), "counts are one's own"
    form = client.get(f"/reports/weekly/?week=2026-W47&draft={draft.pk}").context["form"]
    assert form.initial["findings"] == "支付失败增多"
    kept = {"week": "2026-W47", "findings": "支付失败增多", "advice": "先扩容", "draft": draft.pk}
    client.post("/reports/issues/", kept)
    draft.refresh_from_db()
    assert draft.status == "taken"
    assert ReportIssue.objects.get().advice == "先扩容"


@pytest.mark.parametrize("address", ["/setup/plugins/", "/setup/plugins/endpoint/"])
def test_both_languages(as_: Any, cast: Any, address: str):
    assert "OpenAI" in as_("admin", "en").get("/setup/plugins/").content.decode()
    assert as_("admin", "en").get(address).status_code == 200
