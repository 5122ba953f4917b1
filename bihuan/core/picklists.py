"""Dictionaries the organisation may change: codes stay, names, order and what may still be chosen are rows (S3-17).

A dictionary is what is shipped, then what the rows say. The object lives as long as its process and follows the rows:
`follow` is told the stamp of the rows with each request, `look` asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bihuan.core.models import Entry
from bihuan.core.text import Text

DICTIONARIES: dict[str, Picklist] = {}
STEP = 10
"""Shipped entries stand this far apart, so that others fit between."""


class Picklist(Mapping[str, Text]):
    """Code -> name in order, retired ones last. ``groups``: code -> group of the shipped entries, where there are any."""

    def __init__(
        self, name: str, title: Text, shipped: dict[str, Text], groups: Mapping[str, str] | None = None
    ) -> None:
        self.name, self.title, self.shipped, self._shipped_groups = name, title, shipped, dict(groups or {})
        self.take(())
        DICTIONARIES[name] = self

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

    def take(self, rows: Iterable[Entry]) -> None:
        """Say what the rows say. Each part is replaced whole: others may be reading."""
        found = {code: self.entry(code, place) for place, code in enumerate(self.shipped, 1)}
        found |= {row.code: row for row in rows}
        ordered = sorted(found.values(), key=lambda one: (one.retired, one.place))
        self.places = {one.code: one.place for one in ordered}
        self.retired = frozenset(one.code for one in ordered if one.retired)
        self._groups = {one.code: one.group for one in ordered}
        self._names = {one.code: Text(one.zh, one.en) for one in ordered}

    def entry(self, code: str, place: int) -> Entry:
        """A shipped entry as a row that is not stored."""
        name, group = self.shipped[code], self._shipped_groups.get(code, "")
        return Entry(dictionary=self.name, code=code, zh=name.zh, en=name.en, place=place * STEP, group=group)


def offered(names: Mapping[str, Text]) -> Mapping[str, Text]:
    """What may be chosen now of a dictionary of either sort: the organisation's own, or one fixed in code."""
    return names.open if isinstance(names, Picklist) else names


class _Read:
    """The stamp of the rows that the dictionaries of this process say."""

    stamp = 0


def follow(stamp: int | None) -> None:
    """Read the rows again unless they are those already read."""
    if (stamp or 0) == _Read.stamp:
        return
    rows = list(Entry.objects.order_by("place", "id"))
    for name, dictionary in DICTIONARIES.items():
        dictionary.take([row for row in rows if row.dictionary == name])
    _Read.stamp = sum(row.version for row in rows)


def look() -> None:
    """Follow the rows without being told: for a worker or a command."""
    follow(Entry.stamp())
