"""Personal numbers people type among the words: found, named, and hidden where the words go further (PIPL 6, S4-32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.text import masking

hidden = masking.mask
"""The text with every personal number in it masked."""


def hidden_in(value: Any) -> Any:
    """The same for every text within lists and mappings."""
    if isinstance(value, dict):
        return {k: hidden_in(v) for k, v in value.items()}
    if isinstance(value, list):
        return [hidden_in(v) for v in value]
    return hidden(value) if isinstance(value, str) else value


KINDS: dict[str, Text] = {
    "mobile": Text("手机号", "mobile number"),
    "landline": Text("电话号码", "phone number"),
    "id_card": Text("身份证号", "identity number"),
    "bank_card": Text("银行卡号", "card number"),
    "mail": Text("邮箱", "e-mail address"),
    "im": Text("社交账号", "messenger account"),
    "plate": Text("车牌号", "number plate"),
    "address": Text("住址", "address"),
}
_REACHES = {"mobile", "landline", "mail", "im"}


@dataclass(frozen=True)
class Found:
    """One personal number. ``contact``: somebody can be reached by it, so it may be kept as a contact."""

    name: Text
    value: str
    contact: bool


def found(text: str) -> list[Found]:
    """The personal numbers in ``text``, in order."""
    return [Found(KINDS[s.kind], text[s.start : s.end], s.kind in _REACHES) for s in masking.find(text)]
