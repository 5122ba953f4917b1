"""Speed of deadlines: one of each unit, 100,000 by the rule alone, and 100,000 stored deadlines derived anew.

Limits: 50 µs a deadline, 10 s for the 100,000, in CPU time of this machine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.core.management import call_command

from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.calendar_preview import effect
from bihuan.deadlines.calendar_versions import CalendarVersion
from bihuan.deadlines.models import Deadline, Pause
from bihuan.deadlines.recalculation import recalculate_all
from bihuan.deadlines.time_units import Unit
from bihuan.deadlines.working_time import add
from bihuan.demo.generated import fill
from bihuan.demo.sample_people import create_people
from bihuan.people.models import User

ONE, MANY = 50e-6, 10.0
CLOCKS, CASES, TIMES = 100_000, 500, 5000
START = datetime(2026, 9, 30, 7, tzinfo=UTC)
AMOUNTS: dict[Unit, int] = {
    Unit.MINUTES: 30, Unit.HOURS: 24, Unit.WORKING_HOURS: 16, Unit.WORKING_DAYS: 3, Unit.DAYS: 15, Unit.WEEKS: 1,
    Unit.MONTHS: 2,
}  # fmt: skip
PAUSES = [
    (START + timedelta(days=7, hours=19), START + timedelta(days=7, hours=22)),
    (START + timedelta(days=9), START + timedelta(days=9, hours=1)),
]


def main() -> int:
    good = [_one(), _rule(), _stored()]
    return 0 if all(good) else 1


def _one() -> bool:
    """Each unit, with two pauses."""
    calendar, good = Calendar.from_json("cn"), True
    for unit, amount in AMOUNTS.items():
        each = _cpu(partial(_repeat, calendar, amount, unit)) / TIMES
        good &= _say(f"{amount} {unit}", each * 1e6, "µs", ONE * 1e6)
    return good


def _repeat(calendar: Calendar, amount: int, unit: Unit) -> None:
    for _ in range(TIMES):
        add(calendar, START, amount, unit, PAUSES)


def _rule() -> bool:
    calendar = Calendar.from_json("cn")
    targets = [(amount, unit) for unit, amount in AMOUNTS.items()]
    starts = [START + timedelta(minutes=7 * n) for n in range(CLOCKS // len(targets) + 1)]
    questions = [(start, *target) for start in starts for target in targets][:CLOCKS]
    took = _cpu(lambda: [add(calendar, *one, PAUSES) for one in questions])
    return _say(f"{len(questions):,} deadlines, the rule alone", took, "s", MANY)


def _stored() -> bool:
    """Deadlines in the database follow a new version: read, derived, written, with an event where one moved."""
    call_command("migrate", verbosity=0)
    create_people()
    admin = User.objects.get(username="admin")
    _deadlines(User.objects.get(username="chen"))
    draft = CalendarVersion.objects.in_force().calendar.begin_draft(by=admin)
    far = (clock.today() + timedelta(days=200)).isoformat()
    draft.data = {
        **draft.data,
        "overrides": {**draft.data["overrides"], far: {"hours": [], "zh": "停业", "en": "closed"}},
    }
    draft.save()
    print(f"{'preview of a draft':<44}{_cpu(lambda: effect(draft)):>10.2f} s")
    draft.publish(by=admin)
    took = _cpu(recalculate_all)
    draft.refresh_from_db()
    name = f"{draft.derived:,} stored deadlines, {draft.moved:,} moved"
    return _say(name, took, "s", MANY)


def _deadlines(by: User) -> None:
    """Spread over the cases by laps; a tenth of the cases has waited once."""
    fill(CASES, CASES, by)
    version, now = CalendarVersion.objects.in_force(), clock.now()
    targets = [(amount, unit) for unit, amount in AMOUNTS.items()]
    cases = list(Case.objects.values_list("pk", flat=True)[:CASES])
    Pause.objects.bulk_create(
        Pause(case_id=pk, start=now - timedelta(hours=5), end=now - timedelta(hours=2), reason="customer", note="bench", by=by.actor)
        for pk in cases[::10]
    )  # fmt: skip
    rows = []
    for n in range(CLOCKS):
        amount, unit = targets[n % len(targets)]
        start = now - timedelta(minutes=n % 20_000)
        pauses = [(now - timedelta(hours=5), now - timedelta(hours=2))] if n % CASES % 10 == 0 else []
        pauses = [(a.replace(second=0, microsecond=0), b.replace(second=0, microsecond=0)) for a, b in pauses]
        due = add(version.value, start.replace(second=0, microsecond=0), amount, unit, pauses)
        rows.append(
            Deadline(case_id=cases[n % CASES], round=1, milestone="resolve", occurrence=2 + n // CASES, start=start, amount=amount,
                  unit=unit, due=due.at, provisional=due.provisional, calendar_version=version)
        )  # fmt: skip
    Deadline.objects.bulk_create(rows, batch_size=2000)


def _cpu(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _say(name: str, found: float, unit: str, most: float) -> bool:
    good = found <= most
    print(f"{name:<44}{found:>10.2f} {unit:<3} ≤ {most:g}  {'ok' if good else 'OVER / 超限'}")
    sys.stdout.flush()
    return good
