"""Deadlines stand still only while somebody else has the next move, begin anew each round, and keep what was missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.audit.models import Actor, Event
from bihuan.cases.models import Assessment, Case, Communication
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.models import Deadline, Scheme, due_of
from bihuan.deadlines.working_time import add

pytestmark = pytest.mark.django_db


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


@pytest.fixture
def case(cast: Any, at: Any) -> Case:
    at("2026-11-10 10:00")
    made = Case.open(by=cast["lin"], title="登录失败", kind="problem", technical_type="function")
    made.assign(by=cast["chen"], owner=cast["zhou"])
    return made


def rate(case: Case, cast: Any, business: str = "hit", scope: str = "one") -> None:
    Assessment.assess(
        case, by=cast["chen"], scheme=Scheme.current("p_level"), inputs={"business_urgency": business, "scope": scope}
    )


def live(case: Case, milestone: str) -> Deadline:
    return Deadline.objects.live(case).get(milestone=milestone)


def test_a_pause_outside_working_hours_moves_a_working_day_deadline_by_nothing(case: Case, cast: Any, at: Any):
    rate(case, cast)
    before = live(case, "resolve").due
    at("2026-11-10 19:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-10 23:00")
    case.resume(by=cast["lin"])
    assert live(case, "resolve").due == before
    assert not Event.objects.filter(kind="deadline.moved", timeline=case.timeline).exists()


def test_a_pause_moves_an_hour_deadline_by_what_it_took(case: Case, cast: Any, at: Any):
    rate(case, cast, "core_down")
    at("2026-11-10 11:00")
    case.pause(by=cast["lin"], paused_for="third_party", reason="等运营商")
    at("2026-11-10 13:30")
    case.resume(by=cast["lin"])
    assert live(case, "resolve").due == beijing("2026-11-12 12:30")
    case.refresh_from_db()
    assert case.next_due == live(case, "respond").due == beijing("2026-11-10 16:30")


@pytest.mark.parametrize(("paused_for", "reason"), [("lunch", "吃饭"), ("customer", ""), ("", "等")])
def test_only_two_reasons_stop_the_deadlines_and_they_are_explained(
    case: Case, cast: Any, paused_for: str, reason: str
):
    with pytest.raises(Refused):
        case.pause(by=cast["lin"], paused_for=paused_for, reason=reason)


def test_the_first_human_contact_meets_the_respond_deadline_and_an_automatic_receipt_does_not(
    case: Case, cast: Any, at: Any
):
    rate(case, cast)
    Communication.log(case, by=Actor.system(), kind="receipt", channel="sms", content="已收到")
    assert live(case, "respond").met_at is None
    at("2026-11-10 11:00")
    Communication.log(case, by=cast["lin"].actor, kind="confirm", channel="phone", content="核实了现象")
    assert live(case, "respond").met_at == beijing("2026-11-10 11:00")
    assert not live(case, "respond").missed


def test_who_spoke_before_the_rating_has_responded(case: Case, cast: Any):
    Communication.log(case, by=cast["lin"].actor, kind="confirm", channel="phone", content="核实了现象")
    rate(case, cast)
    assert live(case, "respond").met_at is not None


def test_a_contact_in_the_future_is_refused(case: Case, cast: Any):
    with pytest.raises(Refused):
        Communication.log(
            case,
            by=cast["lin"].actor,
            kind="confirm",
            channel="phone",
            content="明天再说",
            at=clock.now() + timedelta(hours=1),
        )
    assert not Communication.objects.exists()


def test_late_stays_missed_after_it_is_met(case: Case, cast: Any, at: Any):
    rate(case, cast, "core_down", "many")
    at("2026-11-10 12:00")
    assert live(case, "respond").missed
    Communication.log(case, by=cast["lin"].actor, kind="soothe", channel="phone", content="道歉")
    at("2026-11-12 12:00")
    assert live(case, "respond").missed
    assert Event.objects.filter(kind="deadline.met_late", timeline=case.timeline).count() == 1


def test_a_new_level_counts_from_the_original_start_and_keeps_the_old_promise(case: Case, cast: Any, at: Any):
    rate(case, cast)
    old = live(case, "resolve")
    at("2026-11-10 15:00")
    rate(case, cast, "core_down", "many")
    new = live(case, "resolve")
    old.refresh_from_db()
    assert (new.start, new.due) == (beijing("2026-11-10 10:00"), beijing("2026-11-11 10:00"))
    assert old.ended_at == beijing("2026-11-10 15:00")
    assert case.assessments.filter(effective=True).count() == 1
    assert case.assessments.count() == 2


def test_a_limit_that_stood_when_its_level_changed_is_not_taken_for_missed(case: Case, cast: Any, at: Any):
    rate(case, cast, "core_down", "one")  # to be answered by 14:00, solved in 48 hours
    at("2026-11-10 12:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-10 18:00")
    old = live(case, "respond")
    rate(case, cast, "hit", "one")
    old.refresh_from_db()
    assert (old.ended_at, old.due) == (clock.now(), beijing("2026-11-10 20:00"))
    assert not old.missed
    new = live(case, "resolve")
    assert (new.is_paused, new.due) == (True, due_of(new.calendar, new.start, new.amount, new.unit).at), (
        "as stored before the pause, like every limit that stands"
    )


def test_what_is_met_is_derived_by_the_pauses_up_to_then_whatever_came_later(case: Case, cast: Any, at: Any):
    rate(case, cast, "core_down", "one")
    at("2026-11-10 12:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-10 13:00")
    Communication.log(case, by=cast["lin"].actor, kind="confirm", channel="phone", content="核实了现象")
    at("2026-11-10 18:00")
    case.resume(by=cast["lin"])
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户确认")
    at("2026-11-11 09:00")
    case.resume(by=cast["lin"])
    met = live(case, "respond")
    assert met.due == beijing("2026-11-10 15:00")
    assert met.derivation().at == met.due


def test_a_contact_entered_later_meets_by_the_pauses_up_to_its_own_time(case: Case, cast: Any, at: Any):
    rate(case, cast, "core_down", "one")
    at("2026-11-10 12:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-10 13:00")
    case.resume(by=cast["lin"])
    at("2026-11-10 18:00")
    told = {"kind": "confirm", "channel": "phone", "content": "核实了现象", "at": beijing("2026-11-10 11:30")}
    Communication.log(case, by=cast["lin"].actor, **told)
    met = live(case, "respond")
    assert (met.due, met.missed) == (beijing("2026-11-10 14:00"), False)
    assert met.derivation().at == met.due


def test_a_limit_dropped_and_asked_for_again_counts_from_where_it_first_began(case: Case, cast: Any, at: Any):
    rate(case, cast, "core_down", "one")
    at("2026-11-10 15:00")
    answers = {"value": 4, "urgency": 3}
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("value_urgency"), inputs=answers)
    assert not Deadline.objects.running(case).filter(milestone="resolve").exists()
    at("2026-11-10 16:00")
    rate(case, cast, "core_down", "one")
    assert live(case, "resolve").start == beijing("2026-11-10 10:00")


def test_the_start_of_the_diagnosis_meets_the_start_deadline(cast: Any, at: Any):
    at("2026-11-10 10:00")
    case = Case.open(by=cast["lin"], title="退款太慢", kind="complaint", problem_type="aftersales")
    case.assign(by=cast["chen"], owner=cast["liu"])
    given = {"urgency": "urgent", "scope": "general", "customer_value": "low"}
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("four_quadrant"), inputs=given)
    assert live(case, "start").due == beijing("2026-11-11 10:00")
    at("2026-11-10 16:00")
    case.move("diagnose", by=cast["liu"].actor)
    assert live(case, "start").met_at == beijing("2026-11-10 16:00")


def test_a_reopened_case_runs_a_new_round_and_the_old_one_stays(case: Case, cast: Any, at: Any):
    rate(case, cast)
    Communication.log(case, by=cast["lin"].actor, kind="confirm", channel="phone", content="核实")
    Case.objects.filter(pk=case.pk).update(status="following_up")
    at("2026-11-20 09:30")
    case.reopen(by=cast["chen"], reason="客户说没有解决")
    assert (case.round, case.status) == (2, "diagnosing")
    second = live(case, "respond")
    assert (second.round, second.start, second.met_at) == (2, beijing("2026-11-20 09:30"), None)
    first = {c.milestone: c for c in Deadline.objects.filter(case=case, round=1)}
    assert first["respond"].met_at == beijing("2026-11-10 10:00")
    assert first["resolve"].missed
    assert first["resolve"].ended_at == beijing("2026-11-20 09:30")


def test_a_closed_case_has_no_running_deadline_and_no_next_due_time(case: Case, cast: Any):
    rate(case, cast)
    case.decline(by=cast["chen"], why="misuse", reason="使用方式问题，已说明")
    case.refresh_from_db()
    assert case.next_due is None
    assert not Deadline.objects.running(case).exists()
    case.appeal(by=cast["lin"], reason="客户补充了材料")
    rate(case, cast)
    assert Deadline.objects.running(case).count() == 2


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(st.integers(1, 600), st.integers(1, 600)), max_size=4), st.sampled_from(["hit", "core_down"]))
def test_the_stored_due_time_is_what_worktime_says(cast: Any, waits: list[tuple[int, int]], business: str):
    now = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
    spans = []
    with clock.at(now):
        case = Case.open(by=cast["lin"], title="登录失败", kind="problem")
        rate(case, cast, business)
    for run, stand in waits:
        begins = now + timedelta(minutes=run)
        now = begins + timedelta(minutes=stand)
        spans.append((begins, now))
        with clock.at(begins):
            case.pause(by=cast["lin"], paused_for="customer", reason="等客户")
        with clock.at(now):
            case.resume(by=cast["lin"])
    for one in Deadline.objects.live(case):
        told = add(Calendar.from_json("cn"), one.start, float(one.amount), one.unit, spans)
        assert one.due == told.at
    case.refresh_from_db()
    assert case.next_due == min(c.due for c in Deadline.objects.running(case))
