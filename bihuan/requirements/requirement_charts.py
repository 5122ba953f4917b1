"""Where points stand on the two charts: positions only, no database.

A point is a link; the table beside the chart says the same. Points on one spot stand in a small square side by side;
more than it holds are one point with their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

CELL, LEFT, TOP, STEP = 92, 64, 16, 20


@dataclass(frozen=True)
class Point:
    """``rank`` colours it; ``href`` opens what it stands for."""

    key: str
    title: str
    href: str
    rank: int


@dataclass(frozen=True)
class Mark:
    """A drawn point; ``count`` above one where it stands for several."""

    x: int
    y: int
    r: int
    title: str
    href: str
    rank: int
    count: int = 1


@dataclass(frozen=True)
class Field:
    """A square of the chart: its corner, size, rank (colour) and name."""

    x: int
    y: int
    width: int
    height: int
    rank: int
    name: str


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    fields: tuple[Field, ...]
    marks: tuple[Mark, ...]
    ticks_x: tuple[tuple[int, str], ...] = ()
    ticks_y: tuple[tuple[int, str], ...] = ()


def grid(
    points: Iterable[tuple[int, int, Point]], high_from: tuple[int, int], names: dict[tuple[bool, bool], str], more: str
) -> Chart:
    """The value-urgency chart: ``(value, urgency, point)`` on 1…5 × 1…5, value upwards. ``high_from``: value, urgency.

    ``more``: the address that opens a crowded spot, with {value} and {urgency}.
    """
    spots: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for value, urgency, point in points:
        spots[value, urgency].append(point)
    marks: list[Mark] = []
    for (value, urgency), here in sorted(spots.items()):
        x, y = LEFT + (urgency - 1) * CELL, TOP + (5 - value) * CELL
        marks += crowd(here, x, y, CELL, CELL, more.format(value=value, urgency=urgency))
    split_x, split_y = LEFT + (high_from[1] - 1) * CELL, TOP + (6 - high_from[0]) * CELL
    right, low = LEFT + 5 * CELL, TOP + 5 * CELL
    corners = {
        (True, True): (split_x, TOP, right - split_x, split_y - TOP, 1),
        (True, False): (LEFT, TOP, split_x - LEFT, split_y - TOP, 2),
        (False, True): (split_x, split_y, right - split_x, low - split_y, 3),
        (False, False): (LEFT, split_y, split_x - LEFT, low - split_y, 4),
    }
    fields = tuple(Field(*corner, names[side]) for side, corner in corners.items())
    ticks_x = tuple((LEFT + n * CELL - CELL // 2, str(n)) for n in range(1, 6))
    ticks_y = tuple((TOP + (6 - n) * CELL - CELL // 2, str(n)) for n in range(1, 6))
    return Chart(right + 8, low + 44, fields, tuple(marks), ticks_x, ticks_y)


def quadrants(
    points: Iterable[tuple[bool, bool, Point]], names: dict[tuple[bool, bool], tuple[str, int, str]]
) -> Chart:
    """Four squares: ``(important, urgent, point)``; names: (important, urgent) → name, rank, address of its list."""
    side = 240
    here: dict[tuple[bool, bool], list[Point]] = defaultdict(list)
    for important, urgent, point in points:
        here[important, urgent].append(point)
    fields, marks = [], []
    for (important, urgent), (name, rank, href) in names.items():
        x, y = 8 + (0 if urgent else side), 8 + (0 if important else side)
        fields.append(Field(x, y, side, side, rank, name))
        marks += crowd(here[important, urgent], x, y + 28, side, side - 28, href)
    return Chart(2 * side + 16, 2 * side + 16, tuple(fields), tuple(marks))


def crowd(points: list[Point], x: int, y: int, width: int, height: int, more: str) -> list[Mark]:
    """The points of one spot in rows from its middle; one mark with the number where they do not fit."""
    across, down = (width - 8) // STEP, (height - 8) // STEP
    if len(points) > across * down:
        return [Mark(x + width // 2, y + height // 2, 16, "", more, points[0].rank, len(points))]
    per_row = min(across, max(1, -(-len(points) // down), round(len(points) ** 0.5)))
    rows = -(-len(points) // per_row) if points else 0
    marks = []
    for place, point in enumerate(points):
        row, column = divmod(place, per_row)
        left = x + width // 2 - (per_row - 1) * STEP // 2
        top = y + height // 2 - (rows - 1) * STEP // 2
        marks.append(Mark(left + column * STEP, top + row * STEP, 7, point.title, point.href, point.rank))
    return marks
