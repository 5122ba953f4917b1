"""`clean.noise` of very many texts at once: only texts that could say nothing are asked one by one."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bihuan.insight.data import noise_words as known
from bihuan.insight.text.normalize import noise
from bihuan.insight.text.normalize_batch import Flags, Plains

_TABLE = 0x32400
# Whatever the test words are made of; a text with another letter is no test string.
_TEST_LETTERS = "测试数据内容一下反馈提交工单用例账号请忽略勿回复处理啊哈呵额嗯哦噢二三的"


def noise_kinds(texts: Sequence[str], plains: Plains) -> list[str]:
    """The kind of noise of each text ("" for one that says something); `plains` are its plain form."""
    found = [""] * len(texts)
    for at in np.flatnonzero(_doubtful(plains)).tolist():
        found[at] = noise(texts[at]).kind
    return found


def _doubtful(plains: Plains) -> Flags:
    """Texts that are short stock phrases, made of test letters only, or hold a word of advertisements."""
    word, test = _letters()
    letters = np.minimum(plains.codes, _TABLE - 1)
    begins = plains.starts[:-1]
    words = np.add.reduceat(word[letters], begins, dtype=np.int64) if len(begins) else np.zeros(0, dtype=np.int64)
    others = np.add.reduceat(word[letters] & ~test[letters], begins, dtype=np.int64) if len(begins) else words
    longest = max(map(len, known.EMPTY))
    short = np.zeros(len(begins), dtype=np.bool_)
    strings = plains.column()
    few = np.flatnonzero(words <= longest)
    short[few] = [_bare(text) in known.EMPTY for text in strings.take(pa.array(few)).to_pylist()]
    test_like = (others == 0) & (words <= known.TEST_LIMIT)
    sold = pc.match_substring_regex(strings, _lures()).to_numpy(zero_copy_only=False)
    doubtful: Flags = (words == 0) | short | test_like | sold
    return doubtful


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@cache
def _letters() -> tuple[Flags, Flags]:
    """Code point → whether it is a letter or digit, and one that test strings are made of."""
    chars = [chr(code) for code in range(_TABLE)]
    word = np.array([char.isalnum() for char in chars], dtype=np.bool_)
    test = np.array([char.isascii() and char.isalnum() for char in chars], dtype=np.bool_)
    test |= np.array([char.isdecimal() for char in chars], dtype=np.bool_)
    test[[ord(char) for char in _TEST_LETTERS]] = True
    return word, test


@cache
def _lures() -> str:
    """Without any of these words no text is an advertisement; in the engine of Arrow, where \\d knows ASCII only."""
    return "|".join(pattern.pattern for pattern in (known.PROMOTION, known.TRADE)).replace(r"\d", r"\p{Nd}")
