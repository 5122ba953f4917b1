"""What the engine answers about one text: a code, how sure it is, and why."""

from typing import NamedTuple

from bihuan.core.text import Text


class Label(NamedTuple):
    """One value of one dictionary. `confidence` runs 0-1; `method` names the algorithm and its version."""

    code: str
    confidence: float
    reasons: list[Text]
    method: str = ""


class Verdict(NamedTuple):
    """Whether two texts report the same problem: `same` is "yes", "maybe" or "no"; `score` runs 0-1."""

    same: str
    score: float
    reason: Text
    method: str = ""


def quoted(words: list[str] | tuple[str, ...], limit: int = 4) -> str:
    """「甲」「乙」: the words an answer rests on, as they stand in the text."""
    return "".join(f"「{word}」" for word in list(dict.fromkeys(words))[:limit])


def quoted_en(words: list[str] | tuple[str, ...], limit: int = 4) -> str:
    """“甲”, “乙”: the same words for the English sentence."""
    return ", ".join(f"“{word}”" for word in list(dict.fromkeys(words))[:limit])
