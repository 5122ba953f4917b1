"""The shape of a next step."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.core.text import Text


@dataclass(frozen=True)
class Step:
    """The next thing to do: what, why now, where (url name of a case page), and who may."""

    title: Text
    why: Text
    url: str
    need: str
    act: Text
