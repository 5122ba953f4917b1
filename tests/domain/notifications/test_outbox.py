"""An event reaches whoever is to hear of it, once, in working hours unless it is of the highest level, and nobody else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from bihuan.audit.event_types import EVENT_TYPES
from bihuan.audit.models import Event, PendingNotification
from bihuan.cases.models import Assessment, Case
from bihuan.core import clock
from bihuan.deadlines import escalation_sweep
from bihuan.deadlines.models import Scheme
from bihuan.jobs import integrity_checks
from bihuan.notifications import outbox
from bihuan.notifications.models import Notification
from bihuan.notifications.recipients import AUDIENCES, recipients
from bihuan.notifications.redaction import redacted_sentence
from bihuan.people.models import User

pytestmark = pytest.mark.django_db
WORDS = "我的手机 13911112222 打不开，王经理很生气"


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.BEIJING)


def assessed_case(cast: Any, business: str = "core_down", scope: str = "one") -> Case:
    made = Case.open(by=cast["lin"], title=WORDS, description=WORDS, kind="problem", technical_type="function")
    made.assign(by=cast["chen"], owner=cast["zhou"])
    given = {"business_urgency": business, "scope": scope}
    Assessment.assess(made, by=cast["chen"], scheme=Scheme.current("p_level"), inputs=given)
    return made


def notification_count(user: User, kind: str) -> int:
    return Notification.objects.filter(user=user, event__kind=kind).count()


@pytest.fixture
def case(cast: Any, at: Any) -> Case:
    at("2026-11-10 10:00")
    made = assessed_case(cast)
    outbox.dispatch()
    return made


def test_every_word_that_says_who_hears_names_somebody():
    assert {word for kind in EVENT_TYPES.values() for word in kind.audience} <= set(AUDIENCES)


def test_the_named_person_hears_once_and_the_one_who_did_it_does_not(case: Case, cast: Any):
    outbox.dispatch()
    assert notification_count(cast["zhou"], "case.assigned") == 1
    assert notification_count(cast["chen"], "case.assigned") == 0
    assert not PendingNotification.objects.exists()
    cast["zhou"].refresh_from_db()
    assert cast["zhou"].unread == Notification.objects.filter(user=cast["zhou"], read_at=None).count() > 0


def test_the_ladder_goes_from_owner_to_supervisor_to_director_and_never_outside(case: Case, cast: Any, at: Any):
    at("2026-11-10 13:40")
    escalation_sweep.sweep()
    outbox.dispatch()
    assert notification_count(cast["zhou"], "deadline.nearing") == 1
    assert notification_count(cast["chen"], "deadline.nearing") == 0
    at("2026-11-10 14:30")
    escalation_sweep.sweep()
    outbox.dispatch()
    assert (
        notification_count(cast["chen"], "deadline.overdue")
        == notification_count(cast["zhou"], "deadline.overdue")
        == 1
    )
    assert notification_count(cast["he"], "deadline.overdue") == 0, "another team's supervisor"
    assert notification_count(cast["gao"], "deadline.overdue") == 0
    at("2026-11-11 17:00")
    escalation_sweep.sweep()
    outbox.dispatch()
    assert notification_count(cast["gao"], "deadline.overdue") == 1
    usernames = set(Notification.objects.filter(event__timeline=case.timeline).values_list("user__username", flat=True))
    assert usernames & {"guo", "he", "zhao"} == set()


def test_at_night_it_waits_for_the_morning_unless_it_is_of_the_highest_level(cast: Any, at: Any):
    at("2026-11-10 17:30")
    plain, top = assessed_case(cast), assessed_case(cast, "core_down", "many")
    outbox.dispatch()
    assert notification_count(cast["sun"], "case.alarmed") == notification_count(cast["chen"], "case.alarmed") + 1 == 1
    at("2026-11-10 22:00")
    escalation_sweep.sweep()
    outbox.dispatch()
    notices = Notification.objects.filter(event__kind__in=("deadline.nearing", "deadline.overdue"))
    assert {n.event.timeline for n in notices} == {top.timeline}
    assert all(n.urgent for n in notices)
    at("2026-11-11 08:59")
    outbox.dispatch()
    assert not notices.filter(event__timeline=plain.timeline).exists()
    at("2026-11-11 09:00")
    outbox.dispatch()
    assert notices.filter(event__timeline=plain.timeline).exists()


def test_no_word_of_the_customer_and_no_contact_is_in_any_notice(case: Case, cast: Any, at: Any):
    case.decline(by=cast["chen"], why="misuse", reason=WORDS)
    case.appeal(by=cast["lin"], reason=WORDS)
    case.remind(by=cast["chen"], note=WORDS)
    outbox.dispatch()
    for event in Event.objects.filter(timeline=case.timeline):
        for language in ("zh", "en"):
            sentence = redacted_sentence(event).to(language)
            assert "王经理" not in sentence
            assert not re.search(r"\d{7,}", sentence), sentence
            assert not re.search(r"[「“（(《]\s*[」”）)》]|[:：，,]$|{\w+}", sentence), sentence


@pytest.mark.parametrize("key", [k for k in EVENT_TYPES if EVENT_TYPES[k].audience])
def test_a_sentence_without_its_free_text_still_says_something(key: str):
    event_type = EVENT_TYPES[key]
    places = re.findall(r"{(\w+)}", event_type.zh)
    event = Event(kind=key, details={p: "客户的原话" if p in event_type.private else "5" for p in places})
    assert "原话" not in redacted_sentence(event).to("zh")
    assert len(redacted_sentence(event).to("zh")) >= 2
    assert len(redacted_sentence(event).to("en")) >= 4


def test_who_may_not_see_the_matter_is_not_told_of_it(case: Case, cast: Any):
    event = Event.objects.filter(kind="case.reminded").first()
    assert event is None
    case.remind(by=cast["chen"])
    event = Event.objects.get(kind="case.reminded")
    assert recipients(event) == [cast["zhou"]]
    Case.objects.filter(pk=case.pk).update(owner=cast["guo"])
    assert recipients(event) == []


def test_a_crash_between_a_event_and_its_notices_loses_and_doubles_nothing(case: Case, cast: Any, monkeypatch: Any):
    case.remind(by=cast["chen"])

    def crash(users: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(outbox, "update_unread_counts", crash)
        with pytest.raises(KeyboardInterrupt):
            outbox.dispatch()
    assert notification_count(cast["zhou"], "case.reminded") == 0
    outbox.dispatch()
    outbox.dispatch()
    assert notification_count(cast["zhou"], "case.reminded") == 1
    assert integrity_checks.report()["deadlines escalated once"] == []


def test_what_a_task_blocked_or_silent_says_it_says_once(cast: Any, at: Any):
    from bihuan.demo.sample_followups import case_in_progress
    from bihuan.execution.models import Task
    from bihuan.execution.task_reminders import remind

    at("2026-11-23 10:00")
    case = case_in_progress(cast, "高峰期订单提交卡住")
    task = Task.objects.present(case).get(owner__username="wu")
    task.begin(by=cast["wu"])
    task.block(by=cast["wu"], reason=WORDS)
    assert remind() == 0
    at("2026-11-24 17:30")
    assert remind() == 1, "silent; blocked for one working day, not for more"
    assert remind() == 0
    at("2026-11-24 18:00")
    assert remind() == 0, "the working day is just over"
    at("2026-11-24 18:30")
    assert remind() == 1, "blocked since yesterday"
    at("2026-11-25 18:30")
    assert remind() == 1
    with clock.at(clock.now() - timedelta(hours=1)):
        assert remind() == 0
    outbox.dispatch()
    assert notification_count(cast["wu"], "task.silent") == 2
    assert notification_count(cast["wu"], "task.stuck") == 0, "not in the evening"
    at("2026-11-26 09:00")
    outbox.dispatch()
    assert notification_count(cast["wu"], "task.stuck") == 1
    at("2026-11-28 18:00")
    assert remind() == 0, "a Saturday"
