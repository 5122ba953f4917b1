"""The normal form in which every rule reads a text: NFKC, lower case, simplified characters, no invisible marks."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bihuan.insight.data.traditional import TABLE

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_VARIATION_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))
FOLDED = {**TABLE, **_INVISIBLE, **_VARIATION_SELECTORS}

_JAMO = ((0x1100, 0x1200), (0xA960, 0xA980), (0xD7B0, 0xD800))  # Korean letters, which join into syllables
_MANY_BELOW = 0x20000  # characters above are rare: not worth a place in the table
_CONTEXT = "\uffff"  # stands for a character whose normal form depends on its neighbours


@lru_cache(maxsize=64)
def normalize(text: str) -> str:
    """The text for matching only, with single spaces and none at its ends."""
    return normalize_batch((text,))[0]


def normalize_batch(texts: Sequence[str]) -> list[str]:
    """The normal form of each text, in order; any characters, halves of surrogate pairs too."""
    if not texts:
        return []
    lines = "\n".join([" ".join(text.split()) for text in texts])
    folded = lines.lower() if lines.isascii() else lines.translate(_FOLDS)
    forms = folded.split("\n")
    if _CONTEXT in folded:
        whole = zip(lines.split("\n"), forms, strict=True)
        forms = [_fold(text) if _CONTEXT in form else form for text, form in whole]
    return [" ".join(form.split()) for form in forms]


def _fold(text: str) -> str:
    """The rule itself. Folding can bring together what composes, so NFKC comes before and after it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower().translate(FOLDED))


class _Folds(dict[int, str]):
    """Code point → what `_fold` makes of it alone, filled when first met: most texts need one look-up a character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        alone = _fold(char)
        self[code] = folded = _CONTEXT if code >= _MANY_BELOW or _leans(char, alone) else alone
        return folded


def _leans(char: str, alone: str) -> bool:
    """Whether the normal form of a character may depend on the characters beside it."""
    first = (alone or char)[0]
    return (
        char == _CONTEXT
        or "Σ" in unicodedata.normalize("NFKC", char)  # its lower case is another at the end of a word
        or bool(unicodedata.combining(first))
        or (bool(alone) and unicodedata.category(first).startswith("M"))
        or any(low <= ord(first) < high for low, high in _JAMO)
    )


_FOLDS = _Folds({ord("\n"): "\n"})
