"""One cell's text to its canonical value, or the reason why not. Every function here is pure; nothing is guessed."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from bihuan.core.text import Text
from bihuan.insight.data import aliases
from bihuan.insight.sheets import dates, value_codes

ROUNDED = Text(
    "号码被表格软件改成了科学计数（如 1.38E+10），后几位已经丢失；请把该列设为“文本”后从原系统重新导出",
    "The number was turned into scientific notation (like 1.38E+10) and its last digits are lost; "
    "set the column to Text and export it again from the original system",
)
TOO_LONG = Text("内容过长，这一栏最多 200 个字", "Too long: this field takes at most 200 characters")
NOT_A_SCORE = Text(
    "评分应为 1 到 5 的整数，如 4、4分、四星、4/5", "A score is a whole number from 1 to 5, like 4 or 4/5"
)
NOT_A_VERSION = Text("看不懂这个版本号，请写成 V3.2.0", "This version is not understood; write it as V3.2.0")

LONGEST = 200
EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
PHONE = re.compile(r"\+?\d[\d\s()-]{4,}\d")
VERSION = re.compile(
    r"([A-Za-z]{0,7})\s*[._]?\s*(\d+(?:\.\d+){0,4})(-[A-Za-z]+[\d.]*)?(?:\s*\([^()]*\)|\s*版本?|\s*build\s*\w+|\+[\w.]+)?",
    re.IGNORECASE,
)
NAMES_OF_VERSION = ("", "V", "VER", "VERSION")
STARS = re.compile(r"(★{1,5})☆{0,4}")
SCORE = re.compile(r"([1-5])(?:\.0+)?(?:/5(?:\.0+)?)?(?:[分星颗]|星级|分满分5分|stars?)?", re.IGNORECASE)


# Cells that are canonical as they stand, by field: of these a pattern matches the whole, and no other does. Written for
# Python and for Arrow (RE2), which knows no look-ahead. An identifier has letters, digits and dashes with a digit (so it
# is no word for nothing), and no table made it into 1E+10.
_IDENTIFIER, _NO_IDENTIFIER = "[A-Za-z0-9_-]{1,100}", "[0-9][eE][0-9]{1,2}|[A-Za-z_-]*"
_CONTACT = r"1[3-9][0-9](?:[0-9]{8}|\*{4}[0-9]{4})|[a-z0-9][a-z0-9._-]{0,60}@[a-z0-9.-]{1,60}"
UNCHANGED = {
    "external_no": (re.compile(_IDENTIFIER), re.compile(_NO_IDENTIFIER)),
    "customer_no": (re.compile(_IDENTIFIER), re.compile(_NO_IDENTIFIER)),
    "contact": (re.compile(_CONTACT), re.compile(_NO_IDENTIFIER)),
}


class Value(NamedTuple):
    """A canonical value; precision is given for times only."""

    text: str
    precision: str = ""


def short(text: str) -> str | Text:
    """A name, number or label: trimmed, full-width digits and letters made plain; refused when a number was rounded."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if EXPONENT.fullmatch(text):
        return ROUNDED
    return TOO_LONG if len(text) > LONGEST else text


def contact(text: str) -> str | Text:
    """A phone number as digits, an address of mail in lower case, anything else (an IM id) as written.

    Masked numbers (199****1074) stay masked; 1.38E+10 is refused.
    """
    result = short(text)
    if isinstance(result, Text):
        return result
    if PHONE.fullmatch(result):
        digits = re.sub(r"[\s()-]", "", result)
        return re.sub(r"^(?:\+|00)86(?=1\d{10}$)", "", digits)
    return result.lower() if "@" in result and " " not in result else result


def version(text: str) -> str | Text:
    """ "V3.2.0" for V3.2, 3.2.0版 and v3.2.0 (1234); another letter (M2.8) and a year (2025.02) stay as they are."""
    match = VERSION.fullmatch(unicodedata.normalize("NFKC", text).strip().removeprefix("版本").lstrip(":： "))
    if not match:
        return NOT_A_VERSION
    letter, numbers, stage = match[1].upper(), match[2], (match[3] or "").lower()
    if letter not in NAMES_OF_VERSION:
        return letter + numbers + stage if len(letter) <= 2 else NOT_A_VERSION
    parts = numbers.split(".")
    if re.fullmatch(r"(?:19|20)\d\d", parts[0]):
        return numbers + stage
    return "V" + ".".join(parts + ["0"] * (3 - len(parts))) + stage


_SCORE_WORDS = value_codes.table(aliases.SCORES.items())


def score(text: str) -> str | Text:
    """ "1" to "5" from 4, 4分, 四星, 4/5, ★★★★☆ or 满意 (4)."""
    bare = value_codes.plain(text)
    if result := _SCORE_WORDS.get(bare):
        return result
    if stars := STARS.fullmatch(bare):
        return str(len(stars[1]))
    match = SCORE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    return match[1] if match else NOT_A_SCORE


def verbatim(text: str) -> str | Text:
    """The customer's own words: never altered."""
    return text


PLAIN: dict[str, Callable[[str], str | Text]] = {
    "external_no": short,
    "channel": value_codes.channel,
    "customer_no": short,
    "customer_name": short,
    "customer_type": value_codes.customer_type,
    "contact_name": short,
    "contact": contact,
    "product": short,
    "batch": short,
    "version": version,
    "system": value_codes.system,
    "region": value_codes.region,
    "text": verbatim,
    "title": verbatim,
    "demand": verbatim,
    "sentiment": value_codes.sentiment,
    "score": score,
    "nature": value_codes.nature,
    "error_text": verbatim,
    "frequency": value_codes.frequency,
    "first_judgement": verbatim,
    "recorder": short,
    "reply": verbatim,
    "remark": verbatim,
    "problem_type": short,
    "urgency": value_codes.urgency,
    "scope": value_codes.scope,
}
TIMES = ("received_at", "occurred_at", "replied_at", "external_due")
VERBATIM = tuple(field for field, function in PLAIN.items() if function is verbatim)


def is_unchanged(field: str, text: str) -> bool:
    """Whether a cell is canonical for a field as it stands; False where only `canonical` can decide."""
    patterns = UNCHANGED.get(field)
    return bool(patterns and patterns[0].fullmatch(text) and not patterns[1].fullmatch(text))


def canonical(field: str, text: str, *, zone: str = dates.SHANGHAI, day_first: bool | None = None) -> Value | Text:
    """The canonical value of one non-blank cell for a field, or the reason why not. Unknown fields are a KeyError."""
    if is_unchanged(field, text):
        return Value(text)
    # Long cells never reach the patterns below, which may step through them many times over.
    if len(text) > LONGEST and field not in VERBATIM:
        return TOO_LONG
    if field in TIMES:
        moment = dates.parse(text, zone=zone, day_first=day_first)
        return moment if isinstance(moment, Text) else Value(*moment)
    result = PLAIN[field](text)
    return result if isinstance(result, Text) else Value(result)
