"""Words of sheets that only the organisation understands, and the values a person maps them to.

A mapping is ``{field: {word: value}}``, as ``Plan.aliases`` takes it; the value "" or the word itself means that the word
is kept as it is written. ``models.ValueMapping`` remembers mappings for every later sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.picklists import Picklist, offered
from bihuan.core.text import Text
from bihuan.feedback import feedback_choices
from bihuan.feedback.column_mapping import FIELD_NAMES
from bihuan.feedback.labels import code_of_sheet_value
from bihuan.insight.data.aliases import SYSTEMS
from bihuan.insight.data.regions import CITIES
from bihuan.insight.sheets import Plan
from bihuan.insight.sheets import Row as SheetRow
from bihuan.insight.text.masking import mask

Mappings = dict[str, dict[str, str]]

MAX_WORD_LENGTH = 40
"""Characters: a longer cell is a sentence and is not mapped."""
MAX_LISTED = 30
"""Words of one column that a person is asked to map: a column with more is no list of words."""
KEEP_AS_WRITTEN = "="
"""The choice that keeps a word as it is written."""
FREE_TEXT_FIELDS = ("version", "system", "region", "problem_type")
"""Fields that take any text: a word kept as it is written is their value."""
KNOWN_VALUES: dict[str, Mapping[str, Text]] = {
    "channel": feedback_choices.CHANNELS,
    "nature": feedback_choices.NATURES,
    "problem_type": feedback_choices.PROBLEM_TYPES,
    "customer_type": feedback_choices.CUSTOMER_TYPES,
    "version": {},
    "system": {name: Text(name, name) for name in SYSTEMS},
    "region": {name: Text(name, name) for name in CITIES},
    "sentiment": feedback_choices.SENTIMENTS,
    "frequency": feedback_choices.FREQUENCIES,
    "urgency": {
        "P1": feedback_choices.URGENCIES["urgent"],
        "P2": feedback_choices.URGENCIES["important"],
        "P3": feedback_choices.URGENCIES["normal"],
    },
    "scope": {"one": feedback_choices.SCOPES["individual"], "all": feedback_choices.SCOPES["general"]},
    "score": {str(n): Text("{n} 分", "{n} of 5", n=n) for n in range(5, 0, -1)},
}
"""Field → the values a word may be mapped to, with their names. Versions are those that the sheet itself has."""


@dataclass(frozen=True)
class UnmappedColumn:
    """A column of an inspected sheet with words to be mapped. ``words``: (word, rows that have it, the choice made for
    it: "" for none yet, KEEP_AS_WRITTEN, or a value); ``options``: the values to choose from; ``more``: the number of
    words that are not listed."""

    field: str
    name: Text
    options: Mapping[str, Text]
    more: int
    words: list[tuple[str, int, str]]


class UnmappedWordCounter:
    """Counts, while a sheet is read by ``plan``, the words that no known value and no remembered mapping explains."""

    def __init__(self, plan: Plan) -> None:
        self.headings = [
            (field, plan.headings[index]) for index, field in plan.mapping.items() if field in KNOWN_VALUES
        ]
        self.words: dict[str, Counter[str]] = {field: Counter() for field, _ in self.headings}
        self.versions: Counter[str] = Counter()
        self.organisation_names = organisation_names()

    def count(self, row: SheetRow) -> None:
        for field, heading in self.headings:
            if field in row.errors or field in row.by_alias or _has_unknown_problem_type(field, row):
                word = row.raw.get(heading, "").strip()
                if self._can_be_mapped(field, word):
                    self.words[field][word] += 1
            elif field == "version" and (version := row.values.get(field)):
                self.versions[version] += 1

    def to_json(self) -> dict[str, Any]:
        """{"words": {field: [[word, rows], …]}, "more": {field: words that are not listed}, "versions": [...]}."""
        counted = {field: counter.most_common() for field, counter in self.words.items() if counter}
        return {
            "words": {field: [list(pair) for pair in pairs[:MAX_LISTED]] for field, pairs in counted.items()},
            "more": {field: len(pairs) - MAX_LISTED for field, pairs in counted.items() if len(pairs) > MAX_LISTED},
            "versions": sorted(version for version, _ in self.versions.most_common(MAX_LISTED)),
        }

    def _can_be_mapped(self, field: str, word: str) -> bool:
        """Personal data is never a word to be mapped: a preview stores none of it."""
        names = self.organisation_names.get(field, ())
        return 0 < len(word) <= MAX_WORD_LENGTH and mask(word) == word and word not in names


def _has_unknown_problem_type(field: str, row: SheetRow) -> bool:
    """Whether the row's problem type is none of ours: a sheet takes any text as one, but no label follows from it."""
    return field == "problem_type" and field in row.values and not code_of_sheet_value(field, row.values[field])


