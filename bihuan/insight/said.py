"""Sentences the engine says to people, in both languages."""

from typing import NamedTuple


class Said(NamedTuple):
    """One sentence in Chinese and in English; the page picks one."""

    zh: str
    en: str
