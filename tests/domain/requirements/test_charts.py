"""Points stand in the square of their scores, apart from each other, and a crowd is one point with its number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bihuan.requirements.requirement_charts import CELL, LEFT, TOP, Point, grid, quadrants

NAMES = {(True, True): "hh", (True, False): "hl", (False, True): "lh", (False, False): "ll"}
SPOT = st.tuples(st.integers(1, 5), st.integers(1, 5))


@given(st.lists(SPOT, max_size=60))
def test_each_point_stands_in_its_own_square(spots: list[tuple[int, int]]):
    points = [(v, u, Point(str(n), f"{v}-{u}", f"/r/{n}/", 1)) for n, (v, u) in enumerate(spots)]
    chart = grid(points, (4, 4), NAMES, "/?v={value}&u={urgency}")
    assert sum(mark.count for mark in chart.marks) == len(spots)
    for mark in chart.marks:
        urgency, value = (mark.x - LEFT) // CELL + 1, 5 - (mark.y - TOP) // CELL
        said = f"{value}-{urgency}" if mark.count == 1 else f"/?v={value}&u={urgency}"
        assert said in (mark.title, mark.href)
    assert len({(m.x, m.y) for m in chart.marks}) == len(chart.marks)


def test_the_split_follows_the_mark_of_the_scheme():
    chart = grid([], (3, 5), NAMES, "")
    high = next(f for f in chart.fields if f.name == "hh")
    assert (high.width, high.height) == (CELL, 3 * CELL)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=200))
def test_quadrants_hold_their_points(sides: list[tuple[bool, bool]]):
    names = {side: (name, 1, f"/{name}") for side, name in NAMES.items()}
    chart = quadrants([(i, u, Point("", f"{i}{u}", "/", 1)) for i, u in sides], names)
    assert sum(mark.count for mark in chart.marks) == len(sides)
    for mark in chart.marks:
        urgent, important = mark.x < 248, mark.y < 248
        assert mark.title == f"{important}{urgent}" or mark.count > 1
