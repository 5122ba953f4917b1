"""The sweep over many open time limits: `bihuan bench limits`. CPU seconds of this process, database included (SQLite)."""

from __future__ import annotations

import argparse
import resource
from datetime import timedelta

from django.core.management import call_command
from django.db import connection

from bihuan.cases.models import Case
from bihuan.core import clock
from bihuan.deadlines import escalation_sweep
from bihuan.deadlines.models import Deadline, EscalationStep
from bihuan.demo.sample_people import create_people
from bihuan.people.models import User

LIMIT = 5.0
"""CPU seconds a sweep of 20,000 open limits may take."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bihuan bench limits")
    parser.add_argument("--limits", type=int, default=20000)
    parser.add_argument("--due", type=int, default=1000, help="how many of them reach an escalation step at the sweep")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    begun = clock.now()
    with clock.at(begun):
        fill(options.limits, options.due, create_people()["chen"])
    print(f"{options.limits} open limits, {options.due} of them at an escalation step\n  {plan()}")
    worst = 0.0
    for name, later in (("nothing due", 0), ("some due", 61), ("again", 61)):
        with clock.at(begun + timedelta(minutes=later)):
            spent, reminded = measured()
        worst = max(worst, spent)
        print(f"  {name:<12} {reminded:>6} reminded   {spent:.3f} CPU s")
    faults = escalation_sweep.faults()
    print(f"  verify: {len(faults)} faults; worst {worst:.3f} CPU s of {LIMIT:.0f}")
    return int(worst > LIMIT or bool(faults))


def fill(limits: int, due: int, by: User) -> None:
    """Cases with one limit each: the first ``due`` of two hours, the others of many more."""
    EscalationStep.all_rows()
    rows = Case.objects.bulk_create(
        (Case(number=f"B-{n}", title=f"事项 {n}", kind="problem", opened_by=by.actor, owner=by, status="assessed") for n in range(limits)),
        batch_size=1000,
    )  # fmt: skip
    deadlines = []
    for n, case in enumerate(rows):
        deadline = Deadline(
            case=case,
            round=1,
            milestone="resolve",
            start=clock.now(),
            amount=2 if n < due else 500 + n % 400,
            unit="hours",
        )
        deadline._derive()
        deadlines.append(deadline)
    Deadline.objects.bulk_create(deadlines, batch_size=1000)


def measured() -> tuple[float, int]:
    before = resource.getrusage(resource.RUSAGE_SELF)
    reminded = escalation_sweep.sweep()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, reminded


def plan() -> str:
    """How the database finds what is to be looked at."""
    return f"{connection.vendor}: {escalation_sweep.to_check(clock.now()).explain().strip().splitlines()[0]}"
