"""A deadline's derivation in one sentence, in both languages."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from bihuan.core.text import Text
from bihuan.deadlines.day_breakdown import WEEKLY_OFF, Day, day_by_day, duration
from bihuan.deadlines.instants import instant, moment
from bihuan.deadlines.time_units import LENGTH, NAMES, Unit
from bihuan.deadlines.working_time import Due, counted_until

_ZH_DAYS, _EN_DAYS = "一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOST = 6  # holidays, make-up days or breaks named one by one; the rest are only counted


def explain(due: Due) -> Text:
    """How the deadline came about: start, what was skipped and why, pauses, make-up days, end, and if it may change."""
    days = day_by_day(due)
    parts = [_opening(due), *_timed(due, days)] if due.unit in LENGTH else [_opening(due), *_whole_days(due, days)]
    zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
    end = _stamp(due.at)
    zh, en = f"{zh} → {end.zh} 到期", f"{en} → due {end.en}"
    if due.provisional:
        note = _provisional(due)
        zh, en = f"{zh}（{note.zh}）", f"{en} ({note.en})"
    return Text(zh, en)


def _opening(due: Due) -> Text:
    start, name = _stamp(due.start), NAMES[due.unit][due.amount != 1]
    amount = number(due.amount)
    return Text(f"{start.zh} 起 {amount} {name.zh}", f"{amount} {name.en} from {start.en}")


def number(amount: float) -> str:
    """An amount as people write it: 16, 7.5, 1234567."""
    return str(int(amount)) if amount == int(amount) else f"{amount:.6f}".rstrip("0")


def _timed(due: Due, days: Sequence[Day]) -> Iterator[Text]:
    if due.unit is Unit.WORKING_HOURS:
        yield from _days_off(days, due.start.year)
        yield from _breaks(due, days)
    if due.stops:
        yield _paused(sum(day.paused for day in days))
    yield from _makeups(days, due.start.year)


def _whole_days(due: Due, days: Sequence[Day]) -> Iterator[Text]:
    if due.last != due.start.date():
        yield Text("起算当日不计", "start day not counted")
    if due.unit is Unit.WORKING_DAYS:
        yield from _days_off(days, due.start.year)
    if due.stops:
        count = sum(day.kind == "paused" for day in days)
        if count:
            yield Text(f"整天暂停 {count} 天，顺延", f"{count} whole day{'s'[: count > 1]} paused")
        else:
            yield _paused(0)
    if due.unit is Unit.WORKING_DAYS:
        yield from _makeups(days, due.start.year)
    else:
        yield from _moved(due)
    yield Text("当日下班截止", "ends at close of business")


def _days_off(days: Sequence[Day], year: int) -> Iterator[Text]:
    """Holidays by name, consecutive ones together; weekly days off as a number."""
    runs: list[tuple[Text, date, date]] = []
    for day in days:
        if day.kind == "holiday" and runs and runs[-1][0] == day.label and (day.date - runs[-1][2]).days == 1:
            runs[-1] = (day.label, runs[-1][1], day.date)
        elif day.kind == "holiday":
            runs.append((day.label, day.date, day.date))
    for label, first, last in runs[:_MOST]:
        span = _date(first, year) if first == last else f"{_date(first, year)}..{_date(last, year)}"
        yield Text(f"{span} {label.zh}跳过", f"{span} {label.en} skipped")
    if len(runs) > _MOST:
        rest = len(runs) - _MOST
        yield Text(f"另有 {rest} 段假期跳过", f"{rest} more holidays skipped")
    weekly = sum(day.kind == "weekend" for day in days)
    if weekly:
        name = WEEKLY_OFF.en if weekly == 1 else "weekly days off"
        yield Text(f"{WEEKLY_OFF.zh} {weekly} 天跳过", f"{weekly} {name} skipped")


def _breaks(due: Due, days: Sequence[Day]) -> Iterator[Text]:
    """The times between two intervals of one day, such as lunch, that are not counted."""
    began, at, zone = instant(due.start), instant(due.at), due.calendar.zone
    seen: dict[str, None] = {}
    for day in days:
        for (_, closes), (opens, _) in pairwise(due.calendar.worked(day.date.toordinal())):
            if began <= closes and opens <= at:
                seen[f"{moment(closes, zone):%H:%M}-{moment(opens, zone):%H:%M}"] = None
    if seen:
        text = ", ".join(list(seen)[:_MOST])
        yield Text(f"{text} 休息不计", f"break {text} skipped")


def _paused(minutes: int) -> Text:
    if not minutes:
        return Text("暂停不在计时之内，不影响", "pauses lie outside the deadline and move nothing")
    return Text(f"暂停 {duration(minutes).zh}不计", f"paused {duration(minutes).en}")


def _makeups(days: Sequence[Day], year: int) -> Iterator[Text]:
    found = [day.date for day in days if day.kind == "makeup"]
    for day in found[:_MOST]:
        yield Text(
            f"{_date(day, year)} 周{_ZH_DAYS[day.weekday()]}调休上班，计入",
            f"{_EN_DAYS[day.weekday()]} {_date(day, year)} counted as make-up working day",
        )
    if len(found) > _MOST:
        more = len(found) - _MOST
        yield Text(f"另有 {more} 个调休上班日计入", f"{more} more make-up working days counted")


def _moved(due: Due) -> Iterator[Text]:
    counted = counted_until(due.start.date(), int(due.amount), due.unit, due.calendar, due.stops)
    if counted != due.last:
        year = due.start.year
        from_, to = _date(counted, year), _date(due.last, year)
        yield Text(f"最后一天 {from_} 休息，顺延至 {to}", f"last day {from_} is a day off, moved to {to}")


def _provisional(due: Due) -> Text:
    calendar = due.calendar
    if calendar.known_until and due.last > calendar.known_until:
        zh, en = (
            f"暂定：{calendar.known_until} 之后的放假安排未公布",
            f"provisional: holidays after {calendar.known_until} not announced",
        )
    else:
        zh, en = (
            f"暂定：日历从 {calendar.known_from} 起才有放假安排",
            f"provisional: holidays before {calendar.known_from} not known",
        )
    if due.unit in (Unit.MINUTES, Unit.HOURS):
        return Text(f"{zh}，昼夜计时不会因此移动", f"{en}; day-and-night time will not move by them")
    if calendar.yearly_off:
        return Text(f"{zh}，只扣除公历固定假日，农历节日未计", f"{en}; only fixed-date ones left out, lunar ones not")
    return Text(zh, en)


def _stamp(at: datetime) -> Text:
    time_of_day = f"{at:%H:%M}" if not at.second and not at.microsecond else at.time().isoformat()
    day = at.date().isoformat()
    return Text(f"{day} 周{_ZH_DAYS[at.weekday()]} {time_of_day}", f"{_EN_DAYS[at.weekday()]} {day} {time_of_day}")


def _date(day: date, year: int) -> str:
    return f"{day:%m-%d}" if day.year == year else day.isoformat()
