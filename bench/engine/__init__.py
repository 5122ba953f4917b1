"""How well and how fast the engine works: `bihuan bench` prints every figure beside its goal. No Django.

A step is one module in `steps`: `ROW` (its place in the table), `TITLE` and `figures()`, which yields `Figure`s.
Each step runs in a process of its own, so that its memory and its processor time are its own.
"""

from bench.engine.figures import Figure, NoData, shared
from bench.engine.meter import Meter, family

__all__ = ["Figure", "Meter", "NoData", "family", "shared"]
