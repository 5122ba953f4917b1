"""What an event type is. Each package lists its own in its ``events.py``; this is the shape and the index."""

from __future__ import annotations

from dataclasses import dataclass, field

from bihuan.core.text import Text

EVENT_TYPES: dict[str, EventType] = {}


@dataclass(frozen=True)
class EventType:
    """A type of event: its key, its sentence in both languages ({name} fields are filled from the event's details), and
    who is notified (words of notifications/recipients: owner, team, supervisor …; empty = nobody).

    ``private``: the details a person types (reasons, titles, names of customers …); no notification carries them.
    ``allowed_after_close``: it may still be recorded on a closed timeline (transition_table.closed_timelines).
    """

    key: str
    zh: str
    en: str
    audience: tuple[str, ...] = ()
    icon: str = "point"
    allowed_after_close: bool = False
    private: tuple[str, ...] = ()
    sentence: Text = field(init=False)

    def __post_init__(self) -> None:
        if self.key in EVENT_TYPES:
            raise ValueError(f"two event types called {self.key}")
        object.__setattr__(self, "sentence", Text(self.zh, self.en))
        EVENT_TYPES[self.key] = self
