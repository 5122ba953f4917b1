"""Picklists the organisation may change: codes stay; names, order and what may still be chosen are rows (S3-17).

A picklist is what is shipped, then what the rows say. The object lives as long as its process: `refresh_if_changed` is
given the stamp of the rows with each request, `refresh` asks the database for it (workers, commands).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bihuan.core.models import PicklistItem
from bihuan.core.text import Text

PICKLISTS: dict[str, Picklist] = {}
STEP = 10
"""Places of shipped items are this far apart, so that others fit between."""


class Picklist(Mapping[str, Text]):
    """Code → name in order, disabled ones last. ``groups``: code → group of the shipped items, where there are any."""

    def __init__(
        self, name: str, title: Text, shipped: dict[str, Text], groups: Mapping[str, str] | None = None
    ) -> None:
        self.name, self.title, self.shipped, self._shipped_groups = name, title, shipped, dict(groups or {})
        self.load(())
        PICKLISTS[name] = self

    def __getitem__(self, code: str) -> Text:
        return self._names[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __hash__(self) -> int:
        return id(self)

    @property
    def open(self) -> dict[str, Text]:
        """Those that may be chosen now."""
        return {code: name for code, name in self._names.items() if code not in self.retired}

    def group(self, code: str) -> str:
        return self._groups.get(code, "")

    def load(self, rows: Iterable[PicklistItem]) -> None:
        """Take over what the rows say. Each part is replaced whole, since other threads may be reading."""
        found = {code: self.shipped_item(code, place) for place, code in enumerate(self.shipped, 1)}
        found |= {row.code: row for row in rows}
        ordered = sorted(found.values(), key=lambda one: (one.retired, one.place))
        self.places = {one.code: one.place for one in ordered}
        self.retired = frozenset(one.code for one in ordered if one.retired)
        self._groups = {one.code: one.group for one in ordered}
        self._names = {one.code: Text(one.zh, one.en) for one in ordered}

    def shipped_item(self, code: str, place: int) -> PicklistItem:
        """A shipped item as a row that is not stored."""
        name, group = self.shipped[code], self._shipped_groups.get(code, "")
        return PicklistItem(picklist=self.name, code=code, zh=name.zh, en=name.en, place=place * STEP, group=group)


def offered(names: Mapping[str, Text]) -> Mapping[str, Text]:
    """What may be chosen now of a picklist of either sort: the organisation's own, or one fixed in code."""
    return names.open if isinstance(names, Picklist) else names


class _Loaded:
    """The stamp of the rows that the picklists of this process were loaded from."""

    stamp = 0


def refresh_if_changed(stamp: int | None) -> None:
    """Load all picklists again unless their rows are those already loaded."""
    if (stamp or 0) == _Loaded.stamp:
        return
    rows = list(PicklistItem.objects.order_by("place", "id"))
    for name, picklist in PICKLISTS.items():
        picklist.load([row for row in rows if row.picklist == name])
    _Loaded.stamp = sum(row.version for row in rows)


def refresh() -> None:
    """Load all picklists again if their rows changed: for a worker or a command."""
    refresh_if_changed(PicklistItem.stamp())
