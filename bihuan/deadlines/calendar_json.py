"""How a calendar is written down (JSON) and read back, with an error that says what to change."""

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bihuan.core.text import Text
from bihuan.deadlines.input_error import InputError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = ("timezone", "hours", "earlier", "overrides", "known_from", "known_until", "yearly_off")
Spans = tuple[tuple[int, int], ...]  # minutes after midnight, apart and in order; past 1440 is the next morning
Week = tuple[Spans, ...]  # Monday first


class Override(NamedTuple):
    """What one date does instead of its weekday; empty spans close it. `like`: it works as that weekday (Monday 0)."""

    spans: Spans
    name: Text | None = None
    like: int | None = None


def calendar_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `Calendar` from its JSON form. Raises InputError.

    {"timezone": "Asia/Shanghai", "hours": {"mon": [["09:00", "18:00"]]},
     "earlier": [{"until": "2025-12-31", "hours": {"mon": [["08:30", "17:30"]]}}],
     "overrides": {"2026-10-01": [], "2026-10-10": {"hours": [["09:00", "18:00"]], "zh": "…", "en": "…"},
                   "2026-09-20": {"as": "mon"}},
     "known_from": "2019-01-01", "known_until": "2026-12-31", "yearly_off": {"01-01": {"zh": "元旦", "en": "New Year"}}}
    """
    refuse_misspelt_keys(data, KEYS)
    return {
        "zone": _zone(data.get("timezone")),
        "weekly": _week(data),
        "earlier": _earlier(data.get("earlier")),
        "overrides": {_date(key): _override(value) for key, value in _table(data, "overrides").items()},
        "known_from": _date(data["known_from"]) if data.get("known_from") else None,
        "known_until": _date(data["known_until"]) if data.get("known_until") else None,
        "yearly_off": {
            _date(f"2000-{key}").timetuple()[1:3]: _name(value) for key, value in _table(data, "yearly_off").items()
        },
    }


def _week(data: Mapping[str, Any]) -> Week:
    hours = _table(data, "hours")
    for key in hours:
        if key not in WEEKDAYS:
            raise InputError(f"hours 里的 {key!r} 不是 {WEEKDAYS} 之一", f"{key!r} in hours is none of {WEEKDAYS}")
    return tuple(spans(hours.get(day, [])) for day in WEEKDAYS)


def _earlier(periods: Any) -> tuple[tuple[date, Week], ...]:
    """Weekly hours of before, oldest first: each up to and including its date."""
    if periods is None:
        return ()
    if not isinstance(periods, list) or not all(isinstance(one, dict) for one in periods):
        raise InputError(
            'earlier 请写成 [{"until": "2025-12-31", "hours": {…}}]',
            'earlier must be [{"until": "2025-12-31", "hours": {…}}]',
        )
    return tuple(sorted((_date(one.get("until")), _week(one)) for one in periods))


def spans(pairs: Any) -> Spans:
    """Intervals like [["22:00", "06:00"]] as minutes: an end not after its start is next day's; touching join."""
    if not isinstance(pairs, list):
        raise _bad_interval(pairs)
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(_span(pair) for pair in pairs):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def refuse_misspelt_keys(data: Mapping[str, Any], known: Iterable[str]) -> None:
    """Refuse a key that looks like a misspelt known one: dropping it in silence would give a wrong answer."""
    known = list(known)
    for key in data:
        if key not in known and (close := difflib.get_close_matches(key, known, n=1, cutoff=0.8)):
            raise InputError(f"{key!r} 应为 {close[0]!r} 吗?请改正或去掉", f"did you mean {close[0]!r}, not {key!r}?")


def _span(pair: Any) -> tuple[int, int]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise _bad_interval(pair)
    opens, closes = _minute(pair[0]), _minute(pair[1])
    if opens == 1440 or opens == closes:
        raise _bad_interval(pair)
    return opens, closes if closes > opens else closes + 1440


def _minute(text: Any) -> int:
    hour, colon, minute = text.partition(":") if isinstance(text, str) else ("", "", "")
    if not (colon and text.isascii() and hour.isdigit() and minute.isdigit() and len(hour) <= 2 and len(minute) == 2):
        raise _bad_interval(text)
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > 1440:
        raise _bad_interval(text)
    return total


def _bad_interval(found: Any) -> InputError:
    return InputError(
        f'时段 {found!r} 读不懂，请写成 [["09:00","12:00"],["22:00","06:00"]]，全天写 ["00:00","24:00"]',
        f'cannot read the interval {found!r}; write [["09:00","12:00"],["22:00","06:00"]], all day ["00:00","24:00"]',
    )


def _override(value: Any) -> Override:
    if not isinstance(value, dict):
        return Override(spans(value))
    name = _name(value) if value.get("zh") or value.get("en") else None
    if (like := value.get("as")) is None:
        return Override(spans(value.get("hours")), name)
    if like not in WEEKDAYS or "hours" in value:
        raise InputError(
            f"as 请写 {WEEKDAYS} 之一，并去掉 hours", f"as must be one of {WEEKDAYS}, without hours beside it"
        )
    return Override((), name, WEEKDAYS.index(like))


def _name(value: Any) -> Text:
    if not isinstance(value, dict):
        raise InputError(
            f'名称 {value!r} 请写成 {{"zh": "元旦", "en": "New Year"}}', f"the name {value!r} must be an object"
        )
    zh, en = str(value.get("zh") or value.get("en")), str(value.get("en") or value.get("zh"))
    return Text(zh, en)


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = data.get(key)
    if table is None:
        return {}
    if not isinstance(table, dict):
        raise InputError(f"{key} 应是对象 {{…}}", f"{key} must be an object {{…}}")
    return table


def _date(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise InputError(
            f"日期 {text!r} 读不懂，请写成 2026-10-01", f"cannot read the date {text!r}; write 2026-10-01"
        ) from None


def _zone(name: Any) -> ZoneInfo:
    # An unknown key is a KeyError, a malformed one a ValueError, the name of a folder ("Asia") an OSError.
    try:
        return ZoneInfo(name)
    except (TypeError, AttributeError, KeyError, ValueError, OSError):
        raise InputError(
            f"时区 {name!r} 不认识，请写成 Asia/Shanghai", f"unknown timezone {name!r}; write for example Asia/Shanghai"
        ) from None
