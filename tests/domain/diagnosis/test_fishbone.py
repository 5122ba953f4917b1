"""The drawing holds every cause, inside its frame, on its own place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from bihuan.diagnosis.fishbone import draw

twigs = some.lists(
    some.tuples(
        some.text(max_size=40),
        some.sampled_from(["direct", "root"]),
        some.sampled_from(["pending", "holds", "ruled_out"]),
    ),
    max_size=12,
)


@given(some.lists(some.tuples(some.text(max_size=8), twigs), min_size=1, max_size=8))
def test_every_cause_is_drawn_once_inside_the_frame(dimensions):
    bone = draw(dimensions)
    assert [len(r.twigs) for r in bone.ribs] == [len(c) for _, c in dimensions]
    for rib in bone.ribs:
        assert len({t.y1 for t in rib.twigs}) == len(rib.twigs)
        assert all(0 <= t.x1 < t.x2 <= bone.width and 0 < t.y1 < bone.height for t in rib.twigs)
        assert rib.y2 == bone.spine
