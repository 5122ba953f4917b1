"""Short ways to ask about deadlines."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bihuan.deadlines.business_calendar import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
CN = Calendar.from_json("cn")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    """A wall-clock time of a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def calendar(hours: dict[str, list[list[str]]], zone: str = "Asia/Shanghai", **more: object) -> Calendar:
    return Calendar.from_json({"timezone": zone, "hours": hours, **more})


def every_day(*intervals: list[str], zone: str = "Asia/Shanghai", **more: object) -> Calendar:
    return calendar({day: list(intervals) for day in WEEK}, zone, **more)


def shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
