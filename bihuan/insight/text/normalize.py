"""Plain text for matching, and feedback that says nothing: empty, test or advertisement."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from bihuan.core.text import Text
from bihuan.insight.data import noise_words as known
from bihuan.insight.data.traditional import TABLE
from bihuan.insight.types import quoted, quoted_en

METHOD = "noise-rules/1"

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_MARKS = dict.fromkeys(range(0xFE00, 0xFE10))
FOLDED = {**TABLE, **_INVISIBLE, **_MARKS}
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]")


class Noise(NamedTuple):
    """`kind` is "" for feedback that says something, else "empty", "test" or "spam", with the reason to show."""

    kind: str
    reason: Text


SOUND = Noise("", Text("", ""))


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """The text for matching only: NFKC, lower case, simplified characters, no invisible marks, single spaces."""
    if text.isascii():
        return _SPACE.sub(" ", text.lower()).strip()
    folded = unicodedata.normalize("NFKC", text).lower().translate(FOLDED)
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", folded)).strip()


def noise(text: str) -> Noise:
    """Whether a feedback says nothing a person must read. In doubt it says something: a lost voice costs more."""
    short = plain(text)
    core = "".join(_WORD.findall(short))
    if not core:
        if any(unicodedata.category(char) == "So" for char in short):
            return SOUND
        return Noise("empty", Text("没有文字内容", "No words in it"))
    if core in known.EMPTY:
        return Noise(
            "empty", Text(f"系统或客套用语{quoted([core])}，没有内容", f"A stock phrase only: {quoted_en([core])}")
        )
    return _test(core) or _spam(short) or SOUND


def _test(core: str) -> Noise | None:
    if len(core) > known.TEST_LIMIT:
        return None
    rest = known.TEST_WORDS.sub("", core)
    if not rest:
        return Noise("test", Text(f"像是测试数据{quoted([core])}", f"Looks like test data: {quoted_en([core])}"))
    return None


def _spam(short: str) -> Noise | None:
    doors = known.CONTACT.findall(short)
    lures = known.PROMOTION.findall(short)
    trades = known.TRADE.findall(short)
    strength = len(set(lures)) + 2 * len(set(trades))
    if (doors and strength >= 2) or len(set(trades)) >= 2:
        seen = [*trades, *lures, *doors]
        return Noise("spam", Text(f"像是广告：出现{quoted(seen)}", f"Looks like an advertisement: {quoted_en(seen)}"))
    return None
