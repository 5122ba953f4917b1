"""What one feedback item costs when it comes in among many: `bihuan bench arrival`. Labels, repeats, the problem it joins.

CPU seconds of this process, the embedded database (SQLite) included. The world is invented: half the feedback items describe one
of 64 problems in like words (the hard case: every key of theirs is shared by thousands), half say something of their own.
"""

from __future__ import annotations

import argparse
import random
import resource
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import product

from django.core.management import call_command
from django.db import connection, transaction

from bihuan.core import clock
from bihuan.customers.models import Customer
from bihuan.demo.generated import CHANNELS, PRODUCTS, SINCE, SYSTEMS, VERSIONS, WHAT, WHERE, WHO
from bihuan.demo.sample_people import create_people
from bihuan.feedback import similar
from bihuan.feedback.intake import receive
from bihuan.feedback.models import Feedback
from bihuan.findings import problem_matching
from bihuan.findings.models import Member, Problem
from bihuan.findings.models.problem import recount
from bihuan.insight.duplicate_detection.text_likeness import fingerprint
from bihuan.people.models import User

LIMIT = 0.030
"""CPU seconds a feedback item may cost, all steps together."""
OWN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
Report = tuple[str, str]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bihuan bench arrival")
    parser.add_argument("--feedback-items", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=200)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    by, texts = create_people()["chen"], reports()
    fill(options.feedback_items, by, texts)
    print(
        f"{options.feedback_items} feedback items, {Problem.objects.count()} problems, {options.new} feedback items come in ({connection.vendor})"
    )
    new: list[Feedback] = []
    spent: dict[str, float] = {}
    coming = [next(texts) for _ in range(options.new)]
    spent["take in, with labels"] = each(
        lambda: new.extend(_enter(item, n, by) for n, item in enumerate(coming)), options.new
    )
    spent["repeats of the customer"] = each(lambda: [similar.repeats_of(item) for item in new], options.new)
    spent["join a problem, 1 a time"] = each(
        lambda: [_join([item]) for item in new[: options.new // 2]], options.new // 2
    )
    spent["join a problem, together"] = each(lambda: _join(new[options.new // 2 :]), options.new - options.new // 2)
    joined = Member.objects.filter(feedback__in=new, how="arrival").count()
    for name, seconds in spent.items():
        print(f"  {name:<26}{1000 * seconds:8.2f} ms CPU a feedback item")
    whole = sum(spent.values()) - min(spent["join a problem, 1 a time"], spent["join a problem, together"])
    print(
        f"  {'the whole':<26}{1000 * whole:8.2f} ms CPU a feedback item of {1000 * LIMIT:.0f}; {joined} joined a problem"
    )
    return int(whole > LIMIT or not joined)


def _join(feedback_items: Sequence[Feedback]) -> int:
    return problem_matching.assign(feedback_items, similar.similar_to_each(feedback_items))


def reports(seed: int = 7) -> Iterator[Report]:
    """Endless pairs (text, the problem it describes, "" for none), the same each time."""
    chance = random.Random(seed)  # noqa: S311  invented data
    while True:
        where, what = chance.choice(WHERE), chance.choice(WHAT)
        yield f"{chance.choice(WHO)}在{where}{what}，{chance.choice(SINCE)}，{_own(chance, 6)}", f"{where}{what}"
        yield f"{_own(chance, 12)}，{_own(chance, 14)}", ""


def _own(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(OWN, k=length))


def fill(count: int, by: User, texts: Iterator[Report]) -> None:
    """The feedback items with the keys by which repeats are found, and the problems they describe."""
    people = Customer.objects.bulk_create(
        Customer(number=f"BC-{n}", name=f"客户{n}", account=f"b{n}") for n in range(5000)
    )
    problems = {
        where + what: Problem.objects.create(number=f"BP-{n}", title=where + what, status="confirmed")
        for n, (where, what) in enumerate(product(WHERE, WHAT))
    }
    for start in range(0, count, 5000):
        _block(range(start, min(start + 5000, count)), by, texts, people, problems)
    recount(problem.pk for problem in problems.values())


@transaction.atomic
def _block(
    numbers: range, by: User, texts: Iterator[Report], people: Sequence[Customer], problems: dict[str, Problem]
) -> None:
    now, reported = clock.now(), [next(texts) for _ in numbers]
    made = Feedback.objects.bulk_create(
        Feedback(
            number=f"BV-{n}", source="bench", source_key=f"{n}", text=text, fingerprint=fingerprint(text),
            channel=CHANNELS[n % len(CHANNELS)], customer=people[n % len(people)], recorder=by.actor, team=by.team,
            received_at=now - timedelta(minutes=n % 129_600), product=PRODUCTS[n % 4], app_version=VERSIONS[n % 3],
            system=SYSTEMS[n % 4],
        )
        for n, (text, _) in zip(numbers, reported, strict=True)
    )  # fmt: skip
    similar.index_many(made)
    Member.objects.bulk_create(
        Member(problem=problems[problem], feedback=feedback, how="run")
        for feedback, (_, problem) in zip(made, reported, strict=True)
        if problem
    )


def _enter(report: Report, n: int, by: User) -> Feedback:
    return receive(
        by=by.actor, source="bench-new", text=report[0], channel="phone", key=str(n), team=by.team,
        customer=Customer.objects.get(account=f"b{n % 5000}"),
    )  # fmt: skip


def each(act: Callable[[], object], count: int) -> float:
    """CPU seconds of the act, divided by how many it did."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    act()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / max(count, 1)
