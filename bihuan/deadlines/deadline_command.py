"""`bihuan deadline`: questions about deadlines as JSON lines in, one JSON line of answer each, in order. No Django."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bihuan.deadlines.business_calendar import Calendar
from bihuan.deadlines.calendar_json import refuse_misspelt_keys
from bihuan.deadlines.explanation import explain
from bihuan.deadlines.input_error import InputError
from bihuan.deadlines.time_units import Unit
from bihuan.deadlines.working_time import add

KEYS = ("calendar", "start", "amount", "unit", "pauses")
EXAMPLE = '{"calendar": "cn", "start": "2026-09-30T15:00+08:00", "amount": 16, "unit": "working_hours", "pauses": []}'
DESCRIPTION = f"""从标准输入逐行读取 JSON 问题，每行回答一行 JSON，顺序不变；读不懂的行得到 {{"error": …}}。
Read questions as JSON lines from standard input, answer one JSON line each, in order; a bad line gets {{"error": …}}.

  {EXAMPLE}

calendar: "cn" 或对象 / or an object {{"timezone": …, "hours": {{"mon": [["09:00", "18:00"]], …}}, "overrides": {{…}}}}
unit: {", ".join(Unit)}
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Answer every line of standard input on standard output; a bad line is answered, so the exit code is 0."""
    parser = argparse.ArgumentParser(
        prog="bihuan deadline", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args(argv)
    try:
        for line in sys.stdin.buffer:
            # A lone surrogate from the input has no UTF-8 form; its \\u escape is right in JSON.
            text = json.dumps(answer(line), ensure_ascii=False).encode("utf-8", "backslashreplace")
            sys.stdout.buffer.write(text + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def answer(line: bytes | str) -> dict[str, Any]:
    """{"due", "provisional", "explain": {"zh", "en"}} for one question, or {"error"} saying what to do."""
    try:
        question = _question(line)
        calendar = Calendar.from_json(question["calendar"])
        pauses = [_pause(pair) for pair in _list(question.get("pauses"))]
        due = add(calendar, _time(question["start"]), _amount(question["amount"]), question["unit"], pauses)
        explanation = explain(due)
    except InputError as bad:
        return {"error": str(bad)}
    whole = not due.at.second and not due.at.microsecond
    at = due.at.isoformat(timespec="minutes" if whole else "auto")
    return {"due": at, "provisional": due.provisional, "explain": explanation.to_json()}


def _question(line: bytes | str) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        question = json.loads(text)
    except (ValueError, RecursionError):
        question = None
    if not isinstance(question, dict):
        raise InputError(
            f"这一行不是 JSON 对象，请写成 {EXAMPLE}", f"this line is not a JSON object; write it like {EXAMPLE}"
        )
    refuse_misspelt_keys(question, KEYS)
    if missing := [key for key in KEYS[:4] if question.get(key) is None]:
        names = ", ".join(missing)
        raise InputError(f"缺少 {names}，请补上，例如 {EXAMPLE}", f"{names} missing; add it, for example {EXAMPLE}")
    return question


def _amount(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"amount {value!r} 请写成数字，例如 16", f"amount {value!r} must be a number, for example 16")
    return value


def _list(value: Any) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise InputError("pauses 请写成 [[开始, 结束], …]", "pauses must be [[from, to], …]")
    return value or []


def _pause(pair: Any) -> tuple[datetime, datetime]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise InputError(f"暂停 {pair!r} 请写成 [开始, 结束]", f"the pause {pair!r} must be [from, to]")
    return _time(pair[0]), _time(pair[1])


def _time(text: Any) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise InputError(
            f"时间 {text!r} 读不懂，请写成 2026-09-30T15:00+08:00",
            f"cannot read the time {text!r}; write 2026-09-30T15:00+08:00",
        ) from None
