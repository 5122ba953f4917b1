"""Personal data in free text: found by format, checksum and the cue words before it, and masked.

Sources of the formats: GB 11643 (identity number, ISO 7064 MOD 11-2), ISO/IEC 7812 (card number, Luhn),
GA 36 (plates), the public numbering plan (mobile 1[3-9], area codes). Order numbers, versions and hotlines stay.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bihuan.insight.data import personal_data_patterns as shape

METHOD = "pii-rules/1"
ADDRESS_REACH = 40  # characters on either side of a house number

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2010: 0x2D,
    0x2013: 0x2D,
    0x2014: 0x2D,
}
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")  # nearly every contact of an export: worth a short cut
_NOT_DIGIT = re.compile(r"\D")


class Span(NamedTuple):
    """text[start:end] is personal: `kind` is mobile, landline, id_card, bank_card, mail, im, plate or address."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Span]:
    """Personal spans in order, never overlapping; the first rule that claims a character keeps it."""
    if not shape.POSSIBLE.search(text):
        return []
    folded = text.translate(_WIDTH)
    taken: list[Span] = []
    for kind, rule in _RULES:
        for start, end in rule(folded):
            if all(end <= span.start or start >= span.end for span in taken):
                taken.append(Span(kind, start, end))
    return sorted(taken, key=lambda span: span.start)


def mask(text: str) -> str:
    """The text with every personal span masked; masking twice changes nothing."""
    for _ in range(5):
        spans = find(text)
        if not spans:
            break
        for span in reversed(spans):
            hidden = _HIDE[span.kind](text[span.start : span.end].translate(_WIDTH))
            text = text[: span.start] + hidden + text[span.end :]
    return text


def mask_contact(value: str) -> str:
    """One contact masked: 138****5678, z***@host, wx_5***. Masked input stays as it is."""
    if _PLAIN_MOBILE.fullmatch(value):
        return f"{value[:3]}****{value[-4:]}"
    contact = value.translate(_WIDTH).strip()
    if "*" in contact or not contact:
        return contact
    if "@" in contact:
        return _hide_mail(contact)
    digits = _NOT_DIGIT.sub("", contact)
    if len(digits) in (13, 15) and digits.startswith(("86", "0086")):
        digits = digits[-11:]
    if len(digits) == 11 and digits.startswith("1") and not re.search("[a-zA-Z]", contact):
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= 7 and re.fullmatch(r"[\d\s()+-]+", contact):
        return f"****{digits[-4:]}"
    return f"{contact[: min(4, max(1, len(contact) // 3))]}***"


def _cued(cue: re.Pattern[str], text: str, start: int, reach: int = 14) -> bool:
    """Whether a cue word stands shortly before, in the same clause."""
    before = re.split(r"[,，。;；\n]", text[max(0, start - reach) : start])[-1]
    return bool(cue.search(before))


def _mobiles(text: str) -> Iterator[tuple[int, int]]:
    for match in shape.MOBILE.finditer(text):
        if not _cued(shape.ORDER_CUE, text, match.start()) or _cued(shape.PHONE_CUE, text, match.start(), 6):
            yield match.span()
    for match in shape.SPOKEN.finditer(text):
        yield match.span()


def _landlines(text: str) -> Iterator[tuple[int, int]]:
    for match in shape.LANDLINE.finditer(text):
        if match["gap"] or _cued(shape.PHONE_CUE, text, match.start()):
            yield match.span()
    for match in shape.LOCAL.finditer(text):
        if _cued(shape.PHONE_CUE, text, match.start(), 8):
            yield match.span()


def id_card_valid(number: str) -> bool:
    """Checksum of an 18-character identity number (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * 2 ** (17 - i) for i, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def luhn_valid(number: str) -> bool:
    """Check digit of a card number (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def _id_cards(text: str) -> Iterator[tuple[int, int]]:
    for match in shape.ID_CARD.finditer(text):
        number = re.sub(r"[\s-]", "", match[0])
        cued = _cued(shape.ID_CUE, text, match.start())
        if cued or (id_card_valid(number) and not _cued(shape.ORDER_CUE, text, match.start())):
            yield match.span()
    for match in shape.OLD_ID_CARD.finditer(text):
        if _cued(shape.ID_CUE, text, match.start()):
            yield match.span()


def _bank_cards(text: str) -> Iterator[tuple[int, int]]:
    for match in shape.BANK_CARD.finditer(text):
        number = _NOT_DIGIT.sub("", match[0])
        if not 15 <= len(number) <= 19 or _cued(shape.ORDER_CUE, text, match.start()):
            continue
        likely = number.startswith("62") or (len(number) == 16 and number[0] in "345")
        if _cued(shape.CARD_CUE, text, match.start()) or (likely and luhn_valid(number)):
            yield match.span()


def _mails(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in shape.MAIL.finditer(text))


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    return (match.span("id") for match in shape.ACCOUNT.finditer(text))


def _plates(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in shape.PLATE.finditer(text) if re.search(r"\d", match[0]))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Searched only around a house number: the full pattern over every line of text would cost too much."""
    done = 0
    for house in shape.HOUSE.finditer(text):
        if house.start() < done:
            continue
        near = shape.ADDRESS.search(text, max(done, house.start() - ADDRESS_REACH), house.end() + ADDRESS_REACH)
        match = near and shape.ADDRESS.match(text, near.start())
        if match and (match["city"] or match["district"] or _cued(shape.HOME_CUE, text, match.start("detail"), 10)):
            yield match.start("region") if match["region"] else match.start("detail"), match.end()
            done = match.end()
        else:
            done = house.end()


_RULES: list[tuple[str, Callable[[str], Iterator[tuple[int, int]]]]] = [
    ("mail", _mails),
    ("id_card", _id_cards),
    ("bank_card", _bank_cards),
    ("mobile", _mobiles),
    ("landline", _landlines),
    ("im", _accounts),
    ("plate", _plates),
    ("address", _addresses),
]


def _hide_mail(mail: str) -> str:
    name, _, host = mail.rpartition("@")
    return f"{name[:1]}***@{host}"


def _hide_mobile(number: str) -> str:
    digits = re.sub(r"[^\d零〇一二两三四五六七八九幺洞拐]", "", number)[-11:]
    return f"{digits[:3]}****{digits[-4:]}"


def _hide_landline(number: str) -> str:
    area = shape.AREA.match(number)
    return f"{area[0] + '-' if area else ''}****{_NOT_DIGIT.sub('', number)[-4:]}"


def _hide_address(address: str) -> str:
    region = shape.REGION.match(address)
    return f"{region[0] if region else ''}***"


_HIDE: dict[str, Callable[[str], str]] = {
    "mail": _hide_mail,
    "mobile": _hide_mobile,
    "landline": _hide_landline,
    "id_card": lambda number: f"{number[0]}{'*' * 16}{number[-1]}",
    "bank_card": lambda number: f"****{_NOT_DIGIT.sub('', number)[-4:]}",
    "im": lambda account: f"{account[: min(4, len(account) // 2)]}***",
    "plate": lambda plate: f"{plate[:2]}***{plate[-2:]}",
    "address": _hide_address,
}
