"""When people are at work next. Reads neither the time nor the database."""

from datetime import datetime, timedelta

from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.instants import instant, moment


def next_working_time(calendar: Calendar, now: datetime) -> datetime:
    """``now`` within working hours, else the moment they begin again. Raises InputError when they never do."""
    at = instant(now)
    for _, intervals in calendar.days((now.astimezone(calendar.zone) - timedelta(days=1)).toordinal()):
        for opens, closes in intervals:
            if closes > at:
                return moment(max(opens, at), calendar.zone)
    return now
