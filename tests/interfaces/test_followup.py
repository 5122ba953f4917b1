"""The pages of verification, as whole requests: the call, the questionnaire, the evaluation, the archive."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from bihuan.audit.models import Event
from bihuan.cases.models import Case, ExternalRequest
from bihuan.demo.sample_followups import assess, case_in_progress, finish, solve
from bihuan.diagnosis.models import Cause, Impact
from bihuan.execution.models import Task
from bihuan.followup.archive import Closure, archive
from bihuan.followup.evaluations import Evaluation
from bihuan.followup.followup_calls import FollowUp
from bihuan.plans.models import Plan
from bihuan.web.access import SIGNED_IN, permission_of
from tests.house.test_access import ROUTES

pytestmark = pytest.mark.django_db
CALL = {"solved": "yes", "met": "yes", "score": "5"}


@pytest.fixture
def case(at: Any, cast: dict[str, Any]) -> Case:
    at("2026-11-23 10:00")
    made = case_in_progress(cast, "高峰期订单提交卡住")
    finish(made)
    return made


@pytest.fixture
def home(case: Case) -> str:
    return f"/cases/{case.pk}/follow-up/"


@pytest.fixture
def archived(case: Case, cast: dict[str, Any]) -> Case:
    row = FollowUp.objects.get(case=case)
    row.answer(by=cast["chen"], channel="phone", solved=True, met="yes", score=5)
    case.refresh_from_db()
    early = Evaluation.of(case)
    early.assess(by=cast["zhou"], after={m.pk: 0 for m in early.metrics.all()}, next_step="", early_reason="已够")
    archive(case, by=cast["chen"], conclusion="未再发生")
    return case


def survey_link(client: Any, home: str) -> str:
    page = client.post(f"{home}link/").content.decode()
    return re.search(r"/survey/[\w-]+/", page)[0]


def test_the_call_is_recorded_and_leads_through_the_evaluation_to_the_archive(as_: Any, case: Case, home: str):
    chen, zhou = as_("chen"), as_("zhou")
    assert "高峰期订单提交卡住" in chen.get("/follow-up/").content.decode()
    assert "checked" not in chen.get(f"{home}call/").content.decode(), "nothing is preselected"
    assert chen.post(f"{home}call/", {"solved": "yes", "met": "yes"}).status_code == 422
    assert chen.post(f"{home}call/", CALL).status_code == 302
    metric = Evaluation.of(Case.objects.get(pk=case.pk)).metrics.get()
    form = {"seen": 1, f"after_{metric.pk}": "0.6"}
    late = zhou.post(f"{home}evaluation/", form)
    assert late.status_code == 422
    assert "提前评估" in late.content.decode()
    assert zhou.post(f"{home}evaluation/", form | {"early_reason": "数据已够"}).status_code == 302
    assert "全部达到" in zhou.get(home).content.decode()
    seen = Case.objects.get(pk=case.pk).version
    assert chen.post(f"/cases/{case.pk}/archive/", {"conclusion": "", "seen": seen}).status_code == 422
    chen.post(f"/cases/{case.pk}/archive/", {"conclusion": "未再发生", "seen": seen, "common": "容量"})
    assert Case.objects.get(pk=case.pk).status == "archived"
    assert "未再发生" in chen.get(home).content.decode()


def test_the_evaluation_shows_what_the_numbers_prove_in_both_languages(
    as_: Any, cast: Any, case: Case, home: str, at: Any
):
    FollowUp.objects.get(case=case).answer(by=cast["chen"], channel="phone", solved=True, met="yes", score=4)
    at("2026-12-01 10:00")
    zhou = as_("zhou")
    metric = Evaluation.of(Case.objects.get(pk=case.pk)).metrics.get()
    assert f'name="events_before_{metric.pk}"' in zhou.get(home).content.decode()
    form = {"seen": 1, f"after_{metric.pk}": "0.5", f"events_before_{metric.pk}": "2000"}
    half = zhou.post(f"{home}evaluation/", form)
    assert half.status_code == 422
    assert "前后两个都填" in half.content.decode()
    assert zhou.post(f"{home}evaluation/", form | {f"events_after_{metric.pk}": "3000"}).status_code == 302
    page = zhou.get(home).content.decode()
    assert "已证明达标" in page
    assert "是原来的 0.10 倍（0.06–0.17）" in page
    assert "之前 2000 次，之后 3000 次" in page
    english = as_("zhou", "en").get(home).content.decode()
    assert "Shown to be reached" in english
    assert "0.10 (0.06–0.17) times what it was" in english


def test_the_archive_page_says_what_is_missing(as_: Any, case: Case, home: str):
    page = as_("chen").get(home).content.decode()
    assert "还没有回访结果" in page
    assert "还没有效果评估" in page
    refused = as_("chen").post(f"/cases/{case.pk}/archive/", {"conclusion": "完成", "seen": case.version})
    assert refused.status_code == 422
    assert not Closure.objects.exists()


def test_an_outside_demand_without_an_answer_is_named_before_the_archive_is_tried(
    as_: Any, case: Case, home: str, cast: dict[str, Any]
):
    external = ExternalRequest.register(
        case, by=cast["chen"].actor, number="12315-7", given=case.created_at + timedelta(days=9)
    )
    row = FollowUp.objects.get(case=case)
    row.answer(by=cast["chen"], channel="phone", solved=True, met="yes", score=5)
    chen = as_("chen")
    assert "还没有登记对外答复：外部：对方给定的期限" in chen.get(home).content.decode()
    chen.post(f"/cases/{case.pk}/external-requests/{external.pk}/answer/", {"text": "已书面答复"})
    assert "还没有登记对外答复" not in chen.get(home).content.decode()


def test_whoever_did_the_work_is_referred_to_a_colleague(as_: Any, case: Case, home: str):
    lin = as_("lin")
    assert "请同事回访" in lin.get(f"{home}call/").content.decode()
    assert lin.post(f"{home}call/", CALL).status_code == 422
    assert FollowUp.objects.get(case=case).status == "waiting"


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "这件事处理好了吗"), ("en", "Has it been settled?")])
def test_a_customer_answers_by_link_once(language: str, title: str, as_: Any, case: Case, home: str):
    link = survey_link(as_("chen"), home)
    customer = Client(headers={"accept-language": language})
    page = customer.get(link)
    assert title in page.content.decode()
    assert page.content.decode().count('type="radio"') == 10
    assert "checked" not in page.content.decode()
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("same-origin", "no-store")
    assert customer.post(link, {"solved": "yes", "met": "yes"}).status_code == 422
    assert customer.post(link, CALL | {"comment": "希望能批量导出"}).status_code == 302
    assert customer.post(link, CALL | {"score": "1"}).status_code == 200, "answered: only thanks"
    stored = FollowUp.objects.get(case=case)
    assert (stored.score, stored.channel, stored.comment) == (5, "link", "希望能批量导出")


def test_a_poor_answer_by_link_opens_round_two_and_says_sorry(as_: Any, case: Case, home: str):
    link = survey_link(as_("chen"), home)
    page = Client().post(link, CALL | {"score": "2"}, follow=True).content.decode()
    assert "再处理一次" in page
    again = Case.objects.get(pk=case.pk)
    assert (again.status, again.round) == ("diagnosing", 2)
    assert "评分只有 2" in as_("chen").get(f"/cases/{case.pk}/").content.decode()
    assert "2 / 5" in as_("chen").get(home).content.decode()


def test_wrong_old_and_expired_links_open_nothing(as_: Any, case: Case, home: str, at: Any):
    chen = as_("chen")
    old, new = survey_link(chen, home), survey_link(chen, home)
    assert Client().get(old).status_code == 404
    assert Client().get(new[:-2] + "/").status_code == 404
    at("2026-12-24 10:01")
    for answer in (Client().get(new), Client().post(new, CALL)):
        assert answer.status_code == 410
        assert "过期" in answer.content.decode()
    assert FollowUp.objects.get(case=case).status == "waiting"


def test_the_questionnaire_is_limited_in_rate(as_: Any, case: Case, home: str):
    link = survey_link(as_("chen"), home)
    codes = {Client().post(link, {"score": "9"}).status_code for _ in range(12)}
    assert codes == {422, 429}


def test_missed_goals_offer_a_second_analysis(as_: Any, case: Case, home: str, cast: dict[str, Any]):
    FollowUp.objects.get(case=case).answer(by=cast["chen"], channel="phone", solved=True, met="yes", score=4)
    case.refresh_from_db()
    metric = Evaluation.of(case).metrics.get()
    zhou = as_("zhou")
    zhou.post(f"{home}evaluation/", {"seen": 1, f"after_{metric.pk}": "9", "early_reason": "数据已够"})
    assert "二次分析" in zhou.get(home).content.decode()
    zhou.post(f"{home}second-analysis/", {"again-reason": "容量预测有误"})
    assert Case.objects.get(pk=case.pk).round == 2


def test_attempts_giving_up_and_exemption(as_: Any, case: Case, home: str):
    chen = as_("chen")
    for _ in range(3):
        chen.post(f"{home}attempts/", {"note": "占线"})
    assert "未联系上 3 次" in chen.get("/follow-up/").content.decode()
    chen.post(f"{home}unreachable/")
    assert FollowUp.objects.get(case=case).status == "unreachable"
    assert chen.post(f"{home}exempt/", {"exempt-reason": "没有必要了"}).status_code == 422


def acts_on(case: Case) -> list[str]:
    """The address of every page that changes something inside a case, with this case's own rows."""
    inside = {
        "task": Task.objects.filter(case=case).first().pk,
        "cause": Cause.objects.filter(analysis__case=case).first().pk,
        "impact": Impact.objects.filter(analysis__case=case).first().pk,
        "plan": Plan.objects.get(case=case).pk,
    }
    found = []
    for route in ROUTES:
        if (
            route.startswith("/cases/<int:pk>/")
            or route.startswith("/tasks/<int:pk>/")
            or route.startswith("/plans/<int:pk>/")
        ):
            noun = {"/cases": case.pk, "/tasks": inside["task"], "/plans": inside["plan"]}[route[:6]]
            filled = route.replace("<int:pk>", str(noun), 1)
            for name, pk in inside.items():
                filled = filled.replace(f"<int:{name}>", str(pk))
            found.append(re.sub(r"<str:\w+>", "holds", re.sub(r"<int:\w+>", "1", filled)))
    return [a for a in found if not a.endswith("/reopen/")]


