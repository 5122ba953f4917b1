"""The book is whole, and every way of tampering with it is found and located."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from bihuan.audit import event_log, seals
from bihuan.audit.models import Event, Seal
from bihuan.audit.verification import find_faults
from bihuan.core.errors import Refused
from bihuan.customers.events import CUSTOMER_MADE
from bihuan.customers.models import Customer
from bihuan.feedback import intake
from bihuan.feedback.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def feedback_items(cast: dict[str, Any]) -> list[Feedback]:
    """Three feedback items with three events each."""
    by = cast["lin"].actor
    made = [
        intake.receive(by=by, source="form", key=str(n), text=f"第{n}次付款失败", channel="phone") for n in range(3)
    ]
    for feedback in made:
        feedback.move("void", by=by, reason="测试")
        feedback.move("revive", by=by, reason="恢复")
    return made


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def events(feedback: Feedback) -> list[Event]:
    return list(Event.objects.filter(subject_kind="feedback", subject_id=feedback.pk).order_by("seq"))


def test_an_untouched_event_log_has_no_faults(feedback_items: list[Feedback]):
    seals.seal_chains()
    assert find_faults() == []
    assert [f.seq for f in events(feedback_items[0])] == [1, 2, 3]


def test_events_refuse_to_be_edited_or_deleted(feedback_items: list[Feedback]):
    event = events(feedback_items[0])[0]
    for act in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(kind="x")):
        with pytest.raises(Refused):
            act()


TAMPERINGS = {
    "content changed": ('UPDATE event SET details = \'{"reason": "别的"}\' WHERE id = %s', 1, "was changed"),
    "actor changed": ("UPDATE event SET actor_id = (SELECT min(id) FROM actor) WHERE id = %s", 1, "was changed"),
    "time changed": ("UPDATE event SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", 1, "was changed"),
    "middle deleted": ("DELETE FROM event WHERE id = %s", 1, "is missing"),
    "first deleted": ("DELETE FROM event WHERE id = %s", 0, "is missing"),
    "tail cut after the seal": ("DELETE FROM event WHERE id = %s", 2, "not what was sealed"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_located(name: str, feedback_items: list[Feedback]):
    seals.seal_chains()
    statement, place, word = TAMPERINGS[name]
    victim = events(feedback_items[1])[place]
    sql(statement, victim.pk)
    found = find_faults()
    assert any(word in f and f"feedback/{feedback_items[1].pk}" in f for f in found), found


def test_two_chains_swapped_are_found(feedback_items: list[Feedback]):
    a, b = (events(v)[1].pk for v in feedback_items[:2])
    sql("UPDATE event SET subject_id = -1 WHERE id = %s", a)
    sql("UPDATE event SET subject_id = %s WHERE id = %s", feedback_items[0].pk, b)
    sql("UPDATE event SET subject_id = %s WHERE id = %s", feedback_items[1].pk, a)
    found = " ".join(find_faults())
    assert f"feedback/{feedback_items[0].pk} #2" in found
    assert f"feedback/{feedback_items[1].pk} #2" in found


def test_an_inserted_event_is_found(feedback_items: list[Feedback]):
    real = events(feedback_items[0])[-1]
    forged = Event(
        kind=real.kind, subject_kind="feedback", subject_id=real.subject_id, subject_name="", timeline="", seq=4,
        actor=real.actor, before_hash="0" * 64, hash="0" * 64,
    )  # fmt: skip
    forged.save()
    assert any("#4" in f for f in find_faults())


def test_a_changed_seal_is_found_and_an_idle_log_gets_no_new_one(feedback_items: list[Feedback]):
    assert seals.seal_chains() is not None
    assert seals.seal_chains() is None
    feedback_items[0].move("void", by=feedback_items[0].recorder, reason="又来")
    second = seals.seal_chains()
    assert second is not None
    assert [h[1] for h in second.heads] == [feedback_items[0].pk]
    Seal.objects.filter(pk=second.pk).update(heads=[])
    assert find_faults() == [f"seal {second.pk}: was changed or does not follow the one before it"]


def test_many_first_events_at_once_make_whole_chains(cast: dict[str, Any]):
    by = cast["lin"].actor
    made = Customer.objects.bulk_create([Customer(number=f"C-{n}", name=f"客户{n}") for n in range(5)])
    from_many = [{"n": n} for n in range(5)]
    event_log.record(CUSTOMER_MADE, made, by=by, is_first=True, each=from_many)
    assert find_faults() == []
