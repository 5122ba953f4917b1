"""What deadline arithmetic says to people, in both languages."""

from typing import NamedTuple


class Said(NamedTuple):
    """One sentence in Chinese and in English; the page picks one."""

    zh: str
    en: str


class BadQuestion(ValueError):
    """A deadline cannot be counted from what was given; `said` tells what to change."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.said = Said(zh, en)
