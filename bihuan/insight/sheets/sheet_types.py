"""What a look at a file found, what the user decided about it, and one row of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from bihuan.core.text import Text
from bihuan.insight.data.feedback_fields import FIELDS


class Unreadable(Exception):
    """The file cannot be read; `reason` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; rows and columns count up to the last filled cell."""

    name: str
    hidden: bool
    rows: int
    columns: int


@dataclass(frozen=True)
class Column:
    """One column: the field proposed for it ("" for none), how sure (0-1), why, and up to three different samples."""

    index: int
    heading: str
    field: str
    confidence: float
    why: Text
    samples: list[str]


@dataclass
class Plan:
    """How to read the file; stored as JSON and edited by the user.

    heading_row is the number Excel shows (0: the file has none), heading_rows how many rows the heading takes.
    mapping: column index from 0 -> field. aliases: field -> {cell text: canonical value}, for words this house does not
    know; "" for a word that stands for none and is kept as it is written. day_first: whether 3/4/2025 is 3 April; None where the column does not show it, and such a cell is an error.
    """

    kind: str
    headings: list[str]
    mapping: dict[int, str]
    sheet: str = ""
    heading_row: int = 1
    heading_rows: int = 1
    encoding: str = ""
    delimiter: str = ""
    zone: str = "Asia/Shanghai"
    day_first: bool | None = None
    aliases: dict[str, dict[str, str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The plan as plain JSON values."""
        return asdict(self) | {"mapping": {str(index): name for index, name in self.mapping.items()}}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Plan:
        """The plan back from `to_json`; unknown fields in the mapping are a ValueError."""
        mapping = {int(index): name for index, name in data["mapping"].items() if name}
        if unknown := set(mapping.values()) - set(FIELDS):
            raise ValueError(f"unknown fields: {sorted(unknown)}")
        if len(set(mapping.values())) < len(mapping):
            raise ValueError("two columns are mapped to one field")
        return cls(**{**data, "mapping": mapping})


@dataclass(frozen=True)
class Inspection:
    """What one look found. total_rows is what `read` will yield with the proposed plan."""

    name: str
    kind: str
    sheets: list[Sheet]
    sheet: str
    heading_row: int
    heading_rows: int
    encoding: str
    delimiter: str
    day_first: bool | None
    columns: list[Column]
    total_rows: int
    warnings: list[Text]

    def plan(self) -> Plan:
        """The proposed plan: every column the look is sure enough of."""
        return Plan(
            kind=self.kind,
            headings=[column.heading for column in self.columns],
            mapping={column.index: column.field for column in self.columns if column.field},
            sheet=self.sheet,
            heading_row=self.heading_row,
            heading_rows=self.heading_rows,
            encoding=self.encoding,
            delimiter=self.delimiter,
            day_first=self.day_first,
        )

    def to_json(self) -> dict[str, Any]:
        """The look as plain JSON values; sentences become {"zh", "en"}."""
        columns = [vars(column) | {"why": column.why.to_json()} for column in self.columns]
        sheets = [asdict(sheet) for sheet in self.sheets]
        return vars(self) | {
            "sheets": sheets,
            "columns": columns,
            "warnings": [warning.to_json() for warning in self.warnings],
        }


@dataclass(frozen=True)
class Row:
    """One physical data row: number as Excel shows it, cells verbatim by heading, canonical values by field.

    An error keeps its cell in `raw`; `precision` gives day, minute or second for each time in `values`;
    beside customer_type, `values` keeps the level as written (金卡, VIP) as customer_level.
    `by_alias` names the fields read by the plan's own words, each with the value it would have without them ("": none).
    A row with `skip` is accounted for but carries no voice.
    """

    number: int
    raw: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    precision: dict[str, str] = field(default_factory=dict)
    by_alias: dict[str, str] = field(default_factory=dict)
    skip: Text | None = None
