"""A year's holiday notice as people have it: a CSV table (date, name, 休/班) or an ICS calendar. No Django.

`read` never raises for what is in the file: each line that cannot be understood becomes an error with its number.
ICS is read as RFC 5545 writes it: folded lines, all-day events whose DTEND is the day after the last.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bihuan.core.text import Text

Kind = Literal["holiday", "makeup"]
LIMIT = 1024 * 1024
YEARLY = 10  # so many days of a year make the file its notice
MOST_DAYS = 60  # a longer range is a slip of the pen

# Longer words first: 补班 and 调休上班 speak of work, though 调休 alone says nothing.
_WORK = re.compile(r"补班|上班|调班|班|工作日|\bmake-?up|\bwork(?:ing|day)?\b", re.IGNORECASE)
_OFF = re.compile(r"放假|假日|假期|休|(?<!寒)(?<!暑)假|holiday|day off|\boff\b", re.IGNORECASE)
_MARK = re.compile(
    r"休|休息|放假|假期|假日|假|班|补班|上班|调休上班|调班|工作日|holiday|day off|off|work|workday|working day|make-?up(?: day)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_TRIM = re.compile(r"[\s()（）【】\[\]·,，、;；:：~～至到—–-]+")
_COUNT = re.compile(r"第\s*\d+\s*天|共\s*\d+\s*天|/")


class Day(NamedTuple):
    """One date of the notice and its line (from 1)."""

    date: date
    kind: Kind
    name: str
    line: int


class HolidayFile(NamedTuple):
    """What was read: days in order, errors as (line, sentence), and events that say neither 休 nor 班 as (line, title)."""

    days: list[Day]
    errors: list[tuple[int, Text]]
    skipped: list[tuple[int, str]]

    @property
    def years(self) -> set[int]:
        """The years it settles: a few days of a neighbouring year do not make it that year's notice."""
        counts = Counter(day.date.year for day in self.days)
        return {year for year, n in counts.items() if n >= YEARLY} or {year for year, _ in counts.most_common(1)}


