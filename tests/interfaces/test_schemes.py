"""The pages of priority schemes: seen by all who work by them, changed by few, tried before they count."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.audit.models import Event
from bihuan.cases.models import Assessment, Case
from bihuan.cases.models.kind_scheme import KindScheme
from bihuan.cases.scheme_rollout import SchemeRollout, continue_rollouts
from bihuan.deadlines.models import Deadline, Scheme
from bihuan.insight.priority import SCHEMES

pytestmark = pytest.mark.django_db

PART = {"business_urgency": "hit", "scope": "part", "paying": False, "peak": False}


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def assessed_case(cast: Any, title: str = "登录失败", by: str = "lin") -> Case:
    case = Case.open(by=cast[by], title=title, kind="problem")
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=PART)
    return case


def fields(page: str) -> dict[str, list[str]]:
    """Every field of the page's editing form as a browser would send it."""
    form = page[page.index('name="seen"') - 200 : page.rindex("</form>")]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("type") not in ("checkbox", "radio") or " checked" in tag:
            sent.setdefault(attributes.get("name", ""), []).append(attributes.get("value", ""))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.S):
        picked = re.findall(r'<option value="([^"]*)" selected', options)
        sent[name] = picked or [""]
    return sent


@pytest.mark.once
@pytest.mark.parametrize("code", SCHEMES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_scheme_is_shown_and_its_form_sent_back_unchanged_changes_nothing(
    as_: Any, cast: Any, code: str, language: str
):
    scheme = Scheme.current(code)
    browser = as_("admin", language)
    page = text(browser.get(f"/schemes/{scheme.pk}/"))
    assert str(scheme.name.to("en" if language == "en" else "zh")) in page
    draft = scheme.draft(by=cast["admin"])
    address = f"/schemes/{draft.pk}/edit/"
    sent = fields(browser.get(address).content.decode())
    assert browser.post(address, {k: [html.unescape(v) for v in vs] for k, vs in sent.items()}).status_code == 302
    draft.refresh_from_db()
    assert draft.data == scheme.data | {"version": 2}


def test_an_edit_is_drafted_tried_published_and_asked_for(as_: Any, cast: Any):
    case = assessed_case(cast)
    browser, scheme = as_("admin"), Scheme.current("p_level")
    browser.post(f"/schemes/{scheme.pk}/draft/")
    draft = Scheme.objects.get(code="p_level", status="draft")
    address = f"/schemes/{draft.pk}/edit/"
    sent = fields(browser.get(address).content.decode())
    bad = browser.post(address, sent | {"t_1_resolve_n": "0"})
    assert bad.status_code == 422
    assert "级别「P1」·解决：数量要大于零" in text(bad)
    odd = browser.post(address, sent | {"cell_hit_part": "P0"})
    assert "输入项「影响用户」：更强的回答反而降级" in text(odd)
    assert (
        browser.post(
            address,
            sent | {f"cell_{row}_{column}": "P0" for row in ("hit", "core_down") for column in ("part", "many")},
        ).status_code
        == 302
    )

    tried = text(browser.get(f"/schemes/{draft.pk}/trial/?from=P1&to=P0"))
    assert "1 件" in tried
    assert "另有 1 件您无权查看" in tried
    assert case.number not in tried
    assert case.number in text(as_("gao").get(f"/schemes/{draft.pk}/trial/?from=P1&to=P0"))

    assert browser.post(f"/schemes/{draft.pk}/publish/", {"reason": "", "seen": 2}).status_code == 422
    seen = Scheme.objects.get(pk=draft.pk).version
    browser.post(f"/schemes/{draft.pk}/publish/", {"reason": "客户要求更快", "seen": seen})
    page = text(browser.get(f"/schemes/{draft.pk}/"))
    assert "还有 1 件在办事项按以前的版本评定" in page
    assert Deadline.objects.running(case).get(milestone="resolve").amount == 48
    browser.post(f"/schemes/{draft.pk}/rollout/", {"apply-reason": "统一口径", "apply-seen": 1})
    assert "0 / 1" in text(browser.get(f"/schemes/{draft.pk}/"))
    continue_rollouts()
    case.refresh_from_db()
    assert case.level == "P0"
    assert "v2" in text(as_("lin").get(f"/cases/{case.pk}/"))
    assert "改级 1" in text(browser.get(f"/schemes/{draft.pk}/"))
    assert SchemeRollout.objects.get().finished_at


def test_all_data_can_be_written_as_json_and_a_slip_is_named(as_: Any, cast: Any):
    draft = Scheme.current("hotline_12345").draft(by=cast["admin"])
    address, browser = f"/schemes/{draft.pk}/data/", as_("admin")
    slip = browser.post(address, {"text": '{"name":\n oops}', "seen": draft.version})
    assert slip.status_code == 422
    assert "第 2 行" in text(slip)
    data = draft.data | {"rules": draft.data["rules"][:3]}
    gap = browser.post(address, {"text": json.dumps(data), "seen": draft.version})
    assert "没有对应的级别" in text(gap)
    data["rules"] = [*data["rules"], {"all": [], "level": "ordinary"}]
    assert browser.post(address, {"text": json.dumps(data), "seen": draft.version}).status_code == 302


def test_a_kind_is_judged_by_the_scheme_set_for_it(as_: Any, cast: Any):
    assert as_("admin").post("/schemes/kinds/", {"complaint": "impact_urgency"}).status_code == 302
    assert KindScheme.of("complaint") == "impact_urgency"
    assert KindScheme.of("problem") == "p_level"
    assert Event.objects.filter(kind="kind_scheme.changed").count() == 1
    case = Case.open(by=cast["lin"], title="退款慢", kind="complaint", affected_customers=5)
    page = text(as_("chen").get(f"/cases/{case.pk}/assessment/"))
    assert "影响多个客户" in page
    assert as_("chen").post(f"/cases/{case.pk}/assessment/", {"impact": "high", "soon": "high"}).status_code == 302
    case.refresh_from_db()
    assert case.level == "critical"
    assert Event.objects.filter(kind="case.alarmed", timeline=case.timeline).count() == 1


@pytest.mark.parametrize("code", SCHEMES)
def test_a_case_can_be_judged_by_any_scheme_through_its_page(as_: Any, cast: Any, code: str):
    answers = {
        "urgent_important": {"urgent": "0"},
        "value_urgency": {"value": 4, "value_reason": "省时", "urgency": 2, "urgency_reason": "不急"},
        "four_quadrant": {"urgency": "urgent", "scope": "general", "customer_value": "low"},
        "p_level": {"business_urgency": "hit", "scope": "one"},
        "impact_urgency": {"impact": "low", "soon": "high"},
        "rice": {"reach": "300", "impact": "high", "confidence": "medium", "effort": "2.5"},
        "wsjf": {n: v for k, s in (("value", 8), ("time", 5), ("risk", 3), ("size", 5)) for n, v in ((k, s), (f"{k}_reason", "理由"))},
        "kano": {"present": "like", "absent": "dislike"},
        "hotline_12345": {"matter": "supply"},
    }[code]  # fmt: skip
    case = Case.open(by=cast["lin"], title="一件事", kind="requirement")
    address = f"/cases/{case.pk}/assessment/?scheme={code}"
    suggestion = text(as_("chen").get(f"/cases/{case.pk}/assessment/suggestion/", {"scheme": code, **answers}))
    assert suggestion.count('aria-current="true"') == 1
    if code == "rice":
        assert "一季度触及的客户数 300 × 对每个客户的影响 2 × 把握 0.8 ÷ 投入（人月） 2.5 = 192" in suggestion
    assert as_("chen").post(address, answers).status_code == 302
    case.refresh_from_db()
    assert case.level
    assert case.deadlines.filter(milestone="respond").exists()


def test_a_feedback_item_of_danger_suggests_the_forced_mark_with_the_word_it_rests_on(as_: Any, cast: Any):
    case = Case.open(by=cast["lin"], title="电池", kind="problem", description="充电时起火冒烟，手被烫伤")
    page = text(as_("chen").get(f"/cases/{case.pk}/assessment/"))
    assert re.search(r'value="safety"[^>]*checked', page)
    assert "起火" in page
    assert "P0" in page


@pytest.mark.once
@pytest.mark.parametrize("rows", [1, 12])
def test_the_pages_cost_the_same_whatever_the_number_of_cases(as_: Any, cast: Any, rows: int):
    for n in range(rows):
        assessed_case(cast, f"第 {n} 件")
    pk, browser = Scheme.current("p_level").pk, as_("gao")
    Scheme.all_current()
    browser.get("/schemes/")
    costs = []
    for name in ("/schemes/", f"/schemes/{pk}/", f"/schemes/{pk}/trial/?from=P1&to=P1"):
        with CaptureQueriesContext(connection) as queries:
            browser.get(name)
        costs.append(len(queries))
    assert costs == [6, 8, 6]


@pytest.mark.parametrize("who", ["lin", "wang", "audit"])
def test_who_may_only_see_sees_no_way_to_change(as_: Any, who: str):
    scheme = Scheme.current("p_level")
    page = text(as_(who).get(f"/schemes/{scheme.pk}/"))
    assert "起草新版" not in page
    assert as_(who).post(f"/schemes/{scheme.pk}/draft/").status_code == 403
