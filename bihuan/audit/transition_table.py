"""The shape of the one table of conditions and consequences (bihuan/transitions.py), and where the installed one is kept.

A later package may put a condition or a consequence on an earlier noun's move. ``audit`` imports no later package: the
app's ``ready()`` hands it the table (flow.install). A move without an entry has none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from bihuan.audit.models import Actor
from bihuan.core.text import Text

Condition = Callable[[Any], Text | None]
"""Given the row: None (the move may happen) or the reason why not."""
Consequence = Callable[[Any, Actor], None]
"""Given the moved row and who moved it: what else happens, in the same transaction."""
Closed = Callable[[Collection[int]], Text | None]
"""Given ids of a noun: None, or the reason why nothing may be changed on the timeline of one of them."""


@dataclass(frozen=True)
class Transition:
    """What later packages put on one move: conditions asked, and consequences called, in this order."""

    conditions: tuple[Condition, ...] = ()
    consequences: tuple[Consequence, ...] = ()


@dataclass(frozen=True)
class TransitionTable:
    """(noun, move) → conditions and consequences; noun → when its timelines are closed."""

    transitions: Mapping[tuple[str, str], Transition] = field(default_factory=dict)
    closed_timelines: Mapping[str, Closed] = field(default_factory=dict)

    def of(self, noun: str, move: str) -> Transition:
        return self.transitions.get((noun, move), NONE)


NONE = Transition()
_installed = [TransitionTable()]


def set_installed(table: TransitionTable) -> None:
    _installed[0] = table


def installed() -> TransitionTable:
    return _installed[0]
