"""A calendar changes by versions: a published one never changes, open deadlines follow with an event, past ones stay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from bihuan.audit.models import Event
from bihuan.audit.verification import find_faults
from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.core.errors import Refused
from bihuan.deadlines.calendar_versions import CalendarVersion, WorkCalendar, company_calendar
from bihuan.deadlines.models import Deadline
from bihuan.deadlines.recalculation import outdated_deadlines, recalculate_all
from bihuan.followup.followup_calls import FollowUp
from bihuan.people.models import Team
from tests.domain.deadlines.questions import CN, WEEK

pytestmark = pytest.mark.django_db


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


def opened(cast: Any, **fields: Any) -> Case:
    case = Case.open(by=cast["lin"], title="登录失败", kind="problem")
    Case.objects.filter(pk=case.pk).update(**fields)
    case.refresh_from_db()
    return case


def begun(case: Case, cast: Any, amount: float = 3, unit: str = "working_days", milestone: str = "resolve") -> Deadline:
    return Deadline.begin(case, milestone, amount, unit, cast["lin"].actor)


def published(cast: Any, of: WorkCalendar | None = None, **changes: Any) -> CalendarVersion:
    """A next version with these parts of its data put in."""
    calendar = of or CalendarVersion.objects.in_force().calendar
    draft = calendar.begin_draft(by=cast["admin"])
    draft.data = {**draft.data, **changes}
    draft.save()
    draft.publish(by=cast["admin"])
    recalculate_all()
    return draft


def off(day: str) -> dict[str, Any]:
    return {**company_data()["overrides"], day: {"hours": [], "zh": "停业", "en": "closed"}}


def company_data() -> dict[str, Any]:
    return CalendarVersion.objects.in_force().data


def test_the_first_version_is_the_shipped_table(cast: Any):
    found = CalendarVersion.objects.in_force()
    assert (found.version_number, found.known_until, found.calendar.company) == (1, date(2026, 12, 31), True)
    days = [date(2026, 1, 1).toordinal() + n for n in range(500)]
    assert [company_calendar().worked(day) for day in days] == [CN.worked(day) for day in days]


def test_a_deadline_keeps_the_version_it_was_derived_by_and_an_open_one_follows_with_a_event(cast: Any, at: Any):
    at("2026-11-10 10:00")
    case = opened(cast)
    met, running = begun(case, cast, 1, milestone="respond"), begun(case, cast)
    Deadline.meet(case, "respond", cast["lin"].actor)
    first = running.calendar_version
    second = published(cast, overrides=off("2026-11-12"))
    running.refresh_from_db()
    met.refresh_from_db()
    assert (running.due, running.calendar_version) == (beijing("2026-11-16 18:00"), second)
    assert met.calendar_version == first
    told = Event.objects.get(kind="deadline.recalculated")
    assert (told.timeline, told.details["before"], told.details["due"]) == (
        case.timeline,
        "2026-11-13 18:00",
        "2026-11-16 18:00",
    )
    assert told.details["calendar"] == {"zh": "公司日历第 2 版", "en": "Company calendar v2"}
    case.refresh_from_db()
    assert case.next_due == running.due
    second.refresh_from_db()
    assert (second.derived, second.moved, outdated_deadlines().count()) == (1, 1, 0)
    assert find_faults() == []


def test_a_deadline_the_new_version_does_not_touch_takes_it_without_a_event(cast: Any, at: Any):
    at("2026-11-10 10:00")
    running = begun(opened(cast), cast)
    second = published(cast, overrides=off("2026-11-20"))
    running.refresh_from_db()
    assert (running.due, running.calendar_version) == (beijing("2026-11-13 18:00"), second)
    assert not Event.objects.filter(kind__startswith="deadline.re").exists()
    recalculate_all()
    second.refresh_from_db()
    assert (second.derived, second.moved) == (1, 0)


def test_a_provisional_deadline_is_confirmed_when_the_table_arrives_and_says_so(cast: Any, at: Any):
    at("2026-12-30 10:00")
    running = begun(opened(cast), cast)
    assert (running.due, running.provisional) == (beijing("2027-01-05 18:00"), True)
    published(cast, known_until="2027-12-31")
    running.refresh_from_db()
    # New Year is no longer left out for its date alone: the table that reaches over it says nothing of it.
    assert (running.due, running.provisional) == (beijing("2027-01-04 18:00"), False)
    case = opened(cast)
    at("2026-12-28 10:00")
    sure = begun(case, cast, 1, "months")
    assert sure.provisional is False
    draft = published(cast, known_until="2027-01-10")
    sure.refresh_from_db()
    assert sure.provisional is True
    assert Event.objects.filter(kind="deadline.recalculated", subject_id=sure.pk).count() == 1
    published(cast, known_until="2027-12-31")
    assert Event.objects.filter(kind="deadline.confirmed", subject_id=sure.pk).count() == 1
    assert draft.version_number == 3


def test_new_weekly_hours_leave_the_days_before_them_as_they_were(cast: Any, at: Any):
    at("2026-11-10 10:00")
    running = begun(opened(cast), cast, 16, "working_hours")  # 10:00..18:00 is 6.5 h, the 11th 7.5 h, 2 h on the 12th
    assert running.due == beijing("2026-11-12 11:00")
    before = company_data()["hours"]
    later = {key: [["10:00", "12:00"], ["13:30", "18:00"]] for key in WEEK[:5]}
    published(cast, hours=later, earlier=[{"until": "2026-11-11", "hours": before}])
    running.refresh_from_db()
    assert running.due == beijing("2026-11-12 12:00")


def test_a_make_up_day_works_as_the_week_of_its_time_does(cast: Any):
    data = company_data()
    short = {key: [["10:00", "16:00"]] for key in WEEK[:5]}
    published(cast, hours=short, earlier=[{"until": "2026-10-09", "hours": data["hours"]}])
    assert company_calendar().plan(date(2026, 9, 20)).spans == ((540, 720), (810, 1080))
    assert company_calendar().plan(date(2026, 10, 10)).spans == ((600, 960),)
    assert company_calendar().plan(date(2026, 10, 10)).kind == "makeup"


def test_a_team_works_by_its_own_calendar_and_others_by_the_companys(cast: Any, at: Any):
    at("2026-11-13 17:00")
    base = CalendarVersion.objects.in_force().calendar
    night = WorkCalendar.create_copy(by=cast["admin"], name="夜班", source=base)
    night.assign_teams(by=cast["admin"], teams=[cast["lin"].team])
    every = {key: [["22:00", "06:00"]] for key in WEEK}
    published(cast, night, hours=every)
    mine, other = opened(cast, team=cast["lin"].team), opened(cast, team=cast["zhou"].team)
    assert begun(mine, cast, 1).due == beijing("2026-11-15 06:00")
    assert begun(other, cast, 1).due == beijing("2026-11-16 18:00")
    published(cast, overrides=off("2026-11-16"))
    assert Deadline.objects.get(case=mine).due == beijing("2026-11-15 06:00")
    assert Deadline.objects.get(case=other).due == beijing("2026-11-17 18:00")


def test_a_running_deadline_keeps_its_calendar_when_its_team_gets_another(cast: Any, at: Any):
    at("2026-11-13 17:00")
    case = opened(cast, team=cast["lin"].team)
    running = begun(case, cast, 1)
    night = WorkCalendar.create_copy(by=cast["admin"], name="夜班", source=running.calendar_version.calendar)
    night.assign_teams(by=cast["admin"], teams=[Team.objects.get(pk=case.team_id)])
    recalculate_all()
    running.refresh_from_db()
    assert running.calendar_version.calendar.company


def test_a_draft_without_working_time_or_without_a_change_is_not_published(cast: Any):
    draft = CalendarVersion.objects.in_force().calendar.begin_draft(by=cast["admin"])
    with pytest.raises(Refused, match="没有要发布"):
        draft.publish(by=cast["admin"])
    draft.data = {**draft.data, "hours": {}}
    draft.save()
    with pytest.raises(Refused, match="每周没有"):
        draft.publish(by=cast["admin"])
    assert CalendarVersion.objects.in_force().version_number == 1


def test_a_discarded_draft_gives_its_number_to_nobody(cast: Any):
    calendar = CalendarVersion.objects.in_force().calendar
    first = calendar.begin_draft(by=cast["admin"])
    assert calendar.begin_draft(by=cast["admin"]) == first
    first.discard(by=cast["admin"])
    assert calendar.draft is None
    assert calendar.begin_draft(by=cast["admin"]).version_number == 3


def test_the_waiting_followup_moves_with_its_deadline(cast: Any, at: Any):
    at("2026-11-10 10:00")
    case = opened(cast, status="following_up")
    one = begun(case, cast, 3, milestone="followup")
    followup = FollowUp.objects.create(case=case, round=1, due=one.due)
    published(cast, overrides=off("2026-11-12"))
    followup.refresh_from_db()
    assert followup.due == beijing("2026-11-16 18:00")


def test_seconds_do_not_count_so_that_anybody_can_recompute(cast: Any):
    with clock.at(beijing("2026-11-10 10:00:42.123456")):
        one = begun(opened(cast), cast, 30, "minutes")
    assert one.due == beijing("2026-11-10 10:30:00")


def test_many_deadlines_are_taken_in_chunks_and_a_second_run_finds_nothing(cast: Any, at: Any, monkeypatch: Any):
    at("2026-11-10 10:00")
    for _ in range(5):
        begun(opened(cast), cast)
    monkeypatch.setattr("bihuan.deadlines.recalculation.CHUNK", 2)
    second = published(cast, overrides=off("2026-11-12"))
    second.refresh_from_db()
    assert (second.derived, second.moved) == (5, 5)
    assert recalculate_all() == 0
    assert Event.objects.filter(kind="deadline.recalculated").count() == 5