def value_name(field: str, word: str, value: str) -> Text:
    """The name of the value that a word is mapped to."""
    if value in ("", word):
        return Text("照原样保留", "kept as written")
    return KNOWN_VALUES[field].get(value) or Text(value, value)


def organisation_names() -> Mappings:
    """Mappings of the names that the organisation gave in its picklists; sheets know the shipped names already."""
    mappings: Mappings = {}
    for field, values in KNOWN_VALUES.items():
        if field != "problem_type" and isinstance(values, Picklist):
            renamed = {code: name for code, name in values.items() if values.shipped.get(code) != name}
            mappings[field] = {word: code for code, name in renamed.items() for word in (name.zh, name.en)}
    return mappings


def unmapped_columns(preview: Mapping[str, Any], mappings: Mappings) -> list[UnmappedColumn]:
    """The words of an inspected sheet (``ImportBatch.preview``) that a person maps, with the choices in ``mappings``."""
    unmapped = preview.get("unmapped", {})
    return [
        UnmappedColumn(
            field=field,
            name=FIELD_NAMES[field],
            options=_options(field, unmapped["versions"]),
            more=unmapped["more"].get(field, 0),
            words=[(word, rows, _choice(mappings.get(field, {}), word)) for word, rows in pairs],
        )
        for field, pairs in unmapped.get("words", {}).items()
    ]


def with_choices(preview: Mapping[str, Any], mappings: Mappings, choices: Mappings) -> Mappings:
    """``mappings`` changed by what a person chose: field → word → choice ("" takes the mapping away).

    Only words that the page lists and values that it offers count.
    """
    changed = {field: dict(values) for field, values in mappings.items()}
    for column in unmapped_columns(preview, mappings):
        values = changed.setdefault(column.field, {})
        for word, _, _ in column.words:
            choice = choices.get(column.field, {}).get(word)
            if choice == "":
                values.pop(word, None)
            elif choice == KEEP_AS_WRITTEN:
                values[word] = word if column.field in FREE_TEXT_FIELDS else ""
            elif choice and choice in column.options:
                values[word] = choice
    return {field: values for field, values in changed.items() if values or field in mappings}


def mapping_summary(preview: Mapping[str, Any], mappings: Mappings) -> dict[str, dict[str, dict[str, Any]]]:
    """What was made of a sheet's own words: ``remembered`` field → word → value ("" or the word itself: kept as
    written), and ``unknown`` field → word → rows, at most MAX_LISTED of a field."""
    summary: dict[str, dict[str, dict[str, Any]]] = {"remembered": {}, "unknown": {}}
    for field, pairs in preview.get("unmapped", {}).get("words", {}).items():
        for word, rows in pairs:
            value = mappings.get(field, {}).get(word)
            part, entry = ("unknown", rows) if value is None else ("remembered", value)
            summary[part].setdefault(field, {})[word] = entry
    return summary


def _options(field: str, versions: list[str]) -> Mapping[str, Text]:
    """The values a word of this field may be mapped to, beside keeping it as it is written."""
    return {v: Text(v, v) for v in versions} if field == "version" else offered(KNOWN_VALUES[field])


def _choice(values: Mapping[str, str], word: str) -> str:
    if word not in values:
        return ""
    return KEEP_AS_WRITTEN if values[word] in ("", word) else values[word]
