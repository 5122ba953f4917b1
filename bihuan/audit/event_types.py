"""What a kind of event is. Each room lists its own in its ``events.py``; this is the shape and the index."""

from __future__ import annotations

from dataclasses import dataclass, field

from bihuan.core.text import Text

EVENT_TYPES: dict[str, EventType] = {}


@dataclass(frozen=True)
class EventType:
    """A kind of event: its key, its sentence in both languages ({name} places are filled from the event's details),
    and who should hear of it (words of notify/audience: owner, team, supervisor, customer …; empty = nobody).
    ``late``: it may still be stated about what is closed for good (chain.shut)."""

    key: str
    zh: str
    en: str
    hear: tuple[str, ...] = ()
    icon: str = "point"
    late: bool = False
    sentence: Text = field(init=False)

    def __post_init__(self) -> None:
        if self.key in EVENT_TYPES:
            raise ValueError(f"two kinds of event called {self.key}")
        object.__setattr__(self, "sentence", Text(self.zh, self.en))
        EVENT_TYPES[self.key] = self
