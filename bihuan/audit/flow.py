"""The one way a status moves.

Each noun declares its table of allowed moves as data. ``Flow.move`` locks the row, checks the version the person saw,
the table and the gates, saves the named fields, and records the event, in one transaction. Pages, API, bulk acts,
imports and timers all meet here; docs/loop.md draws its diagrams from the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from bihuan.audit.event_log import record, record_second
from bihuan.audit.event_types import EventType
from bihuan.audit.models import Actor, Event
from bihuan.core import clock
from bihuan.core.errors import Refused, Stale
from bihuan.core.text import Text

Gate = Callable[[Any], Text | None]
Then = Callable[[Any, Actor], None]
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
    """An allowed step. ``gates`` answer None (pass) or the reason why not."""

    name: str
    title: Text
    start: tuple[str, ...]
    end: str
    kind: EventType
    gates: tuple[Gate, ...] = ()


@dataclass
class Flow:
    """All states and moves of one noun. ``column`` holds the status."""

    noun: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    column: str = "status"
    by_code: dict[str, State] = field(init=False)
    guards: dict[str, list[Gate]] = field(init=False, default_factory=dict)
    thens: dict[str, list[Then]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_code = {s.code: s for s in self.states}
        unknown = {c for m in self.moves for c in (*m.start, m.end)} - set(self.by_code)
        if unknown:
            raise ValueError(f"{self.noun}: moves name unknown states {sorted(unknown)}")
        FLOWS[self.noun] = self

    @property
    def choices(self) -> list[tuple[str, Text]]:
        return [(s.code, s.name) for s in self.states]

    def guard(self, name: str, gate: Gate) -> None:
        """A later room's condition on an earlier noun's move: nobody gets past it, whoever asks."""
        self.guards.setdefault(self.find(name).name, []).append(gate)

    def follow(self, name: str, then: Then) -> None:
        """What a later room does in the same transaction when an earlier noun has moved, whoever moved it."""
        self.thens.setdefault(self.find(name).name, []).append(then)

    def find(self, name: str) -> Move:
        return next(m for m in self.moves if m.name == name)

    def open_moves(self, row: Any) -> list[Move]:
        """The moves the table allows from where ``row`` stands (gates not asked)."""
        return [m for m in self.moves if getattr(row, self.column) in m.start]

    def why_not(self, row: Any, name: str) -> Text | None:
        """The reason this move would be refused now, or None."""
        move = self.find(name)
        status = getattr(row, self.column)
        if status not in move.start:
            return Text("现在是「{now}」，不能{move}。", "It is “{now}” now, so it cannot: {move}.").format(
                now=self.by_code[status].name, move=move.title
            )
        return next((reason for gate in (*move.gates, *self.guards.get(name, ())) if (reason := gate(row))), None)

    @transaction.atomic
    def move(self, row: Any, name: str, *, by: Actor, seen: int | None = None, **details: Any) -> Event | None:
        """Move ``row``; fields already changed on it and named in ``details['fields']`` are saved with the status.

        Returns the event, or None when the row already stands there. Raises Refused or Stale.
        """
        fields: Iterable[str] = details.pop("fields", ())
        stored = lock(row, seen)
        before = getattr(stored, self.column)
        move = self.find(name)
        if before == move.end and before not in move.start:
            return None
        setattr(row, self.column, before)
        if reason := self.why_not(row, name):
            raise Refused(reason)
        setattr(row, self.column, move.end)
        save(row, [self.column, *fields])
        event = record(move.kind, row, by=by, **{"from": before, "to": move.end, **details})
        for then in self.thens.get(name, ()):
            then(row, by)
        return event

    @transaction.atomic
    def move_many(
        self, rows: Sequence[Any], name: str, *, by: Actor, fields: Iterable[str] = (), **details: Any
    ) -> None:
        """Move locked rows of one kind whose whole history is their first event; refuses all where one may not move."""
        move = self.find(name)
        events = []
        for row in rows:
            if reason := self.why_not(row, name):
                raise Refused(reason)
            events.append({"from": getattr(row, self.column), "to": move.end, **details})
            setattr(row, self.column, move.end)
            row.version, row.updated_at = row.version + 1, clock.now()
        if rows:
            type(rows[0])._base_manager.bulk_update(rows, [self.column, *fields, "version", "updated_at"], 100)
            record_second(move.kind, rows, by=by, details=events)
        for then in self.thens.get(name, ()):
            for row in rows:
                then(row, by)


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
    kind: EventType,
    seen: int | None,
    told: Callable[[Any], Any] = lambda value: value,
    **details: Any,
) -> Event | None:
    """Change plain fields of a row: version checked, before and after recorded; quiet when nothing differs.

    ``told`` makes of a value what the event may say of it (masked where it may hold personal data).
    """
    stored = lock(row, seen, changes)
    differing = {k: v for k, v in changes.items() if getattr(stored, k) != v}
    if not differing:
        return None
    for name, value in differing.items():
        setattr(row, name, value)
    save(row, differing)
    return record(
        kind,
        row,
        by=by,
        before={k: told(_plain(getattr(stored, k))) for k in differing},
        after={k: told(_plain(v)) for k, v in differing.items()},
        **details,
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value
