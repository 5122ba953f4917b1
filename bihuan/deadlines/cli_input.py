"""A deadline as the input line for which `bihuan deadline` answers the same minute. No Django."""

from datetime import date, timedelta
from typing import Any

from bihuan.deadlines.instants import moment
from bihuan.deadlines.working_time import Due

MARGIN = timedelta(days=2)


def cli_input(calendar: dict[str, Any], due: Due) -> dict[str, Any]:
    """The line for `bihuan deadline`; of the calendar (its JSON form) only what lies between start and deadline.

    Dates outside that span can move nothing, and a short line is one that people check.
    """
    first, last = due.start.date() - MARGIN, max(due.last, due.at.date()) + MARGIN
    overrides = {
        day: _bare(entry) for day, entry in calendar.get("overrides", {}).items() if first <= date.fromisoformat(day) <= last
    }  # fmt: skip
    needed = {"timezone": calendar["timezone"], "hours": calendar["hours"], "overrides": overrides}
    if earlier := [one for one in calendar.get("earlier", []) if date.fromisoformat(one["until"]) >= first]:
        needed["earlier"] = earlier
    needed |= {key: calendar[key] for key in ("known_from", "known_until", "yearly_off") if calendar.get(key)}
    zone = due.calendar.zone
    return {
        "calendar": needed,
        "start": due.start.isoformat(timespec="minutes"),
        "amount": int(due.amount) if due.amount == int(due.amount) else due.amount,
        "unit": str(due.unit),
        "pauses": [[moment(at, zone).isoformat(timespec="minutes") for at in pause] for pause in due.stops],
    }


def _bare(entry: Any) -> Any:
    """An override without what only the pages show."""
    return (
        {key: entry[key] for key in ("hours", "as", "zh", "en") if key in entry} if isinstance(entry, dict) else entry
    )
