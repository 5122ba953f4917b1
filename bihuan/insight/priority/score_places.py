"""Places in an order: equal scores share a place, so that a rounded number does not pretend to decide."""

from collections.abc import Sequence
from typing import Any


def places(scores: Sequence[Any]) -> list[tuple[int, int]]:
    """For scores already in order, best first: (place, how many share it). Places skip after a tie: 1, 2, 2, 4."""
    result: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(scores) + 1):
        if end == len(scores) or scores[end] != scores[start]:
            result += [(start + 1, end - start)] * (end - start)
            start = end
    return result
