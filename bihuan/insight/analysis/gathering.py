"""Reading the files: every physical row becomes a voice, is skipped with a reason, or lies outside the window."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from bihuan.insight.analysis.voices import Voice
from bihuan.insight.masking import mask
from bihuan.insight.said import Said
from bihuan.insight.sheets import Look, Plan, Row, Unreadable, look, read

Tell = Callable[[Said, int, int], None]
READING = "sheets/1"
NO_WORDS = Said(
    "没有找到客户原话所在的列，请把那一列的表头写成“问题描述”",
    "No column holds the customers' words; name its heading “text” (or 问题描述)",
)
SOURCE_FIELDS = (
    "external_no", "received_at", "channel", "customer_no", "customer_type", "contact", "product", "version", "system",
    "region", "text", "demand", "score",
)  # fmt: skip
_SAME_NAME = ("channel", "customer_type", "product", "version", "system", "region", "text", "demand", "contact")


class Window(NamedTuple):
    """Local days, both inclusive; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, moment: datetime | None) -> bool:
        """Whether a time lies inside; a row without one lies inside an open window only."""
        if moment is None:
            return self.since is None and self.until is None
        day = moment.date()
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


OPEN = Window()


class Source(NamedTuple):
    """One file as read. `unused` are headings no field was found for."""

    name: str
    kind: str
    sheet: str
    rows: int
    unused: list[str]
    warnings: list[Said]


@dataclass
class Gathered:
    """All voices with the account of the run: rows read = voices + skipped + outside + undated rows left out.

    `filled` counts the cells read by field, `unreadable` holds (voice, reason) by field, `repeated_ids` the voices
    whose own number an earlier row had already.
    """

    window: Window = OPEN
    sources: list[Source] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    read: int = 0
    skipped: Counter[Said] = field(default_factory=Counter)
    outside: int = 0
    undated_left_out: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    unreadable: dict[str, list[tuple[int, Said]]] = field(default_factory=lambda: defaultdict(list))
    repeated_ids: list[int] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def add(self, row: Row, name: str) -> None:
        """Take one physical row of a file."""
        self.read += 1
        if row.skip:
            self.skipped[row.skip] += 1
            return
        moment = datetime.fromisoformat(row.values["received_at"]) if "received_at" in row.values else None
        if not self.window.holds(moment):
            self.outside += moment is not None
            self.undated_left_out += moment is None
            return
        at = len(self.voices)
        for each in SOURCE_FIELDS:
            self.filled[each] += each in row.values
            if each in row.errors:
                self.unreadable[each].append((at, row.errors[each]))
        own = row.values.get("external_no", "")
        if own in self._ids:
            self.repeated_ids.append(at)
        self.voices.append(_voice(row, self._unique(own, f"{name}:{row.number}"), moment))

    def _unique(self, own: str, place: str) -> str:
        # A number that reads like a phone number may be one: it would travel into every report.
        chosen = own if own and own not in self._ids and mask(own) == own else place
        count = 1
        while chosen in self._ids:
            count += 1
            chosen = f"{place}#{count}"
        self._ids.add(chosen)
        return chosen


def gather(paths: Sequence[str | Path], *, window: Window = OPEN, tell: Tell | None = None) -> Gathered:
    """The rows of the files in order. Raises Unreadable, with the file's name before the sentence if there are several."""
    gathered = Gathered(window)
    for path in map(Path, paths):
        try:
            _file(path, gathered, tell)
        except Unreadable as bad:
            raise Unreadable(Said(f"{path.name}：{bad.said.zh}", f"{path.name}: {bad.said.en}")) from bad
        except OSError as bad:
            raise Unreadable(_unopened(path, bad)) from bad
    return gathered


def _file(path: Path, gathered: Gathered, tell: Tell | None) -> None:
    found = look(path)
    plan = found.plan()
    if "text" not in plan.mapping.values():
        raise Unreadable(NO_WORDS)
    name = mask(path.name)
    before = gathered.read
    step = Said(f"读取 {path.name}", f"Reading {path.name}")
    for row in read(path, plan):
        gathered.add(row, name)
        if tell and gathered.read % 1000 == 0:
            tell(step, gathered.read - before, found.total_rows)
    if tell:
        tell(step, gathered.read - before, found.total_rows)
    gathered.sources.append(_source(name, found, plan, gathered.read - before))


def _source(name: str, found: Look, plan: Plan, rows: int) -> Source:
    unused = [
        mask(heading)
        for index, heading in enumerate(plan.headings)
        if plan.mapping.get(index) not in SOURCE_FIELDS and found.columns[index].samples
    ]
    warnings = [Said(mask(said.zh), mask(said.en)) for said in found.warnings]
    return Source(name, found.kind, mask(found.sheet), rows, unused, warnings)


def _voice(row: Row, row_id: str, moment: datetime | None) -> Voice:
    values = row.values
    voice = Voice(row_id, moment, customer_id=values.get("customer_no", ""))
    for name in _SAME_NAME:
        setattr(voice, name, values.get(name, ""))
    voice.score = int(values["score"]) if "score" in values else None
    return voice


def _unopened(path: Path, bad: OSError) -> Said:
    if isinstance(bad, FileNotFoundError):
        return Said(f"没有这个文件：{path}", f"There is no such file: {path}")
    if isinstance(bad, IsADirectoryError):
        return Said(f"{path} 是文件夹，请给出文件", f"{path} is a folder; name a file")
    return Said(f"打不开 {path}：{bad.strerror}", f"Cannot open {path}: {bad.strerror}")
