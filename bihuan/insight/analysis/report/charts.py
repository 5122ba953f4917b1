"""Charts as inline SVG. Each stands beside a table with the same numbers, so none carries a number alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from bihuan.insight.analysis.report.markup import Html, tag


class Slice(NamedTuple):
    """One part of a whole or one column: size, colour, what it says when pointed at, where it leads."""

    size: int
    colour: str
    says: str
    href: str | None


def pie(slices: Sequence[Slice], label: str) -> Html:
    """A ring, from twelve o'clock on."""
    total = sum(each.size for each in slices) or 1
    drawn, start = [], 0.0
    for each in slices:
        turn = each.size / total
        if turn:
            drawn.append(
                _linked(tag("path", tag("title", each.says), d=_arc(start, start + turn), fill=each.colour), each.href)
            )
        start += turn
    return tag("svg", *drawn, viewBox="-52 -52 104 104", role="img", aria_label=label, cls="pie")


def _arc(start: float, end: float, outer: float = 50, inner: float = 29) -> str:
    end = min(end, start + 0.99999)  # a full circle has no direction

    def point(turn: float, radius: float) -> str:
        angle = 2 * math.pi * turn
        return f"{radius * math.sin(angle):.3f} {-radius * math.cos(angle):.3f}"

    large = int(end - start > 0.5)
    return (
        f"M{point(start, outer)}A{outer} {outer} 0 {large} 1 {point(end, outer)}"
        f"L{point(end, inner)}A{inner} {inner} 0 {large} 0 {point(start, inner)}Z"
    )


def columns(slices: Sequence[Slice], label: str) -> Html:
    """Columns as wide as there is room; the highest fills the height."""
    top = max((each.size for each in slices), default=0) or 1
    drawn = []
    for at, each in enumerate(slices):
        height = 100 * each.size / top
        shape = tag(
            "rect", tag("title", each.says), x=f"{at * 10 + 1}", y=f"{100 - height:.2f}", width="8",
            height=f"{height:.2f}", fill=each.colour,
        )  # fmt: skip
        drawn.append(_linked(shape, each.href))
    return tag(
        "svg", *drawn, viewBox=f"0 0 {max(1, len(slices)) * 10} 100", preserveAspectRatio="none", role="img",
        aria_label=label, cls="bars",
    )  # fmt: skip


def spark(sizes: Sequence[int], label: str) -> Html:
    """A small line; its own highest point fills the height."""
    top = max(sizes, default=0) or 1
    step = 100 / max(1, len(sizes) - 1)
    points = " ".join(f"{at * step:.1f},{24 - 22 * size / top:.1f}" for at, size in enumerate(sizes))
    line = tag(
        "polyline", points=points, fill="none", stroke="#0b6e6e", stroke_width="1.6", vector_effect="non-scaling-stroke"
    )
    return tag("svg", line, viewBox="0 0 100 25", preserveAspectRatio="none", role="img", aria_label=label, cls="spark")


def _linked(shape: Html, href: str | None) -> Html:
    return tag("a", shape, href=href) if href else shape