SAID = {
    "reason": "改一改", "content": "改写", "text": "补充", "title": "新标题", "owner": "7", "due": "2026-12-30", "seen": "1",
    "channel": "phone", "kind": "progress", "phenomenon": "甲", "effect": "乙", "range": "丙", "conclusion": "丁", "note": "戊",
    "block-reason": "受阻", "cancel-reason": "取消", "redo-reason": "重做", "answers": "为什么", "with_words": "1", "done": "做了",
    "dimension": "people", "level": "direct", "paused_for": "customer", "why": "pseudo", "what": "新", "name": "备选",
}  # fmt: skip


@pytest.mark.once
def test_no_door_changes_anything_in_an_archived_case(as_: Any, cast: dict[str, Any], archived: Case):
    before, rows = Event.objects.filter(timeline=archived.timeline).count(), stored(archived)
    addresses = acts_on(archived)
    assert len(addresses) > 40
    for who in ("chen", "zhou", "sun", "wang", "gao", "fang"):
        client = as_(who)
        for address in addresses:
            permission = str(permission_of(resolve(address).func))
            if permission == SIGNED_IN or cast[who].can(permission):  # test_access checks that the others are refused
                assert client.post(address, SAID).status_code != 500, address
    assert Event.objects.filter(timeline=archived.timeline).count() == before
    assert stored(archived) == rows


