"""How much of what is plenty a run takes: a fixed sample, or all of it with BIHUAN_WHOLE=1."""

import os
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TypeVar

WHOLE = os.environ.get("BIHUAN_WHOLE") == "1"
Thing = TypeVar("Thing")


def sample(things: Sequence[Thing], one_in: int) -> Sequence[Thing]:
    """Every ``one_in``-th of them, the same ones each time."""
    return things if WHOLE else things[::one_in]


def of_each_kind(names: Sequence[str], one_in: int) -> Sequence[str]:
    """A sample of file names in which every ending that is common takes part."""
    files = [name for name in names if not name.endswith("/")]
    return sample(sorted(files, key=lambda name: PurePosixPath(name).suffix), one_in)
