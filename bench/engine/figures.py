"""One measured figure beside its goal, and the real data that figures are measured on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class NoData(Exception):
    """The step's data are not on this machine; the message says which."""


@dataclass(frozen=True)
class Figure:
    """`must` is what may not be missed, `reach` what we aim for (None: no goal, only reported).

    `better` is "higher" or "lower". `baseline` holds what others' tools get in the same run: name → value, None where
    the tool is not installed (`bench.engine.others`). `note` says on what it was measured.
    """

    step: str
    what: str
    value: float
    must: float | None = None
    reach: float | None = None
    unit: str = ""
    better: str = "higher"
    baseline: Mapping[str, float | None] = field(default_factory=dict)
    note: str = ""

    def meets(self, goal: float | None) -> bool:
        """Whether the value is at least as good as a goal; without one it is."""
        if goal is None:
            return True
        return self.value >= goal if self.better == "higher" else self.value <= goal

    def times(self, other: float) -> float:
        """How many times as good as another's value ours is."""
        ours, theirs = (self.value, other) if self.better == "higher" else (other, self.value)
        return ours / max(theirs, 1e-9)

    @property
    def missed(self) -> bool:
        return not self.meets(self.must)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def shared(*parts: str) -> Path:
    """A path below the real data (BIHUAN_SHARED, else ../shared beside the checkout); NoData where it is absent."""
    folder = Path(os.environ.get("BIHUAN_SHARED") or ROOT.parent / "shared") / "data"
    path = folder.joinpath(*parts)
    if not path.exists():
        raise NoData(str(path))
    return path
