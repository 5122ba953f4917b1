"""The fishbone drawn from its rows: positions only, no database.

Each dimension is a rib, alternately above and below the spine; its causes are twigs along the rib, with verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass

TWIG, RIB_GAP, HEAD, TOP = 26, 250, 190, 24


@dataclass(frozen=True)
class Twig:
    """A cause: its line's ends, its text's place, its text, level and verdict codes."""

    x1: int
    y1: int
    x2: int
    text: str
    level: str
    verdict: str


@dataclass(frozen=True)
class Rib:
    x1: int
    y1: int
    x2: int
    y2: int
    title: str
    title_y: int
    twigs: tuple[Twig, ...]


@dataclass(frozen=True)
class Fishbone:
    """A drawing of ``width`` × ``height`` user units; the spine runs at ``spine``."""

    width: int
    height: int
    spine: int
    head_x: int
    ribs: tuple[Rib, ...]


def draw(dimensions: list[tuple[str, list[tuple[str, str, str]]]]) -> Fishbone:
    """Lay out ``[(dimension title, [(text, level, verdict), …]), …]``."""
    most = max([len(causes) for _, causes in dimensions] + [2])
    reach = TOP + (most + 1) * TWIG
    spine = reach + 22
    pairs = (len(dimensions) + 1) // 2
    width = 60 + pairs * RIB_GAP + HEAD
    ribs = tuple(_rib(n, title, causes, spine, reach) for n, (title, causes) in enumerate(dimensions))
    return Fishbone(width, spine * 2, spine, width - HEAD, ribs)


def _rib(number: int, title: str, causes: list[tuple[str, str, str]], spine: int, reach: int) -> Rib:
    up = number % 2 == 0
    foot_x = 60 + (number // 2 + 1) * RIB_GAP - 20
    tip_x, tip_y = foot_x - 70, spine - reach + TOP if up else spine + reach - TOP
    twigs = []
    for place, (text, level, verdict) in enumerate(causes):
        share = (place + 1) / (len(causes) + 1)
        y = round(tip_y + (spine - tip_y) * share)
        x = round(tip_x + (foot_x - tip_x) * share)
        twigs.append(Twig(x - 150, y, x, _short(text), level, verdict))
    return Rib(tip_x, tip_y, foot_x, spine, title, tip_y - 8 if up else tip_y + 18, tuple(twigs))


def _short(text: str) -> str:
    """A text that fits on a twig: about eleven Chinese characters or twice as many letters."""
    width = 0
    for place, character in enumerate(text):
        width += 2 if ord(character) > 0x2E80 else 1
        if width > 22:
            return text[:place] + "…"
    return text
