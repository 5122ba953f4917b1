"""Which encoding a text file is in: a mark at its start, else strict UTF-8, else whichever of the others reads best."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from bihuan.insight.sheets.guard import CHUNK, NOT_A_TABLE
from bihuan.insight.sheets.sheet_types import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 1 << 20
# Frequent characters of running Chinese, simplified and traditional: real text is full of them, mojibake is not.
COMMON = frozenset(
    "的一是不了在有人我这這个個们們来來到时時大地为為子中你说說生国國年就那和要她出也得里裡后後自以会會家可下而过過天去能对對小多"
    "然于於心学學么麼之都好看起发發当當没沒成只如事把还還用第样樣道想作种種开開美总總从從无無情己面最女但现現前些所同日手又行意动動"
    "方期它头頭经經长長儿兒回位分爱愛老因很给給名法间間知世什两兩次使身者被高已亲親其进進此话話常与與活正感问問题題客户戶产產品服务務"
    "投诉訴电電话反馈饋时间内容评論论价價订訂单單系统統版本编編号號渠道地区區姓产量商店快递遞退款质質量差满滿"
)
READABLE = re.compile("[\\s -~\u3000-\u9fff\uff00-\uffef]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


def sniff(path: Path) -> str:
    """The codec's name. Binary content is Unreadable."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    if wide := _utf16_without_mark(sample):
        return wide
    if _reads(path, "utf-8"):
        chosen = "utf-8"
    else:
        chosen = max(("gb18030", "big5", "cp1252"), key=lambda name: _score(sample, name))
    text = sample[:65536].decode(chosen, "replace")
    if len(CONTROL.findall(text)) > max(3, len(text) // 50):
        raise Unreadable(NOT_A_TABLE)
    return chosen


def _utf16_without_mark(sample: bytes) -> str:
    """The UTF-16 codec under which nearly all of the start reads as ASCII or Chinese; "" for none."""
    head = sample[: 4096 // 2 * 2]
    if 0 not in head:
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "replace")
        if len(READABLE.findall(text)) > 0.9 * len(text) and re.search("[ -~]", text):
            return name
    return ""


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _reads(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _score(sample: bytes, name: str) -> float:
    """How much like real text the bytes read: the share of good characters among those beyond ASCII."""
    text = codecs.getincrementaldecoder(name)("replace").decode(sample)
    beyond = [letter for letter in text if letter > "\x7f"]
    if not beyond:
        return 0.0
    if name == "cp1252":
        # Accented letters stand alone between plain ones; two-byte Chinese read this way comes in runs.
        lone = re.findall(r"(?<![\x80-\uffff])[À-ÿ€‘’“”–—°©®£](?![\x80-\uffff])", text)
        return 0.6 * len(lone) / len(beyond)
    good = sum(letter in COMMON or letter in "，。！？：；、（）“”《》" for letter in beyond)
    return (good - 3 * text.count("\ufffd")) / len(beyond)
