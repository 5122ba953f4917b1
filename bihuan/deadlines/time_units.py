"""The units a target may be given in (requirement C-02) and how much one of them is."""

import math
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from bihuan.core.text import Text
from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.instants import MINUTE


class Unit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


LENGTH = {Unit.MINUTES: MINUTE, Unit.HOURS: 60 * MINUTE, Unit.WORKING_HOURS: 60 * MINUTE}
LONGEST_DAYS = 36525  # a century: anything later is a slip of the pen
CENTURY = LONGEST_DAYS * 1440 * MINUTE

NAMES = {
    Unit.MINUTES: (Text("分钟", "minute"), Text("分钟", "minutes")),
    Unit.HOURS: (Text("小时", "hour"), Text("小时", "hours")),
    Unit.WORKING_HOURS: (Text("个工作小时", "working hour"), Text("个工作小时", "working hours")),
    Unit.WORKING_DAYS: (Text("个工作日", "working day"), Text("个工作日", "working days")),
    Unit.DAYS: (Text("天", "day"), Text("天", "days")),
    Unit.WEEKS: (Text("周", "week"), Text("周", "weeks")),
    Unit.MONTHS: (Text("个月", "month"), Text("个月", "months")),
}


def length_text(amount: Decimal, unit: str) -> Text:
    """An amount with its unit in words: 16 working hours, 1.5 hours."""
    name = NAMES[Unit(unit)][amount != 1]
    number = f"{amount:f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return Text("{n} {unit}", "{n} {unit}", n=number, unit=name)


def unit_of(name: str) -> Unit:
    """The unit of that name. Raises InputError naming the seven."""
    try:
        return Unit(name)
    except ValueError:
        names = ", ".join(Unit)
        raise InputError(
            f"单位 {name!r} 不认识，请用 {names} 之一", f"unknown unit {name!r}; use one of {names}"
        ) from None


def microseconds(amount: float, unit: Unit) -> int:
    """The amount of minutes, hours or working hours, to the microsecond. Raises InputError if negative or endless."""
    if not math.isfinite(amount) or amount < 0:
        raise InputError(
            f"数量 {amount} 不能用，请给零或正数", f"amount {amount} does not work; give zero or a positive number"
        )
    if amount > CENTURY // LENGTH[unit]:
        raise beyond_a_century()
    return round(amount * LENGTH[unit])


def whole_amount(amount: float, unit: Unit) -> int:
    """The amount of working days, days, weeks or months. Raises InputError unless it is a whole number from 0."""
    if not math.isfinite(amount) or amount < 0 or amount != int(amount):
        raise InputError(
            f"数量 {amount} 不能用：{unit} 只能是零或正整数",
            f"amount {amount} does not work: {unit} takes a whole number, zero or more",
        )
    if amount > LONGEST_DAYS:
        raise beyond_a_century()
    return int(amount)


def after(start: date, amount: int, unit: Unit) -> date:
    """The same day `amount` days, weeks or months later; a month too short ends on its last day (Civil Code 202)."""
    if unit is not Unit.MONTHS:
        return start + timedelta(days=amount * (7 if unit is Unit.WEEKS else 1))
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))


def beyond_a_century() -> InputError:
    """Said when a deadline would lie a century ahead or more."""
    return InputError(
        "期限超过一百年或日历里再没有工作时间，请检查数量和日历",
        "the deadline lies over a century ahead or the calendar runs out of working time; check amount and calendar",
    )
