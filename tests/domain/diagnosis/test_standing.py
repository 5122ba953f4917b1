"""A 共性问题 stands where its cases stand; one that is told again after the archive is said to be back, once a round."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.audit import transition_table
from bihuan.audit.models import Actor, Event
from bihuan.cases.models import Case
from bihuan.cases.problem_cases import join_case, open_case
from bihuan.cases.recurrence import notify_owners, reopened_problems
from bihuan.diagnosis.models import Analysis
from bihuan.diagnosis.problem_status import problem_status
from bihuan.findings.models import Problem
from bihuan.notifications import outbox
from bihuan.notifications.models import Notification
from tests.domain.feedback.feedback_samples import make_feedback
from tests.domain.findings.problem_samples import PAYING, make_feedback_items, make_problem

pytestmark = pytest.mark.django_db
Cast = dict[str, Any]


@pytest.fixture
def problem(cast: Cast) -> Problem:
    return make_problem(make_feedback_items(cast, PAYING[:2]))


def opened(problem: Problem, cast: Cast) -> Case:
    case = open_case(problem, by=cast["chen"], title="支付失败", kind="problem")
    case.assign(by=cast["chen"], owner=cast["lin"])
    return case


def archive(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put it in the archive without the way there, which is tested elsewhere."""
    Case.objects.filter(pk=case.pk).update(status="evaluating")
    case.refresh_from_db()
    monkeypatch.setattr(transition_table, "_installed", [transition_table.TransitionTable()])
    case.move("archive", by=Actor.system(), conclusion="已修复")
    monkeypatch.undo()


def comes_back(problem: Problem, cast: Cast, account: str = "late") -> None:
    problem.assign([make_feedback(cast, PAYING[2], account).pk], how="arrival")


def test_it_stands_where_its_cases_stand(problem: Problem, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    assert problem_status(problem, cast["chen"]).code == "seen"
    case = opened(problem, cast)
    assert problem_status(problem, cast["chen"]).code == "analysed"
    cause = Analysis.of(case).add_cause(by=cast["chen"], dimension="technology", text="连接池太小", level="root")
    assert problem_status(problem, cast["chen"]).code == "analysed", "a cause without evidence is not known"
    cause.add_evidence(by=cast["chen"], text="压测日志")
    cause.hold(by=cast["chen"])
    found = problem_status(problem, cast["chen"])
    assert (found.code, [root.text for root in found.roots]) == ("known", ["连接池太小"])
    archive(case, monkeypatch)
    assert problem_status(problem, cast["chen"]).code == "solved"
    comes_back(problem, cast)
    found = problem_status(problem, cast["chen"])
    assert (found.code, found.reopened.feedback_items, found.reopened.case) == ("reopened", 1, case)


def test_owner_and_supervisor_hear_once_a_round(problem: Problem, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    case = opened(problem, cast)
    archive(case, monkeypatch)
    assert notify_owners() == 0
    comes_back(problem, cast)
    comes_back(problem, cast, "later")
    assert (notify_owners(), notify_owners()) == (1, 0)
    outbox.dispatch()
    notices = Notification.objects.filter(event__kind="case.recurred")
    assert {n.user.username for n in notices} >= {"lin", "chen"}
    assert "又有 2 条反馈" in notices[0].text.zh
    assert problem.number in notices[0].text.zh
    case.reopen(by=cast["chen"], reason="又出现了")
    assert reopened_problems() == [], "at work again"
    assert join_case(problem, case, by=cast["chen"]) == 2
    archive(case, monkeypatch)
    assert notify_owners() == 0, "what came back the last time went in with it"
    comes_back(problem, cast, "third")
    assert notify_owners() == 1
    assert Event.objects.filter(kind="case.recurred", subject_id=case.pk).count() == 2


def test_an_open_case_elsewhere_or_an_answered_feedback_item_is_no_return(
    problem: Problem, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    archive(opened(problem, cast), monkeypatch)
    comes_back(problem, cast)
    assert len(reopened_problems()) == 1
    opened(problem, cast)
    assert reopened_problems() == []
    assert problem_status(problem, cast["chen"]).code == "analysed"


def test_pages_say_it_came_back(problem: Problem, cast: Cast, as_: Any, monkeypatch: pytest.MonkeyPatch):
    case = opened(problem, cast)
    archive(case, monkeypatch)
    comes_back(problem, cast)
    client = as_("chen")
    assert f"/cases/{case.pk}/reopen/" in client.get(f"/cases/{case.pk}/").content.decode()
    for address in (f"/cases/{case.pk}/", "/findings/", f"/problems/{problem.pk}/"):
        assert "又出现" in client.get(address).content.decode(), address
    agent = as_("lin").get(f"/cases/{case.pk}/").content.decode()
    assert "又出现" in agent
    assert f"/cases/{case.pk}/reopen/" not in agent, "only who may reopen is shown the way"


def test_finding_returns_costs_the_same_however_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
):
    for n in range(2):
        one = make_problem([make_feedback(cast, f"问题 {n}", f"a{n}")], f"问题 {n}")
        archive(open_case(one, by=cast["chen"], title=f"{n}", kind="problem"), monkeypatch)
        one.assign([make_feedback(cast, f"问题 {n} 又来了", f"b{n}").pk], how="arrival")
    with django_assert_num_queries(6):
        assert len(reopened_problems()) == 2
