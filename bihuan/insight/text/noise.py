"""Feedback that says nothing a person must read: empty, test data or an advertisement."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from bihuan.core.text import Text
from bihuan.insight.data import noise_words as known
from bihuan.insight.text.normalize import normalize
from bihuan.insight.types import quoted, quoted_en

METHOD = "noise-rules/1"

_NOT_WORD = re.compile(r"[\W_]+")


class Noise(NamedTuple):
    """`kind` is "" for feedback that says something, else "empty", "test" or "spam", with the reason to show."""

    kind: str
    reason: Text


NO_NOISE = Noise("", Text("", ""))


def noise(text: str) -> Noise:
    """Whether a feedback says nothing a person must read. In doubt it says something: a lost feedback costs more."""
    return _noise_of(normalize(text))


def noise_kinds(normalized: Sequence[str]) -> list[str]:
    """The kind of noise of each normalised text, in order; "" for one that says something."""
    return [_noise_of(text).kind for text in normalized]


def _noise_of(normalized: str) -> Noise:
    core = _NOT_WORD.sub("", normalized)
    if not core:
        if any(unicodedata.category(char) == "So" for char in normalized):
            return NO_NOISE
        return Noise("empty", Text("没有文字内容", "No words in it"))
    if core in known.EMPTY:
        return Noise(
            "empty", Text(f"系统或客套用语{quoted([core])}，没有内容", f"A stock phrase only: {quoted_en([core])}")
        )
    if _is_test(core):
        return Noise("test", Text(f"像是测试数据{quoted([core])}", f"Looks like test data: {quoted_en([core])}"))
    if known.PROMOTION.search(normalized) or known.TRADE.search(normalized):
        return _advertisement_noise(normalized)
    return NO_NOISE


def _is_test(core: str) -> bool:
    """Whether test words alone make up the text."""
    if len(core) > known.TEST_LIMIT or not known.TEST_WORDS.match(core):
        return False
    return not known.TEST_WORDS.sub("", core)


def _advertisement_noise(normalized: str) -> Noise:
    """An advertisement has two words of a forbidden trade, or words that lure and a way to get in touch."""
    contacts = known.CONTACT.findall(normalized)
    lures = known.PROMOTION.findall(normalized)
    trades = known.TRADE.findall(normalized)
    strength = len(set(lures)) + 2 * len(set(trades))
    if (contacts and strength >= 2) or len(set(trades)) >= 2:
        seen = [*trades, *lures, *contacts]
        return Noise("spam", Text(f"像是广告：出现{quoted(seen)}", f"Looks like an advertisement: {quoted_en(seen)}"))
    return NO_NOISE
