"""Numbers: unique, in order, never reused, also when many ask at once."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from bihuan.core import numbers
from bihuan.core.models import NumberRule


@pytest.mark.django_db
def test_a_number_carries_the_day_and_a_serial(at):
    at("2026-11-21 23:30")
    assert numbers.next_numbers("feedback", 2) == ["KF-20261121-0001", "KF-20261121-0002"]
    assert numbers.next_number("feedback") == "KF-20261121-0003"
    at("2026-11-22 00:10")
    assert numbers.next_number("feedback") == "KF-20261122-0001"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reset", "number"),
    [("day", "TS-20231001-001"), ("month", "TS-202310-001"), ("year", "TS-2023-001"), ("never", "TS-001")],
)
def test_the_rule_of_a_noun_is_data(reset: str, number: str):
    NumberRule.objects.create(noun="feedback", prefix="TS", reset=reset, digits=3)
    assert numbers.next_numbers("feedback", on=date(2023, 10, 1)) == [number]


@pytest.mark.django_db(transaction=True)
def test_twenty_askers_at_once_get_twenty_numbers():
    taken: list[str] = []

    def ask() -> None:
        for _ in range(5):
            taken.append(numbers.next_number("case"))
        connection.close()

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    assert len(set(taken)) == 20
    assert sorted(taken)[-1].endswith("020")
