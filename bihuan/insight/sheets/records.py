"""JSON and JSON lines: one object a voice, nested names written with dots (customer.id)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.sheets import guard
from bihuan.insight.sheets.delimited import MAX_ROWS, TOO_MANY
from bihuan.insight.sheets.sheet_types import Unreadable

MAX_DOCUMENT = 20 * guard.MB
MAX_LINE = 4 * guard.MB
DOCUMENT_TOO_BIG = Text(
    "JSON 文件超过 20 MB。请改用每行一个对象的 .jsonl，或拆成几份",
    "The JSON file is over 20 MB. Use .jsonl with one object a line, or split it",
)
NO_RECORDS = Text("JSON 里没有找到记录列表", "No list of records was found in the JSON")
LINE_TOO_LONG = Text("有一行超过 4 MB，请检查文件", "One line is over 4 MB; check the file")


def kind_of(path: Path, encoding: str) -> str:
    """ "jsonl", "json", or "" when the text is neither."""
    with path.open(encoding=encoding, errors="replace") as file:
        line = ""
        while not line.strip():
            line = file.readline(MAX_LINE)
            if not line:
                return ""
        after = next((more.strip() for more in iter(lambda: file.readline(MAX_LINE), "") if more.strip()), "")
    start = line.strip()
    if start[0] not in "{[":
        return ""
    try:
        value = json.loads(start)
    except (ValueError, RecursionError):
        return "json" if start in "{[" or start[1:].lstrip()[:1] in ('"', "{", "}", "[", "]") else ""
    # An object with a list inside may be the whole document, or one voice of many that holds a list.
    return "jsonl" if isinstance(value, dict) and (after.startswith("{") or not _records(value)) else "json"


def rows(path: Path, kind: str, encoding: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """(line number, or place in the list from 1; texts by name). A line that is no object comes as its own text."""
    yield from _lines(path, encoding) if kind == "jsonl" else _document(path, encoding)


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    blanks = 0
    with path.open(encoding=encoding, errors="replace", newline="\n") as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), ""), 1):
            if number > MAX_ROWS:
                raise Unreadable(TOO_MANY)
            if len(line) >= MAX_LINE:
                raise Unreadable(LINE_TOO_LONG)
            if not line.strip():
                blanks += 1
                continue
            yield from ((number - back, {}) for back in range(blanks, 0, -1))
            blanks = 0
            yield number, _record(line)


def _record(line: str) -> dict[str, str] | str:
    """The texts of a line by name; the line itself where it is no object."""
    try:
        value = json.loads(line)
        return flat(value) if isinstance(value, dict) else line.strip()
    except (ValueError, RecursionError):
        return line.strip()


def _document(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    if path.stat().st_size > MAX_DOCUMENT:
        raise Unreadable(DOCUMENT_TOO_BIG)
    try:
        result = _records(json.loads(path.read_text(encoding=encoding, errors="replace")))
    except (ValueError, RecursionError) as error:
        raise Unreadable(guard.BROKEN) from error
    if not result:
        raise Unreadable(NO_RECORDS)
    for number, value in enumerate(result, 1):
        yield number, flat(value) if isinstance(value, dict) else text_of(value)


def _records(value: Any) -> list[Any]:
    """The list of objects: the document itself, or the longest one directly inside it ({"data": [...]})."""
    if isinstance(value, dict):
        inner = [part for part in value.values() if isinstance(part, list) and len(part) > 1]
        return max((part for part in inner if all(isinstance(each, dict) for each in part)), key=len, default=[])
    return value if isinstance(value, list) and any(isinstance(each, dict) for each in value) else []


def flat(value: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """{"customer": {"id": 1}} as {"customer.id": "1"}; lists stay JSON text, null is ""."""
    result: dict[str, str] = {}
    for name, part in value.items():
        if isinstance(part, dict) and part and prefix.count(".") < 4:
            result |= flat(part, f"{prefix}{name}.")
        else:
            result[prefix + name] = text_of(part)
    return result


def text_of(value: Any) -> str:
    """A JSON value as text: strings as they are, null as "", everything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
