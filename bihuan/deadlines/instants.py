"""Instants as whole microseconds since 1970 UTC, and local times turned into them."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from bihuan.deadlines.input_error import InputError

MINUTE = 60_000_000
DAY = 1440 * MINUTE
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def instant(moment: datetime) -> int:
    """The moment as microseconds since 1970 UTC. Raises InputError when it carries no zone."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise InputError(
            f"时间 {moment.isoformat()} 没有时区，请写成 2026-09-30T15:00+08:00 这样",
            f"the time {moment.isoformat()} has no zone; write it like 2026-09-30T15:00+08:00",
        )
    return (moment - EPOCH) // _MICROSECOND


def moment(at: int, zone: tzinfo) -> datetime:
    """The instant as a time on the clocks of the zone."""
    return (EPOCH + timedelta(microseconds=at)).astimezone(zone)


def wall_instant(ordinal: int, minute: int, zone: tzinfo) -> int:
    """The instant when the clocks of the zone show that minute (0 to 2880) of that day (a date ordinal).

    A time shown twice in autumn is its first showing; a time skipped in spring is the instant of the jump.
    """
    day, minute = ordinal + minute // 1440, minute % 1440
    shown = datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(minutes=minute)
    early = shown.replace(tzinfo=zone)
    at = (early - EPOCH) // _MICROSECOND
    late = shown.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset() or moment(at, zone).replace(tzinfo=None) == shown:
        return at
    return _jump((late - EPOCH) // _MICROSECOND, at, zone)


def day_over(ordinal: int, zone: tzinfo) -> int:
    """The instant after which the clocks of the zone never again show that day.

    That is its midnight; of two, the second where the clocks go back into the day (and not within the next one).
    """
    second = datetime.combine(date.fromordinal(ordinal + 1), datetime.min.time(), zone).replace(fold=1)
    at = (second - EPOCH) // _MICROSECOND
    return at if moment(at - 1, zone).toordinal() == ordinal else wall_instant(ordinal + 1, 0, zone)


def _jump(before: int, after: int, zone: tzinfo) -> int:
    """The first instant in (before, after] whose offset from UTC is that of `after`."""
    offset = moment(after, zone).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        if moment(middle, zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
