"""The ladder: every escalation step once per clock and round, over jumping deadlines, long absences and two workers at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.audit.models import Event, PendingNotification
from bihuan.cases.models import Assessment, Case, Communication
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.deadlines import escalation_sweep
from bihuan.deadlines.models import Deadline, Escalation, EscalationStep, Scheme

pytestmark = pytest.mark.django_db


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


def assessed_case(cast: Any, business: str = "core_down", scope: str = "one") -> Case:
    """A case whose deadlines run: P1 responds in 4 hours and is solved in 48."""
    made = Case.open(by=cast["lin"], title="登录失败", kind="problem", technical_type="function")
    made.assign(by=cast["chen"], owner=cast["zhou"])
    given = {"business_urgency": business, "scope": scope}
    Assessment.assess(made, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=given)
    return made


@pytest.fixture
def case(cast: Any, at: Any) -> Case:
    at("2026-11-10 10:00")
    return assessed_case(cast)


def steps(case: Case, milestone: str = "respond") -> list[tuple[int, int]]:
    told = Escalation.objects.filter(deadline__case=case, deadline__milestone=milestone).order_by("id")
    return list(told.values_list("step__percent", "step__hours_after_due"))


def said(case: Case) -> list[str]:
    return [
        f"{f.kind} {f.details['percent']}"
        for f in Event.objects.filter(timeline=case.timeline, kind__in=KINDS).order_by("id")
    ]


KINDS = ("deadline.nearing", "deadline.overdue")


def test_half_most_and_all_of_the_time_each_say_so_once(case: Case, at: Any):
    for moment, expected in (
        ("11:59", []), ("12:00", [(50, 0)]), ("13:11", [(50, 0)]), ("13:12", [(50, 0), (80, 0)]),
        ("13:59", [(50, 0), (80, 0)]), ("14:00", [(50, 0), (80, 0), (100, 0)]),
    ):  # fmt: skip
        at(f"2026-11-10 {moment}")
        escalation_sweep.sweep()
        escalation_sweep.sweep()
        assert steps(case) == expected, moment
    assert said(case) == ["deadline.nearing 50", "deadline.nearing 80", "deadline.overdue 100"]
    assert escalation_sweep.faults() == []


def test_past_due_it_goes_up_after_eight_working_hours_and_then_is_silent(case: Case, at: Any):
    at("2026-11-11 13:59")
    escalation_sweep.sweep()
    assert steps(case) == [(50, 0), (80, 0), (100, 0)]
    at("2026-11-11 15:00")
    escalation_sweep.sweep()
    assert steps(case)[-1] == (100, 8)
    event = Event.objects.filter(kind="deadline.overdue", timeline=case.timeline).order_by("-id")[0]
    assert event.details["audience"] == ["owner", "supervisor", "director"]
    at("2027-03-01 10:00")
    escalation_sweep.sweep()
    assert len(steps(case)) == 4
    assert Deadline.objects.get(case=case, milestone="respond").check_at is None


def test_a_worker_away_for_two_days_notifies_once_of_the_highest_step_and_stores_the_rest(case: Case, at: Any):
    at("2026-11-12 15:00")
    escalation_sweep.sweep()
    assert steps(case) == [(50, 0), (80, 0), (100, 0), (100, 8)]
    assert len([f for f in said(case) if f.endswith("100")]) == 2, "one for each of the two deadlines"
    assert Escalation.objects.filter(deadline__case=case, deadline__milestone="respond", notified=True).count() == 1
    assert escalation_sweep.faults() == []


@pytest.mark.parametrize("jumps", [(60, -60), (-60, 60), (-5, 0), (60, -65, 60)])
def test_a_system_clock_that_jumps_repeats_and_forgets_nothing(case: Case, jumps: tuple[int, ...]):
    begun, seen = clock.now(), []
    for minute in range(0, 36 * 60, 7):
        jump = jumps[minute // 90 % len(jumps)]
        with clock.at(begun + timedelta(minutes=minute + jump)):
            escalation_sweep.sweep()
    with clock.at(begun + timedelta(days=9)):
        escalation_sweep.sweep()
        assert escalation_sweep.faults() == []
    seen = steps(case)
    assert seen == sorted(set(seen)) == [(50, 0), (80, 0), (100, 0), (100, 8)]


def test_nothing_comes_due_while_it_waits_and_escalation_moves_with_the_pause(case: Case, cast: Any, at: Any):
    at("2026-11-10 11:00")
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    at("2026-11-10 18:00")
    escalation_sweep.sweep()
    assert steps(case) == []
    assert escalation_sweep.faults() == []
    case.resume(by=cast["lin"])
    at("2026-11-10 18:59")
    escalation_sweep.sweep()
    assert steps(case) == []
    at("2026-11-10 19:00")
    escalation_sweep.sweep()
    assert steps(case) == [(50, 0)]


def test_a_wait_begun_after_the_due_time_hides_nothing_and_escalation_goes_on(case: Case, cast: Any, at: Any):
    at("2026-11-10 14:30")  # to be answered by 14:00
    case.pause(by=cast["lin"], paused_for="customer", reason="等客户提供截图")
    late = Deadline.objects.get(case=case, milestone="respond")
    assert (late.is_paused, late.due_status.tone, case.due_status.tone) == (False, "red", "red")
    escalation_sweep.sweep()
    assert steps(case)[-1] == (100, 0)
    at("2026-11-11 14:30")
    escalation_sweep.sweep()
    assert steps(case)[-1] == (100, 8), "eight working hours past due, though it waits"
    assert steps(case, "resolve") == [], "what was not over stands still"
    assert escalation_sweep.faults() == []


def test_what_is_met_ended_or_replaced_is_not_escalated(case: Case, cast: Any, at: Any):
    Communication.log(case, by=cast["lin"].actor, kind="confirm", channel="phone", content="核实了现象")
    case.decline(by=cast["chen"], why="misuse", reason="使用方式问题，已说明")
    at("2026-11-20 10:00")
    assert escalation_sweep.sweep() == 0
    assert escalation_sweep.faults() == []


def test_what_the_new_level_no_longer_requires_is_not_escalated(case: Case, cast: Any, at: Any):
    at("2026-11-10 10:30")
    answers = {"value": 4, "urgency": 3}  # goes to the iteration: nothing is promised but a first word within a week
    Assessment.assess(case, by=cast["chen"], scheme=Scheme.current("value_urgency"), inputs=answers)
    at("2026-11-12 10:30")
    escalation_sweep.sweep()
    assert steps(case, "resolve") == []
    dropped = Deadline.objects.get(case=case, milestone="resolve")
    Deadline.objects.filter(pk=dropped.pk).update(check_at=clock.now())  # as such rows were left before
    escalation_sweep.sweep()
    dropped.refresh_from_db()
    assert (steps(case, "resolve"), dropped.check_at) == ([], None)


def test_another_round_is_escalated_anew(case: Case, cast: Any, at: Any):
    at("2026-11-10 14:00")
    escalation_sweep.sweep()
    Case.objects.filter(pk=case.pk).update(status="following_up")
    at("2026-11-20 09:30")
    case.reopen(by=cast["chen"], reason="客户说没有解决")
    at("2026-11-20 11:30")
    escalation_sweep.sweep()
    assert steps(case).count((50, 0)) == 2


def test_a_changed_escalation_policy_holds_from_the_next_sweep_for_deadlines_that_run(case: Case, cast: Any, at: Any):
    half = next(r for r in EscalationStep.all_rows() if r.percent == 50)
    half.change(by=cast["admin"], percent=25, recipients=["owner"])
    escalation_sweep.check_all_again()
    at("2026-11-10 11:00")
    escalation_sweep.sweep()
    assert steps(case) == [(25, 0)]
    with pytest.raises(Refused):
        half.change(by=cast["admin"], recipients=["customer"])


def test_the_highest_level_is_marked_urgent_and_each_event_waits_to_be_dispatched(cast: Any, at: Any):
    at("2026-11-10 10:00")
    top = assessed_case(cast, "core_down", "many")
    PendingNotification.objects.all().delete()
    at("2026-11-10 10:15")
    escalation_sweep.sweep()
    waiting = PendingNotification.objects.get(event__kind="deadline.nearing")
    assert waiting.event.details["urgent"] is True
    assert waiting.event.timeline == top.timeline


def test_verify_finds_a_deadline_that_nobody_was_told_of_and_a_event_too_many(case: Case, at: Any):
    at("2026-11-10 14:30")
    assert len(escalation_sweep.faults()) == 1
    escalation_sweep.sweep()
    assert escalation_sweep.faults() == []
    Deadline.objects.filter(case=case, milestone="resolve").update(check_at=None, due=beijing("2026-11-10 12:00"))
    Escalation.objects.filter(deadline__case=case).update(notified=True)
    assert len(escalation_sweep.faults()) == 2


TIMES = st.lists(st.integers(-60, 900), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TIMES)
def test_whatever_moments_the_sweep_runs_at_each_step_reached_is_there_once(cast: Any, minutes: list[int]):
    begun = beijing("2026-11-10 10:00")
    with clock.at(begun):
        case = assessed_case(cast)
        ladder = Deadline.objects.get(case=case, milestone="respond").escalation_times(EscalationStep.policy())
    for minute in minutes:
        with clock.at(begun + timedelta(minutes=minute)):
            escalation_sweep.sweep()
    passed = [
        (r.percent, r.hours_after_due) for r, moment in ladder if moment <= begun + timedelta(minutes=max(minutes))
    ]
    assert steps(case) == passed


ASIDE = """
import sys, django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from datetime import datetime
from bihuan.core import clock
from bihuan.deadlines import escalation_sweep as sweep
sys.stdin.readline()
with clock.at(datetime.fromisoformat(sys.argv[2])):
    print(sweep.sweep())
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_escalate_each_deadline_once(cast: Any, settings: Any):
    with clock.at(beijing("2026-11-10 10:00")):
        cases = [assessed_case(cast) for _ in range(40)]
    later = "2026-11-10T13:30:00+08:00"
    name = str(settings.DATABASES["default"]["NAME"])
    both = [
        subprocess.Popen([sys.executable, "-c", ASIDE, name, later], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]  # fmt: skip
    told = sum(int(process.communicate("now\n", timeout=120)[0]) for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert told == len(cases)
    assert all(steps(case) == [(50, 0), (80, 0)] for case in cases)
    assert Event.objects.filter(kind="deadline.nearing").count() == len(cases)