def stored(case: Case) -> list[Any]:
    return [
        list(q.values())
        for q in (
            Case.objects.filter(pk=case.pk),
            case.tasks.all(),
            case.followups.all(),
            case.plans.all(),
            Cause.objects.filter(analysis__case=case),
            case.communications.all(),
            case.collaborators.through.objects.filter(case=case),
        )
    ]


def test_reopening_an_archived_case_is_the_supervisors(as_: Any, archived: Case):
    assert as_("lin").post(f"/cases/{archived.pk}/reopen/", {"reason": "又出现"}).status_code == 403
    as_("chen").post(f"/cases/{archived.pk}/reopen/", {"reason": "又出现"})
    assert Case.objects.get(pk=archived.pk).round == 2
    assert "未再发生" in as_("chen").get(f"/cases/{archived.pk}/follow-up/").content.decode()


def test_another_teams_followup_is_not_there(as_: Any, case: Case, home: str):
    assert as_("zhao").get(home).status_code == 404
    assert as_("zhao").post(f"{home}call/", CALL).status_code == 404


@pytest.mark.once
def test_the_due_list_costs_the_same_with_20_and_200_followups(
    as_: Any, case: Case, cast: dict[str, Any], django_assert_max_num_queries: Any
):
    client, counts, due = as_("chen"), [], FollowUp.objects.get(case=case).due
    for more in (20, 180):
        for n in range(more):
            other = Case.open(by=cast["chen"], title=f"事{n}", kind="problem", owner=cast["chen"])
            Case.objects.filter(pk=other.pk).update(**{"status": "following_up"})
            FollowUp.objects.create(case=other, round=1, due=due)
        with django_assert_max_num_queries(25) as spent:
            assert client.get("/follow-up/").status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1]


def test_the_demo_shows_every_stage(at: Any, cast: dict[str, Any], as_: Any):
    at("2026-11-23 10:00")
    waiting = solve(case_in_progress(cast, "发票下载失败"), cast)
    assert waiting.status == "evaluating"
    assess(waiting, cast, waiting.evaluations.get().metrics.get().target / 2)
    page = as_("zhou", "en").get(f"/cases/{waiting.pk}/follow-up/").content.decode()
    assert "All 1 goals are reached." in page
