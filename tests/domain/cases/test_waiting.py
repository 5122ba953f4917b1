"""A wait has two reasons, a longest length and a record; whoever forgets to resume stops no clock for ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.cases.models import Assessment, Case, ExternalRequest
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.deadlines.models import Deadline, PauseLimit, Scheme, StatutoryRule

pytestmark = pytest.mark.django_db


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


@pytest.fixture
def case(cast: Any, at: Any) -> Case:
    at("2026-11-10 10:00")
    made = Case.open(by=cast["lin"], title="登录失败", kind="problem", technical_type="function")
    given = {"business_urgency": "core_down", "scope": "one"}
    Assessment.assess(made, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=given)
    return made


def live(case: Case, milestone: str) -> Deadline:
    return Deadline.objects.live(case).get(milestone=milestone)


def test_a_wait_for_the_customer_ends_by_itself_after_five_working_days(case: Case, cast: Any, at: Any):
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    pause = case.pauses.get()
    assert pause.until == beijing("2026-11-17 18:00")
    at("2026-11-17 17:59")
    assert Case.resume_overdue() == 0
    at("2026-11-20 09:00")
    assert Case.resume_overdue() == 1
    assert Case.resume_overdue() == 0
    pause.refresh_from_db()
    case.refresh_from_db()
    assert (pause.end, pause.is_over_limit, case.paused_for, case.paused_since) == (pause.until, True, "", None)
    assert live(case, "resolve").due == beijing("2026-11-19 18:00"), (
        "48 hours and the pause up to its limit, not to now"
    )
    assert Event.objects.filter(kind="case.pause_limit_reached", timeline=case.timeline).count() == 1


def test_resuming_late_before_anybody_swept_counts_no_more_than_the_limit(case: Case, cast: Any, at: Any):
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-20 09:00")
    case.resume(by=cast["lin"])
    assert live(case, "resolve").due == beijing("2026-11-19 18:00")


def test_a_changed_limit_holds_for_the_next_wait_and_leaves_a_event(case: Case, cast: Any, at: Any):
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    limit = next(r for r in PauseLimit.all_rows() if r.reason == "customer")
    limit.change(by=cast["admin"], amount=2, unit="working_days")
    assert case.pauses.get().until == beijing("2026-11-17 18:00")
    case.resume(by=cast["lin"])
    case.pause(by=cast["lin"], paused_for="customer", reason="还差一张截图")
    assert case.pauses.get(end=None).until == beijing("2026-11-12 18:00")
    assert Event.objects.filter(kind="rule.changed").count() == 1
    with pytest.raises(Refused):
        limit.change(by=cast["admin"], amount=-1, unit="working_days")


def test_what_resuming_at_a_moment_would_give_is_what_it_gives(case: Case, cast: Any, at: Any):
    until = beijing("2026-11-11 16:20")
    told = live(case, "resolve").due_if([(clock.now(), until)])
    case.pause(by=cast["lin"], paused_for="third_party", reason="等运营商")
    at("2026-11-11 16:20")
    case.resume(by=cast["lin"])
    assert live(case, "resolve").due == told == beijing("2026-11-13 16:20")


def test_urging_needs_an_owner_and_is_heard_once_an_hour(case: Case, cast: Any, at: Any):
    with pytest.raises(Refused):
        case.remind(by=cast["chen"])
    case.assign(by=cast["chen"], owner=cast["zhou"])
    with pytest.raises(Refused):
        case.remind(by=cast["lin"])
    assert case.remind(by=cast["chen"], note="今天要答复")
    assert case.remind(by=cast["chen"]) is None
    at("2026-11-10 11:01")
    assert case.remind(by=cast["chen"])


def outside(case: Case, cast: Any, code: str = "12315_answer", **given: Any) -> Any:
    rule = next(r for r in StatutoryRule.in_force_on(clock.today()) if r.code == code)
    return ExternalRequest.register(case, by=cast["lin"].actor, number="PT2026111000001", rule=rule, **given)


def test_an_outside_limit_runs_beside_ours_and_no_wait_of_ours_stops_it(case: Case, cast: Any, at: Any):
    asked = outside(case, cast, received_at=beijing("2026-11-09 16:00"))
    assert asked.deadline.due == beijing("2026-11-18 18:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-12 10:00")
    assert not asked.deadline.is_paused
    case.resume(by=cast["lin"])
    assert asked.deadline.due == beijing("2026-11-18 18:00")
    assert "121" in str(asked.deadline.explanation)
    assert "7 个工作日" in str(asked.deadline.explanation)


def test_the_case_cannot_end_before_the_authority_is_answered_and_a_late_answer_stays_late(
    case: Case, cast: Any, at: Any
):
    asked = outside(case, cast)
    with pytest.raises(Refused):
        case.decline(by=cast["chen"], why="misuse", reason="使用方式问题")
    Case.objects.filter(pk=case.pk).update(status="following_up")
    case.refresh_from_db()
    case.reopen(by=cast["chen"], reason="客户说没有解决")
    assert asked.deadline is not None
    assert asked.deadline.ended_at is None
    assert asked.deadline in Deadline.objects.running(case), "it goes on over rounds"
    at("2026-11-30 10:00")
    asked.answer_with("已书面答复", by=cast["lin"].actor)
    assert asked.deadline.missed
    asked.answer_with("再答复一次", by=cast["lin"].actor)
    assert Event.objects.filter(kind="case.external_request_answered").count() == 1


def test_another_wording_counts_from_its_day_and_leaves_running_deadlines_alone(case: Case, cast: Any, at: Any):
    first = outside(case, cast)
    rule = first.rule
    rule.add_wording(
        by=cast["admin"], valid_from=date(2027, 1, 1), amount=5, unit="working_days", source="新办法第十条"
    )
    assert next(r for r in StatutoryRule.in_force_on(date(2026, 12, 31)) if r.code == rule.code).amount == 7
    assert next(r for r in StatutoryRule.in_force_on(date(2027, 1, 1)) if r.code == rule.code).amount == 5
    with pytest.raises(Refused):
        rule.add_wording(by=cast["admin"], valid_from=date(2027, 1, 1), amount=6, unit="days", source="又一条")


def test_a_limit_as_given_is_exactly_that_and_the_number_finds_the_case(case: Case, cast: Any):
    given = beijing("2026-11-13 17:30")
    asked = ExternalRequest.register(case, by=cast["lin"].actor, number="12345-889", given=given)
    assert asked.deadline.due == given
    assert ExternalRequest.register(case, by=cast["lin"].actor, number="12345-889", given=given) == asked
    with pytest.raises(Refused):
        ExternalRequest.register(case, by=cast["lin"].actor)
    with pytest.raises(Refused):
        ExternalRequest.register(case, by=cast["lin"].actor, number="1", given=beijing("2026-11-01 10:00"))


def test_every_shipped_rule_says_where_it_comes_from_and_to_confirm_it():
    rows = StatutoryRule.all_rows()
    assert {r.channel for r in rows} >= {"p12315", "p12345"}
    assert all(len(r.source) > 20 and "核对" in r.source for r in rows)
    assert [r.code for r in StatutoryRule.in_force_on(date(2026, 5, 1))].count("12315_answer") == 1


def test_while_it_waits_a_case_stands_in_lists_by_its_outside_limit(case: Case, cast: Any, at: Any):
    asked = outside(case, cast)
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    assert (case.next_milestone, case.next_due) == ("external", asked.deadline.due)
    assert "暂停" not in str(case.due_status)
    at("2026-11-20 10:00")
    assert case.due_status.tone == "red"
    asked.answer_with("已书面答复", by=cast["lin"].actor)
    case.refresh_from_db()
    assert case.next_milestone == "respond"
    assert "暂停" in str(case.due_status)
