"""The book is whole, and every way of tampering with it is found and located."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from bihuan.audit import event_log
from bihuan.audit.models import Fact, Seal
from bihuan.core.errors import Refused
from bihuan.customers.events import CUSTOMER_MADE
from bihuan.customers.models import Customer
from bihuan.feedback import intake
from bihuan.feedback.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def voices(cast: dict[str, Any]) -> list[Feedback]:
    """Three voices with three facts each."""
    by = cast["lin"].actor
    made = [
        intake.receive(by=by, source="form", key=str(n), text=f"第{n}次付款失败", channel="phone") for n in range(3)
    ]
    for voice in made:
        voice.move("void", by=by, reason="测试")
        voice.move("revive", by=by, reason="恢复")
    return made


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def facts(voice: Feedback) -> list[Fact]:
    return list(Fact.objects.filter(subject_kind="feedback", subject_id=voice.pk).order_by("seq"))


def test_an_untouched_book_has_no_faults(voices: list[Feedback]):
    event_log.seal()
    assert event_log.faults() == []
    assert [f.seq for f in facts(voices[0])] == [1, 2, 3]


def test_facts_refuse_to_be_edited_or_deleted(voices: list[Feedback]):
    fact = facts(voices[0])[0]
    for act in (fact.save, fact.delete, Fact.objects.all().delete, lambda: Fact.objects.update(kind="x")):
        with pytest.raises(Refused):
            act()


TAMPERINGS = {
    "content changed": ('UPDATE fact SET details = \'{"reason": "别的"}\' WHERE id = %s', 1, "was changed"),
    "actor changed": ("UPDATE fact SET actor_id = (SELECT min(id) FROM actor) WHERE id = %s", 1, "was changed"),
    "time changed": ("UPDATE fact SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", 1, "was changed"),
    "middle deleted": ("DELETE FROM fact WHERE id = %s", 1, "is missing"),
    "first deleted": ("DELETE FROM fact WHERE id = %s", 0, "is missing"),
    "tail cut after the seal": ("DELETE FROM fact WHERE id = %s", 2, "not what was sealed"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_located(name: str, voices: list[Feedback]):
    event_log.seal()
    statement, place, word = TAMPERINGS[name]
    victim = facts(voices[1])[place]
    sql(statement, victim.pk)
    found = event_log.faults()
    assert any(word in f and f"feedback/{voices[1].pk}" in f for f in found), found


def test_two_chains_swapped_are_found(voices: list[Feedback]):
    a, b = (facts(v)[1].pk for v in voices[:2])
    sql("UPDATE fact SET subject_id = -1 WHERE id = %s", a)
    sql("UPDATE fact SET subject_id = %s WHERE id = %s", voices[0].pk, b)
    sql("UPDATE fact SET subject_id = %s WHERE id = %s", voices[1].pk, a)
    found = " ".join(event_log.faults())
    assert f"feedback/{voices[0].pk} #2" in found
    assert f"feedback/{voices[1].pk} #2" in found


def test_an_inserted_fact_is_found(voices: list[Feedback]):
    real = facts(voices[0])[-1]
    forged = Fact(
        kind=real.kind, subject_kind="feedback", subject_id=real.subject_id, subject_name="", trail="", seq=4,
        actor=real.actor, before_hash="0" * 64, hash="0" * 64,
    )  # fmt: skip
    forged.save()
    assert any("#4" in f for f in event_log.faults())


def test_a_changed_seal_is_found_and_an_idle_book_gets_no_new_one(voices: list[Feedback]):
    assert event_log.seal() is not None
    assert event_log.seal() is None
    voices[0].move("void", by=voices[0].recorder, reason="又来")
    second = event_log.seal()
    assert second is not None
    assert [h[1] for h in second.heads] == [voices[0].pk]
    Seal.objects.filter(pk=second.pk).update(heads=[])
    assert event_log.faults() == [f"seal {second.pk}: was changed or does not follow the one before it"]


def test_many_first_facts_at_once_make_whole_chains(cast: dict[str, Any]):
    by = cast["lin"].actor
    made = Customer.objects.bulk_create([Customer(number=f"C-{n}", name=f"客户{n}") for n in range(5)])
    from_many = [{"n": n} for n in range(5)]
    event_log.record_first(CUSTOMER_MADE, made, by=by, details=from_many)
    assert event_log.faults() == []
