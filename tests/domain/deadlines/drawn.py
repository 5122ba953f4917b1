"""What the laws of deadlines are tried on: calendars, starts, targets and pauses drawn at random."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.time_units import Unit
from tests.domain.deadlines.questions import CN, WEEK

MOST = {
    "minutes": 30_000,
    "hours": 500,
    "working_hours": 200,
    "working_days": 40,
    "days": 90,
    "weeks": 12,
    "months": 14,
}
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "UTC")
deadlines = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 0, 15, 30, 59]))
pairs = st.tuples(deadlines, deadlines | st.just("24:00")).filter(lambda pair: pair[0] != pair[1]).map(list)
intervals = st.lists(pairs, max_size=3) | st.just([["09:00", "12:00"], ["13:30", "18:00"]])
dates = st.dates(date(2026, 1, 1), date(2027, 6, 30))
calendars = st.builds(
    lambda zone, hours, overrides: Calendar.from_json(
        {"timezone": zone, "hours": hours, "overrides": {day.isoformat(): spans for day, spans in overrides.items()}}
    ),
    st.sampled_from(ZONES),
    st.dictionaries(st.sampled_from(WEEK), intervals, min_size=1).filter(lambda hours: any(hours.values())),
    st.dictionaries(dates, intervals, max_size=6),
) | st.just(CN)
starts = st.integers(0, 525_600).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


def targets_in(units):
    return st.sampled_from(units).flatmap(lambda unit: st.tuples(st.integers(1, MOST[unit]), st.just(unit)))


targets = targets_in(list(Unit))
gaps = st.lists(st.tuples(st.integers(-300, 20_000), st.integers(0, 6_000)), max_size=3)
WORKING = (Unit.WORKING_HOURS, Unit.WORKING_DAYS)
TIMED = (Unit.MINUTES, Unit.HOURS, Unit.WORKING_HOURS)


def placed(start, found):
    return [(start + timedelta(minutes=a), start + timedelta(minutes=a + length)) for a, length in found]
