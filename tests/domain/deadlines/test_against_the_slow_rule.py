"""Random calendars, starts, amounts and pauses: the product and the minute-by-minute rule give the same answers."""

import os
import random
from datetime import UTC, datetime, timedelta

import pytest

from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.working_time import add, elapsed
from tests.domain.deadlines.questions import WEEK
from tests.domain.deadlines.slow import MINUTE, Diary

DAYS = 48
# Around a change of deadlines where there is one: at two in the night, at midnight, by half an hour; and plain zones.
PLACES = [
    ("Asia/Shanghai", datetime(2026, 9, 20, tzinfo=UTC)),
    ("Asia/Shanghai", datetime(2027, 12, 20, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2024, 2, 20, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 3, 20, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 18, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 25, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 2, 10, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 10, 28, tzinfo=UTC)),
    ("America/St_Johns", datetime(2006, 10, 20, tzinfo=UTC)),
    ("America/Havana", datetime(2025, 10, 27, tzinfo=UTC)),
    ("Asia/Beirut", datetime(2026, 3, 21, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 3, 28, tzinfo=UTC)),
]
MOST = {"minutes": 9000, "hours": 9000, "working_hours": 6000, "working_days": 9, "days": 14, "weeks": 2, "months": 1}


def deadline(dice: random.Random, last: int = 24) -> str:
    return f"{dice.randrange(last):02}:{dice.choice((0, 0, 0, 15, 30, 45, dice.randrange(60))):02}"


def intervals(dice: random.Random) -> list[list[str]]:
    found = [[deadline(dice), dice.choice((deadline(dice), "24:00"))] for _ in range(dice.choice((0, 1, 1, 2, 2, 3)))]
    office = [["09:00", "12:00"], ["13:30", "18:00"]]
    return dice.choice((office, [pair for pair in found if pair[0] != pair[1]]))


def a_calendar(dice: random.Random, zone: str, first: datetime) -> dict[str, object]:
    hours = {day: intervals(dice) for day in WEEK if dice.random() < 0.75}
    dates = {(first + timedelta(days=dice.randrange(DAYS))).date().isoformat() for _ in range(dice.randrange(9))}
    return {
        "timezone": zone,
        "hours": hours,
        "overrides": {day: dice.choice(([], intervals(dice))) for day in sorted(dates)},
    }


def some_pauses(dice: random.Random, start: datetime) -> list[tuple[datetime, datetime]]:
    found = []
    for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
        begins = start + dice.randrange(-600, 9000) * MINUTE
        if dice.random() < 0.5:
            begins = begins.replace(hour=dice.choice((0, 9, 12)), minute=0)
        begins = begins.astimezone(UTC)  # where deadlines jump, an hour later on the wall is not an hour later
        found.append((begins, begins + dice.choice((30, 540, 1440, 2880, dice.randrange(6000))) * MINUTE))
    return found


def compare(seed: int, calendars: int, questions: int) -> int:
    """Asks both; returns how many questions lay inside the diary."""
    dice, asked = random.Random(seed), 0
    for _ in range(calendars):
        zone, first = dice.choice(PLACES)
        written = a_calendar(dice, zone, first)
        diary, product = Diary(written, first, DAYS), Calendar.from_json(written)
        if not diary.minutes_of:
            continue
        for _ in range(questions):
            start = (first + dice.randrange(1440, 14 * 1440) * MINUTE).astimezone(product.zone)
            pauses, unit = some_pauses(dice, start), dice.choice(list(MOST))
            amount = dice.randrange(1, MOST[unit] + 1)
            end = start.astimezone(UTC) + dice.randrange(12 * 1440) * MINUTE
            try:
                expected = diary.add(start, amount, unit, pauses), diary.elapsed(start, end, unit, pauses)
            except IndexError:
                continue
            per = {"hours": 60, "working_hours": 60}.get(unit, 1)
            found = (
                add(product, start, amount / per, unit, pauses).at.astimezone(UTC),
                round(elapsed(product, start, end, unit, pauses) * per, 6),
            )
            assert found == expected, (written, start.isoformat(), amount, unit, pauses, end.isoformat())
            asked += 1
    return asked


def test_five_hundred_random_questions_agree_with_the_slow_rule():
    assert compare(seed=20261122, calendars=12, questions=60) >= 500


@pytest.mark.bench
def test_ten_thousand_random_questions_agree_with_the_slow_rule():
    seed = int(os.environ.get("BIHUAN_SEED", "1"))
    assert compare(seed=seed, calendars=200, questions=70) >= 10_000