class _Bad(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.text = Text(zh, en)


def read(content: bytes) -> HolidayFile:
    """The notice in a file of either form; UTF-8 (with or without BOM) or GB18030."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    found = HolidayFile([], [], [])
    lines = _events(text, found) if "BEGIN:VCALENDAR" in text.upper() else _rows(text, found)
    seen: dict[date, Day] = {}
    for number, first, last, kind, name in lines:
        try:
            for day in _span(first, last):
                _keep(seen, Day(day, kind, name, number))
        except _Bad as bad:
            found.errors.append((number, bad.text))
    found.days.extend(seen[day] for day in sorted(seen))
    if not found.days and not found.errors:
        message = Text(
            "文件里没有认出任何日期，请每行写：日期,名称,休或班",
            "no date was found in the file; write a line each: date, name, {off} (off) or {work} (work)",
            off="休",
            work="班",
        )
        found.errors.append((1, message))
    found.errors.sort(key=lambda error: error[0])
    return found


Line = tuple[int, date, date, Kind, str]


def _rows(text: str, found: HolidayFile) -> Iterator[Line]:
    lines = text.splitlines()
    first_dated = next((n for n, line in enumerate(lines) if _DATE.search(line)), len(lines))
    sample = "\n".join(lines[: first_dated + 20])
    separator = max("\t;,，", key=sample.count)
    for number, line in enumerate(lines, 1):
        bare = line.strip(" \t,;，")
        if not bare or bare.startswith("#") or (number <= first_dated and not _DATE.search(line)):
            continue
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=separator), [])]
        try:
            yield (number, *_row(cells))
        except _Bad as bad:
            found.errors.append((number, bad.text))


def _row(cells: list[str]) -> tuple[date, date, Kind, str]:
    dates = [_day(match) for cell in cells for match in _DATE.finditer(cell)]
    words = [left for cell in cells if (left := _TRIM.sub(" ", _DATE.sub(" ", cell)).strip())]
    if not dates:
        raise _Bad("这一行没有认出日期，请写成 2027-01-01", "no date on this line; write it like 2027-01-01")
    if len(dates) > 2:
        raise _Bad("这一行有两个以上的日期，请拆成几行", "more than two dates on this line; split it")
    # A column that holds nothing but the mark decides; 春节调休 in the name's column then is just a name.
    marks = [word for word in words if _MARK.fullmatch(word)]
    kind = _kind(marks[-1] if marks else " ".join(words))
    if kind is None:
        raise _Bad("这一行没有写明是休还是班", "this line does not say whether it is 休 (off) or 班 (work)")
    names = [word for word in words if word not in marks and not _is_weekday(word)]
    return dates[0], dates[-1], kind, _name(names[0] if names else "")


def _events(text: str, found: HolidayFile) -> Iterator[Line]:
    event: dict[str, tuple[int, str]] = {}
    for number, line in _unfolded(text):
        name, _, value = line.partition(":")
        key = name.split(";")[0].strip().upper()
        if key == "BEGIN" and value.strip().upper() == "VEVENT":
            event = {}
        elif key == "END" and value.strip().upper() == "VEVENT":
            yield from _event(event, found)
        else:
            event.setdefault(key, (number, value.strip()))


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number they begin on."""
    held: tuple[int, str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if held and line[:1] in (" ", "\t"):
            held = (held[0], held[1] + line[1:])
            continue
        if held:
            yield held
        held = (number, line)
    if held:
        yield held


def _event(event: dict[str, tuple[int, str]], found: HolidayFile) -> Iterator[Line]:
    number, title = event.get("SUMMARY", event.get("DTSTART", (1, "")))
    title = re.sub(r"\\([,;\\])", r"\1", title).replace("\\n", " ").replace("\\N", " ")
    if event.get("STATUS", (0, ""))[1].upper() == "CANCELLED":
        return
    kind = _kind(title)
    if kind is None:
        found.skipped.append((number, title[:60]))
        return
    try:
        if "RRULE" in event:
            raise _Bad("每年重复的日程不能用，请导出逐日的日历", "a recurring event cannot be used; export single days")
        first = _stamp(event.get("DTSTART", (number, ""))[1])[0]
        yield number, first, max(first, _last(event, first)), kind, _name(title)
    except _Bad as bad:
        found.errors.append((number, bad.text))


def _last(event: dict[str, tuple[int, str]], first: date) -> date:
    if "DTEND" in event:
        day, time_of_day = _stamp(event["DTEND"][1])
        return day if time_of_day.strip("0") else day - timedelta(days=1)
    if length := re.fullmatch(r"P(\d{1,3})([DW])", event.get("DURATION", (0, ""))[1]):
        return first + timedelta(days=int(length[1]) * (7 if length[2] == "W" else 1) - 1)
    return first


def _stamp(value: str) -> tuple[date, str]:
    """The date of 20270101 or 20270101T090000Z, and its time of day ("" for a date)."""
    day, _, time_of_day = value.partition("T")
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:] if len(day) == 8 else "")), time_of_day.rstrip("Z")
    except ValueError:
        raise _Bad(
            f"日期 {value[:20]!r} 读不懂，应为 20270101", f"cannot read the date {value[:20]!r}; it should be 20270101"
        ) from None


def _day(match: re.Match[str]) -> date:
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        raise _Bad(f"没有 {match[0].strip()} 这一天", f"there is no such day as {match[0].strip()}") from None


def _span(first: date, last: date) -> list[date]:
    if last < first:
        raise _Bad("结束日期早于开始日期", "the last date is before the first")
    if (last - first).days >= MOST_DAYS:
        raise _Bad(f"一段超过 {MOST_DAYS} 天，请核对日期", f"a range of over {MOST_DAYS} days; check the dates")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _keep(seen: dict[date, Day], day: Day) -> None:
    held = seen.setdefault(day.date, day)
    if held.kind != day.kind:
        raise _Bad(
            f"{day.date} 在第 {held.line} 行写的是{'休' if held.kind == 'holiday' else '班'}，这里相反",
            f"{day.date} is {'off' if held.kind == 'holiday' else 'worked'} on line {held.line} and the opposite here",
        )


def _kind(words: str) -> Kind | None:
    if _WORK.search(words):
        return "makeup"
    return "holiday" if _OFF.search(words) else None


def _is_weekday(word: str) -> bool:
    return bool(re.fullmatch(r"(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?", word, re.IGNORECASE))  # fmt: skip


def _name(words: str) -> str:
    """The holiday's name without the marks around it."""
    bare = _COUNT.sub(" ", words)
    bare = re.sub(r"调休上班|调休|补班|上班|放假|假期|[(（【\[]?[休班][)）】\]]?$", " ", bare)
    return _TRIM.sub(" ", bare).strip()[:40] or words.strip()[:40]
