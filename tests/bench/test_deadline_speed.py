"""How fast deadlines are: a typical one within 50 µs of processor time, 100,000 open deadlines within 10 s."""

import time
from datetime import timedelta

import pytest

from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.working_time import add, elapsed
from tests.domain.deadlines.questions import CN, at

pytestmark = pytest.mark.bench
START = at("2026-09-30 15:00")
PAUSES = [(at("2026-10-08 10:00"), at("2026-10-08 13:20")), (at("2026-10-09 15:00"), at("2026-10-09 16:00"))]


def seconds(work):
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        (30, "minutes"),
        (24, "hours"),
        (16, "working_hours"),
        (3, "working_days"),
        (15, "days"),
        (1, "weeks"),
        (2, "months"),
    ],
)
@pytest.mark.parametrize("pauses", [[], PAUSES], ids=["plain", "paused"])
def test_one_deadline_takes_at_most_50_microseconds(amount, unit, pauses):
    each = seconds(lambda: [add(CN, START, amount, unit, pauses) for _ in range(2000)]) / 2000
    print(f"{amount} {unit}: {each * 1e6:.1f} µs")
    assert each <= 50e-6


def test_a_hundred_thousand_open_deadlines_take_at_most_ten_seconds():
    fresh = Calendar(CN.zone, CN.weekly, CN.overrides, CN.known_from, CN.known_until, CN.yearly_off)
    starts = [START + timedelta(minutes=5 * n) for n in range(25_000)]
    targets = [(16, "working_hours"), (3, "working_days"), (24, "hours"), (2, "months")]
    took = seconds(lambda: [add(fresh, start, *target, PAUSES) for start in starts for target in targets])
    print(f"100,000 deadlines: {took:.2f} s")
    assert took <= 10


def test_what_has_run_is_measured_as_fast():
    now = at("2026-10-20 10:00")
    for unit in ("hours", "working_hours", "working_days", "days", "months"):
        each = seconds(lambda unit=unit: [elapsed(CN, START, now, unit, PAUSES) for _ in range(1000)]) / 1000
        print(f"elapsed {unit}: {each * 1e6:.1f} µs")
        assert each <= 200e-6
