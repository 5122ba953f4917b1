"""The one way a status moves.

Each noun declares its table of allowed moves as data. ``Flow.move`` locks the row, checks the version the person saw,
the table and the conditions, saves the named fields, records the event and calls the consequences, in one transaction.
Pages, API, bulk verbs, imports and timers all use it; docs/loop.md draws its diagrams from the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from bihuan.audit import transition_table
from bihuan.audit.event_log import record
from bihuan.audit.event_types import EventType
from bihuan.audit.models import Actor, Event
from bihuan.audit.transition_table import Condition, Consequence, TransitionTable
from bihuan.core import clock
from bihuan.core.errors import Refused, Stale
from bihuan.core.text import Text

FLOWS: dict[str, Flow] = {}


@dataclass(frozen=True)
class State:
    """A position in a noun's life: code stored, name shown, tone for its badge (Tabler colour)."""

    code: str
    name: Text
    tone: str = "secondary"
    final: bool = False


@dataclass(frozen=True)
class Move:
    """An allowed step. ``conditions`` are those of the noun's own package; later packages' are in the table."""

    name: str
    title: Text
    start: tuple[str, ...]
    end: str
    event_type: EventType
    conditions: tuple[Condition, ...] = ()


@dataclass
class Flow:
    """All states and moves of one noun. ``column`` holds the status."""

    noun: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    column: str = "status"
    by_code: dict[str, State] = field(init=False)

    def __post_init__(self) -> None:
        self.by_code = {s.code: s for s in self.states}
        unknown = {c for m in self.moves for c in (*m.start, m.end)} - set(self.by_code)
        if unknown:
            raise ValueError(f"{self.noun}: moves name unknown states {sorted(unknown)}")
        FLOWS[self.noun] = self

    @property
    def choices(self) -> list[tuple[str, Text]]:
        return [(s.code, s.name) for s in self.states]

    def find_move(self, name: str) -> Move:
        return next(m for m in self.moves if m.name == name)

    def conditions(self, name: str) -> tuple[Condition, ...]:
        """All conditions on this move, those of its own package first."""
        return (*self.find_move(name).conditions, *transition_table.installed().of(self.noun, name).conditions)

    def consequences(self, name: str) -> tuple[Consequence, ...]:
        """What later packages do in the same transaction when a row has made this move, in order."""
        return transition_table.installed().of(self.noun, name).consequences

    def open_moves(self, row: Any) -> list[Move]:
        """The moves the flow allows from the status of ``row`` (conditions not asked)."""
        return [m for m in self.moves if getattr(row, self.column) in m.start]

    def refusal_reason(self, row: Any, name: str) -> Text | None:
        """The reason this move would be refused now, or None."""
        move = self.find_move(name)
        status = getattr(row, self.column)
        if status not in move.start:
            return Text("现在是「{now}」，不能{move}。", "It is “{now}” now, so it cannot: {move}.").format(
                now=self.by_code[status].name, move=move.title
            )
        return next((reason for condition in self.conditions(name) if (reason := condition(row))), None)

    @transaction.atomic
    def move(self, row: Any, name: str, *, by: Actor, seen: int | None = None, **details: Any) -> Event | None:
        """Move ``row``; fields already changed on it and named in ``details['fields']`` are saved with the status.

        Returns the event, or None when the row has that status already. Raises Refused or Stale.
        """
        fields: Iterable[str] = details.pop("fields", ())
        stored = lock(row, seen)
        before = getattr(stored, self.column)
        move = self.find_move(name)
        if before == move.end and before not in move.start:
            return None
        setattr(row, self.column, before)
        if reason := self.refusal_reason(row, name):
            raise Refused(reason)
        setattr(row, self.column, move.end)
        save(row, [self.column, *fields])
        event = record(move.event_type, row, by=by, **{"from": before, "to": move.end, **details})
        for consequence in self.consequences(name):
            consequence(row, by)
        return event

    @transaction.atomic
    def move_many(
        self, rows: Sequence[Any], name: str, *, by: Actor, fields: Iterable[str] = (), **details: Any
    ) -> None:
        """Move locked rows of one noun; refuses all where one may not move."""
        move = self.find_move(name)
        each = []
        for row in rows:
            if reason := self.refusal_reason(row, name):
                raise Refused(reason)
            each.append({"from": getattr(row, self.column), "to": move.end})
            setattr(row, self.column, move.end)
            row.version, row.updated_at = row.version + 1, clock.now()
        if rows:
            type(rows[0])._base_manager.bulk_update(rows, [self.column, *fields, "version", "updated_at"], 100)
            record(move.event_type, rows, by=by, each=each, **details)
        for consequence in self.consequences(name):
            for row in rows:
                consequence(row, by)


def install(table: TransitionTable) -> None:
    """Take the app's table of conditions and consequences. Raises ValueError when it names a move that does not exist."""
    known = {(noun, move.name) for noun, flow in FLOWS.items() for move in flow.moves}
    if unknown := sorted(set(table.transitions) - known):
        raise ValueError(f"no such moves: {unknown}")
    transition_table.set_installed(table)


def lock(row: Any, seen: int | None = None, meant: dict[str, Any] | None = None) -> Any:
    """Lock the row and read it afresh; Stale when it is no longer the version the person saw."""
    stored = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if seen is not None and stored.version != seen:
        raise Stale(stored, meant)
    row.version = stored.version
    return stored


def save(row: Any, fields: Iterable[str]) -> None:
    """Save just these fields, with the version counted up."""
    row.version += 1
    row.updated_at = clock.now()
    row.save(update_fields=[*dict.fromkeys(fields), "version", "updated_at"])


@transaction.atomic
def edit(
    row: Any,
    changes: dict[str, Any],
    *,
    by: Actor,
    event_type: EventType,
    seen: int | None,
    redact: Callable[[Any], Any] = lambda value: value,
    **details: Any,
) -> Event | None:
    """Change plain fields of a row: version checked, before and after recorded; quiet when nothing differs.

    ``redact`` makes of a value what the event may hold of it (masked where it may be personal data).
    """
    stored = lock(row, seen, changes)
    differing = {k: v for k, v in changes.items() if getattr(stored, k) != v}
    if not differing:
        return None
    for name, value in differing.items():
        setattr(row, name, value)
    save(row, differing)
    return record(
        event_type,
        row,
        by=by,
        before={k: redact(_plain(getattr(stored, k))) for k in differing},
        after={k: redact(_plain(v)) for k, v in differing.items()},
        **details,
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value
