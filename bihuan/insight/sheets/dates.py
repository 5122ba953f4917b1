"""Times as people and programs write them, turned into ISO 8601 with zone and the precision that was shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import timezone as fixed
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bihuan.core.text import Text

SHANGHAI = "Asia/Shanghai"
UNKNOWN = Text("看不懂这个时间，请写成 2025-03-01 14:30", "This time is not understood; write it as 2025-03-01 14:30")
NO_YEAR = Text("缺少年份，请写成 2025-10-01 14:30", "The year is missing; write it as 2025-10-01 14:30")
NO_DATE = Text("只有时刻没有日期，请补上日期", "There is a time of day but no date; add the date")
AMBIGUOUS = Text(
    "分不清月和日，请写成 2025-03-04，或在导入设置里说明日期顺序",
    "Day and month cannot be told apart; write 2025-03-04, or state the order in the import settings",
)
OUT_OF_RANGE = Text("这个时间不存在或不在 1990–2100 年之间", "This time does not exist or is not between 1990 and 2100")

# 下午3点5分, 15:05:09.123, 3:05 PM, 15时05分, 3点半
CLOCK = (
    r"(?P<half>凌晨|早上|清晨|上午|中午|下午|傍晚|晚上|晚)?\s*(?P<hour>\d{1,2})\s*(?:[:点时])\s*"
    r"(?:(?P<minute>\d{1,2}|半)\s*(?:(?:[:分])\s*(?:(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?)?)?\s*(?P<ampm>[AaPp]\.?[Mm]\.?)?"
)
ZONE = r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|CST)?"
WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?|\s*\([一二三四五六日天]\))?"
YMD = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    + WEEKDAY + r"(?:[T\s,]*" + CLOCK + ZONE + r")?",
)  # fmt: skip
COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:[T\s]?(?P<hms>\d{4}(?:\d{2})?))?" + ZONE
)
XMY = re.compile(r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<year>\d{4})(?:[T\s,]+" + CLOCK + ZONE + r")?")
NO_YEAR_FORM = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?(?:\s*" + CLOCK + r")?")
CLOCK_ONLY = re.compile(CLOCK)
NUMBER = re.compile(r"\d{1,13}(?:\.\d+)?")
# A time of day in digits, after a date and before an offset: what is before and after gives the day and the zone.
DIGITAL_CLOCK = re.compile(
    r"([^:]*\d[日号T,]? ?)([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d)?((?:\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|CST))?)"
)
ONE_OFFSET = (1992, 2100)  # years in which the zone of China has one offset
LATER = {"下午", "傍晚", "晚上", "晚"}

# A found time: the moment without zone (or with one, if it was written) and the precision shown.
Found = tuple[datetime, str]


def parse(text: str, *, zone: str = SHANGHAI, day_first: bool | None = None) -> tuple[str, str] | Text:
    """(ISO 8601 in `zone`, precision "day" | "minute" | "second"), or the reason why not.

    A written offset is honoured and converted; a time without one is taken to be local in `zone`. Bare numbers are read
    as Excel serials (from 1990 on), epoch seconds or epoch milliseconds. Day and month are never guessed.
    """
    clock = DIGITAL_CLOCK.fullmatch(text) if zone == SHANGHAI and len(text) < 50 else None
    return (clock and _after_midnight(clock, day_first)) or parse_form(text, zone, day_first)


def _after_midnight(clock: re.Match[str], day_first: bool | None) -> tuple[str, str] | None:
    """The time as midnight of its day, which a column repeats and which is remembered, and so much later."""
    before, hour, minute, second, after = clock.groups()
    midnight = _midnight(f"{before}00:00{':00' if second else ''}{after}", day_first)
    if not midnight:
        return None
    moment, precision = midnight
    later = moment + timedelta(hours=int(hour), minutes=int(minute), seconds=int((second or ":0")[1:]))
    return later.isoformat(), precision


@lru_cache(maxsize=1 << 14)
def _midnight(text: str, day_first: bool | None) -> Found | None:
    result = parse_form(text, SHANGHAI, day_first)
    if isinstance(result, Text):
        return None
    moment = datetime.fromisoformat(result[0])
    return (moment, result[1]) if ONE_OFFSET[0] <= moment.year < ONE_OFFSET[1] else None


def parse_form(text: str, zone: str, day_first: bool | None) -> tuple[str, str] | Text:
    """`parse` by the first form that fits."""
    text = unicodedata.normalize("NFKC", text).strip()
    for form in FORMS:
        try:
            result = form(text, day_first)
        except (ValueError, OverflowError):
            return OUT_OF_RANGE
        if isinstance(result, Text):
            return result
        if result:
            return _zoned(result, ZoneInfo(zone))
    return UNKNOWN


def _zoned(result: Found, zone: ZoneInfo) -> tuple[str, str] | Text:
    moment, precision = result
    if not 1990 <= moment.year <= 2100:
        return OUT_OF_RANGE
    local = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    return local.replace(microsecond=0).isoformat(), precision


def _offset(written: str | None) -> fixed | None:
    if not written:
        return None
    if written in ("Z", "UTC", "GMT"):
        return UTC
    if written == "CST":
        return fixed(timedelta(hours=8))
    sign = -1 if written[0] == "-" else 1
    return fixed(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))


def _moment(year: int, month: int, day: int, match: re.Match[str]) -> Found:
    if match["hour"] is None:
        return datetime(year, month, day), "day"  # noqa: DTZ001 - the caller knows the zone
    hour, precision = int(match["hour"]), "second" if match["second"] else "minute"
    afternoon = (
        match["half"] in LATER or (match["half"] == "中午" and hour < 3) or (match["ampm"] or "").lower()[:1] == "p"
    )
    if afternoon and hour < 12:
        hour += 12
    elif hour == 12 and (match["half"] in ("凌晨", "晚上", "晚") or (match["ampm"] or "").lower()[:1] == "a"):
        hour = 0 if match["half"] not in ("晚上", "晚") else 24
    minute = 30 if match["minute"] == "半" else int(match["minute"] or 0)
    second = int(match["second"] or 0)
    extra = timedelta(days=1) if hour == 24 and not minute and not second else timedelta()
    moment = datetime(year, month, day, 0 if extra else hour, minute, second, tzinfo=_offset(match["zone"])) + extra
    return moment, precision


def _year_first(text: str, _: bool | None) -> Found | None:
    match = YMD.fullmatch(text)
    return match and _moment(int(match["year"]), int(match["month"]), int(match["day"]), match)


def _compact(text: str, _: bool | None) -> Found | None:
    match = COMPACT.fullmatch(text)
    if not match:
        return None
    day = datetime(int(match["year"]), int(match["month"]), int(match["day"]), tzinfo=_offset(match["zone"]))
    if not (hms := match["hms"]):
        return day, "day"
    moment = day.replace(hour=int(hms[:2]), minute=int(hms[2:4]), second=int(hms[4:] or 0))
    return moment, "second" if hms[4:] else "minute"


def _year_last(text: str, day_first: bool | None) -> Found | Text | None:
    match = XMY.fullmatch(text)
    if not match:
        return None
    a, b = int(match["a"]), int(match["b"])
    if a > 12 or b > 12 or a == b:
        day_first = a > 12
    if day_first is None:
        return AMBIGUOUS
    month, day = (b, a) if day_first else (a, b)
    return _moment(int(match["year"]), month, day, match)


def _mail(text: str, _: bool | None) -> Found | None:
    """RFC 2822 dates, as in mail headers."""
    if not re.match(r"(?:[A-Za-z]{3}, *)?\d{1,2} +[A-Za-z]{3} +\d{4} +\d", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment, "second" if text.count(":") >= 2 else "minute"


def _number(text: str, _: bool | None) -> Found | None:
    """Excel serials 32874-73050 (1990 to the end of 2099), epoch seconds and milliseconds (from 2001 on)."""
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    if 32874 <= value < 73051:
        if value == int(value):
            return datetime(1899, 12, 30) + timedelta(days=value), "day"  # noqa: DTZ001 - a serial has no zone
        seconds = round(value * 86400)
        return datetime(1899, 12, 30) + timedelta(seconds=seconds), "second" if seconds % 60 else "minute"  # noqa: DTZ001
    if len(text) >= 13 and 1e12 <= value < 4.2e12:
        value /= 1000
    return (datetime.fromtimestamp(int(value), UTC), "second") if 1e9 <= value < 4.2e9 else None


def _incomplete(text: str, _: bool | None) -> Text | None:
    if CLOCK_ONLY.fullmatch(text):
        return NO_DATE
    return NO_YEAR if NO_YEAR_FORM.fullmatch(text) else None


FORMS: tuple[Callable[[str, bool | None], Found | Text | None], ...] = (
    _year_first, _compact, _year_last, _number, _mail, _incomplete,
)  # fmt: skip
