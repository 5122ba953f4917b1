"""Short reports made of real clauses, some of them sent again with an edit: near-duplicates whose truth is known.

Seeded: the same clauses give the same reports on every machine. A report is one to four real clauses (28 characters in
the mean); one in eight is a form sentence that differs from its like in a number only, the hard case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

SEED = 20261125
FORMS = (
    "订单{number}付款成功一直显示未支付",
    "{platform}升级到{version}以后打不开，设备号{number}",
    "订单{number}退款{amount}元一直没有到账",
    "账号{number}在{platform}{version}版本登录收不到验证码",
    "编号{number}的快递一直没有更新",
    "订单{number}扣了我{amount}元但是没有到账",
)
PLATFORMS = ("安卓", "苹果", "鸿蒙", "小程序", "网页")
POLITE = ("你好，", "麻烦尽快处理，", "请问，", "您好，", "再次反馈，")
AFTER = ("，谢谢", "，请尽快处理", "，麻烦了", "，急", "，希望尽快解决")
MARKS = ("！", "。", "~", "…", "😡", "!!", "，", " ")
ALIKE = {
    "的": "地",
    "在": "再",
    "那": "哪",
    "他": "她",
    "做": "作",
    "有": "又",
    "是": "事",
    "到": "道",
    "以": "已",
    "很": "狠",
}
SAME = {
    "非常": "特别",
    "特别": "非常",
    "不好": "不行",
    "便宜": "实惠",
    "漂亮": "好看",
    "快递": "物流",
    "质量": "品质",
    "客服": "客服人员",
}
_CLAUSE = re.compile(r"[,，。.!！?？;；~…\s]+")


class Reports(NamedTuple):
    """`first` is the row that each row repeats (its own number where it is the first report)."""

    texts: list[str]
    first: list[int]


def clauses(texts: Sequence[str]) -> list[str]:
    """The distinct clauses of 4 to 20 characters, in order."""
    return list(dict.fromkeys(part for text in texts for part in _CLAUSE.split(text) if 4 <= len(part) <= 20))


def reports(parts: Sequence[str], count: int, seed: int = SEED) -> Reports:
    """`count` reports; about four in ten repeat an earlier one."""
    random = np.random.default_rng(seed)
    texts: list[str] = []
    first: list[int] = []
    originals: list[int] = []
    while len(texts) < count:
        if originals and random.random() < 0.43:
            of = originals[int(random.integers(len(originals)))]
            edited = _edited(texts[of], parts, random)
            first.append(of)
            texts.append(edited)
            continue
        originals.append(len(texts))
        first.append(len(texts))
        texts.append(_form(random) if random.random() < 0.12 else _real(parts, random))
    return Reports(texts, first)


def _real(parts: Sequence[str], random: np.random.Generator) -> str:
    chosen = [parts[int(at)] for at in random.integers(len(parts), size=int(random.integers(2, 5)))]
    return "，".join(chosen)


def _form(random: np.random.Generator) -> str:
    return FORMS[int(random.integers(len(FORMS)))].format(
        number=f"2026{random.integers(10**8):08d}",
        platform=PLATFORMS[int(random.integers(len(PLATFORMS)))],
        version=f"V{random.integers(1, 9)}.{random.integers(10)}.{random.integers(20)}",
        amount=int(random.integers(10, 5000)),
    )


def _edited(text: str, parts: Sequence[str], random: np.random.Generator) -> str:
    kind = int(random.integers(8))
    if kind == 0:
        return text
    if kind == 1:
        return _marks(text, random)
    if kind == 2:
        return _polite(text, random)
    if kind == 3:
        return _typos(text, random)
    if kind == 4:
        return text[: max(8, int(len(text) * random.uniform(0.7, 0.9)))] if not re.search(r"\d", text) else text + "。"
    if kind == 5:
        pieces = text.split("，")
        return "，".join(pieces[at] for at in random.permutation(len(pieces)))
    if kind == 6:
        for word, other in SAME.items():
            if word in text:
                return text.replace(word, other)
        return _polite(text, random)
    return _marks(_polite(_typos(text, random), random), random)


def _marks(text: str, random: np.random.Generator) -> str:
    text = text.replace("，", MARKS[int(random.integers(len(MARKS)))])
    return text + MARKS[int(random.integers(len(MARKS)))] * int(random.integers(1, 4))


def _polite(text: str, random: np.random.Generator) -> str:
    if random.random() < 0.5:
        text = POLITE[int(random.integers(len(POLITE)))] + text
    return text + AFTER[int(random.integers(len(AFTER)))]


def _typos(text: str, random: np.random.Generator) -> str:
    letters = list(text)
    wrong = max(1, int(len(letters) * random.uniform(0.02, 0.1)))
    for at in random.permutation(len(letters))[:wrong]:
        if not letters[at].isdigit() and letters[at] not in "Vv.":
            letters[at] = ALIKE.get(letters[at], "" if random.random() < 0.5 else letters[at] * 2)
    return "".join(letters)
