"""A report before it has a shape: headings, paragraphs, figures, tables. Writers give it one (page, workbook).

Everything in it is plain data, so that an issued report can be kept as it was, in both languages.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from bihuan.core.text import Text

BothLanguages = dict[str, str]
"""A text in both languages: {"zh": …, "en": …}."""


def both_languages(text: Any) -> BothLanguages:
    """Both languages of a text; a plain value is the same in both."""
    return (text if isinstance(text, Text) else Text(str(text), str(text))).to_json()


@dataclass
class Cell:
    """One value. ``value`` is a number or a text in both languages; ``href`` opens the rows it counts."""

    value: float | int | BothLanguages | None
    href: str = ""
    percent: bool = False
    flag: bool = False


@dataclass
class Figure:
    """A number that stands by itself; ``before`` is that of the period before."""

    label: BothLanguages
    value: int
    href: str = ""
    before: int | None = None


@dataclass
class Table:
    """Columns and rows; ``chart`` draws it: pie and bar use the first two columns, line uses all number columns."""

    key: str
    title: BothLanguages
    columns: list[BothLanguages]
    rows: list[list[Cell]]
    chart: str = ""
    note: BothLanguages | None = None


@dataclass
class Document:
    title: BothLanguages
    period: BothLanguages
    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Document:
        tables = [Table(**{**t, "rows": [[Cell(**c) for c in row] for row in t["rows"]]}) for t in data["tables"]]
        return cls(data["title"], data["period"], [Figure(**f) for f in data["figures"]], tables)
