"""The diagnosis pages, as whole requests."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.cases.models import Case
from bihuan.diagnosis.models import Analysis, Cause

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: dict[str, Any]) -> Case:
    opened = Case.open(
        by=cast["chen"], title="经常登录失败", kind="problem", owner=cast["zhou"], technical_type="function", level="P1"
    )
    opened.move("assess", by=cast["chen"].actor, level="P1")
    return opened


def test_an_engineer_diagnoses_from_the_page_and_goes_on_to_the_plan(as_: Any, case: Case):
    client, home = as_("zhou"), f"/cases/{case.pk}/diagnosis/"
    assert client.post(f"{home}start/").status_code == 302
    seen = Analysis.of(case).version
    client.post(f"{home}description/", {"seen": seen, "phenomenon": "登录失败", "effect": "不能下单", "range": "高峰"})
    client.post(f"{home}5w1h/problem/", {"seen": seen + 1, "what": "高峰期登录失败"})
    client.post(f"{home}causes/", {"dimension": "technology", "text": "连接数不足", "level": "root"})
    cause = Cause.objects.get()
    refused = client.post(f"{home}causes/{cause.pk}/holds/", follow=True)
    assert "没有证据" in refused.content.decode()
    client.post(f"{home}causes/{cause.pk}/", {"text": "监控：峰值 80 %"})
    client.post(f"{home}causes/{cause.pk}/holds/")
    page = client.get(home).content.decode()
    assert 'class="twig-text twig-holds twig-root"' in page
    assert client.post(f"{home}finish/").status_code == 302
    assert Case.objects.get(pk=case.pk).status == "planning"


def test_a_refused_form_keeps_what_was_typed(as_: Any, case: Case):
    answer = as_("zhou").post(
        f"/cases/{case.pk}/diagnosis/description/", {"seen": 1, "phenomenon": "只写了现象", "effect": "", "range": ""}
    )
    assert answer.status_code == 422
    assert "只写了现象" in answer.content.decode()


def test_a_stale_form_shows_both_versions_and_saves_knowingly_the_second_time(
    as_: Any, case: Case, cast: dict[str, Any]
):
    analysis = Analysis.of(case)
    form = {"seen": analysis.version, "phenomenon": "我的现象", "effect": "我的影响", "range": "我的范围"}
    as_("sun").post(f"/cases/{case.pk}/diagnosis/description/", form | {"phenomenon": "别人的现象"})
    late = as_("zhou").post(f"/cases/{case.pk}/diagnosis/description/", form)
    page = late.content.decode()
    assert late.status_code == 422
    assert "别人的现象" in page
    assert "我的现象" in page
    assert f'name="seen" value="{analysis.version + 1}"' in page


def test_another_teams_case_is_not_there(as_: Any, case: Case):
    assert as_("zhao").get(f"/cases/{case.pk}/diagnosis/").status_code == 404
    assert as_("wu").post(f"/cases/{case.pk}/diagnosis/causes/", {}).status_code == 404


def test_the_page_costs_the_same_queries_with_one_and_twenty_causes(
    as_: Any, case: Case, cast: dict[str, Any], django_assert_max_num_queries: Any
):
    client, analysis = as_("zhou"), Analysis.of(case)
    counts = []
    for many in (1, 19):
        for n in range(many):
            analysis.add_cause(by=cast["zhou"], dimension="people", text=f"原因{n}", level="direct").add_evidence(
                by=cast["zhou"], text="证据"
            )
        with django_assert_max_num_queries(25) as spent:
            client.get(f"/cases/{case.pk}/diagnosis/")
        counts.append(len(spent))
    assert counts[0] == counts[1]


def test_the_page_reads_in_english(as_: Any, case: Case):
    page = as_("zhou", "en").get(f"/cases/{case.pk}/diagnosis/").content.decode()
    assert "Three layers" in page
    assert "Fishbone" in page
