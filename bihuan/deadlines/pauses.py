"""Pauses of a deadline: joined, cut out of intervals, and counted in whole days."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo

from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.instants import DAY, day_over, instant, moment, wall_instant

Pause = tuple[datetime, datetime]
Stops = Sequence[tuple[int, int]]  # pauses as instants, apart and in order


def stops(pauses: Iterable[Pause], start: int) -> Stops:
    """The pauses from `start` on, overlapping and touching ones joined. Raises InputError when one runs backwards."""
    joined: list[tuple[int, int]] = []
    for begins, ends in sorted((instant(one), instant(other)) for one, other in pauses):
        if ends < begins:
            raise InputError("有一次暂停的结束早于开始，请对调", "a pause ends before it begins; swap its two times")
        begins = max(begins, start)
        if ends <= begins:
            continue
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return joined


def running(opens: int, closes: int, pauses: Stops) -> Iterator[tuple[int, int]]:
    """The parts of an interval outside all pauses, in order."""
    for begins, ends in pauses:
        if ends <= opens:
            continue
        if begins >= closes:
            break
        if begins > opens:
            yield opens, begins
        opens = ends
    if opens < closes:
        yield opens, closes


def covers(pauses: Stops, intervals: Iterable[tuple[int, int]]) -> bool:
    """Whether nothing of the intervals runs."""
    return not any(any(running(opens, closes, pauses)) for opens, closes in intervals)


def whole_days(pauses: Stops, zone: tzinfo) -> Iterator[tuple[date, date]]:
    """First and last of the calendar days in a row, midnight to midnight in the zone, that a pause covers completely."""
    for begins, ends in pauses:
        if ends - begins < DAY // 2:  # no day is that short
            continue
        # By the instants of midnight, not its reading: where clocks change at midnight it is shown twice or never.
        first, last = moment(begins, zone).date(), moment(ends, zone).date() - timedelta(days=1)
        opens, closes = wall_instant(first.toordinal(), 0, zone), day_over(last.toordinal(), zone)
        while opens < begins:
            first += timedelta(days=1)
            opens = wall_instant(first.toordinal(), 0, zone)
        while first <= last and closes > ends:
            last -= timedelta(days=1)
            closes = day_over(last.toordinal(), zone)
        if first > last:
            continue
        if closes - opens > ((last - first).days + 0.5) * DAY:
            yield first, last
        else:
            # A zone that changed sides of the date line skipped a whole date, which nothing covers.
            days = (first + timedelta(days=n) for n in range((last - first).days + 1))
            yield from ((d, d) for d in days if wall_instant(d.toordinal(), 0, zone) < day_over(d.toordinal(), zone))
