"""One module a step of the engine. Steps are found by themselves and ordered by their ROW."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol

from bench.engine.figures import Figure


class Step(Protocol):
    """What a module of this package offers."""

    ROW: int
    TITLE: str

    def figures(self) -> Iterator[Figure]:
        """The step's figures, each as soon as it is known; NoData where its data are absent."""
        ...


def steps() -> dict[str, Step]:
    """Name → module, in the order of the table."""
    names = [found.name for found in pkgutil.iter_modules(__path__)]
    found: dict[str, Step] = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].ROW, pair[0])))
