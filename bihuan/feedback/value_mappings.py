"""Words of sheets that only the organisation understands: said once, remembered for every sheet, taken back.

A word stands for a known value, or for nothing known and is kept as it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.flow import edit
from bihuan.audit.models import Actor
from bihuan.core.models import BaseModel
from bihuan.core.picklists import Picklist, offered
from bihuan.core.text import Text
from bihuan.feedback import events, feedback_choices
from bihuan.feedback.column_mapping import FIELD_NAMES
from bihuan.feedback.import_drafts import label_of
from bihuan.insight.data.aliases import SYSTEMS
from bihuan.insight.data.regions import CITIES
from bihuan.insight.sheets import Plan
from bihuan.insight.sheets import Row as SheetRow
from bihuan.insight.text.masking import mask

if TYPE_CHECKING:
    from bihuan.people.models import User

LONGEST = 40
"""Letters of a word: what is longer is a sentence and stands for nothing."""
SHOWN = 30
"""Words of one column that are asked about: a column with more is no list of words."""
KEPT = "="
"""Said of a word that is kept as it is written."""
OPEN = ("version", "system", "region", "problem_type")
"""Fields that take any text: a word kept as it is written is their value."""
KNOWN: dict[str, Mapping[str, Text]] = {
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
"""Field -> what a word may stand for, by the value a sheet is read to. Versions are those the sheet itself names."""


class ValueMappingQuerySet(models.QuerySet["ValueMapping"]):
    def visible_to(self, user: User) -> ValueMappingQuerySet:
        return self if user.can("feedback.import") else self.none()

    def by_field(self) -> dict[str, dict[str, str]]:
        """What is remembered, as ``Plan.aliases`` takes it."""
        told: dict[str, dict[str, str]] = {}
        for field, word, meaning in self.filter(remembered=True).values_list("field", "word", "meaning"):
            told.setdefault(field, {})[word] = meaning
        return told


class ValueMapping(SubjectModel, BaseModel):
    """What a word in a column of this kind stands for: ``meaning`` as ``Plan.aliases`` has it. Never deleted."""

    NOUN = "value_mapping"

    field = models.CharField(max_length=24, choices=list(FIELD_NAMES.items()))
    word = models.CharField(max_length=LONGEST)
    meaning = models.CharField(max_length=60, blank=True)
    remembered = models.BooleanField(default=False)
    by = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    objects = ValueMappingQuerySet.as_manager()

    class Meta:
        db_table = "value_mapping"
        constraints = [models.UniqueConstraint(fields=["field", "word"], name="a_word_stands_for_one_thing")]

    def __str__(self) -> str:
        return self.word

    @property
    def trail(self) -> str:
        return "imports/words"

    @property
    def stands_for(self) -> Text:
        return named(self.field, self.word, self.meaning)

    @classmethod
    @transaction.atomic
    def say(cls, field: str, word: str, meaning: str, *, by: Actor) -> ValueMapping:
        """From now on ``word`` is read as ``meaning`` in every sheet."""
        row, _ = cls.objects.get_or_create(field=field, word=word, defaults={"by": by})
        changes = {"meaning": meaning, "remembered": True}
        if any(getattr(row, name) != value for name, value in changes.items()):
            edit(
                row, changes | {"by": by}, by=by, kind=events.WORD_SAID, seen=None,
                column=FIELD_NAMES[field], word=word, named=named(field, word, meaning),
            )  # fmt: skip
        return row

    @transaction.atomic
    def take_back(self, *, by: Actor) -> None:
        """Sheets to come ask again; what was read by it stays as it is."""
        edit(
            self, {"remembered": False}, by=by, kind=events.WORD_TAKEN_BACK, seen=None,
            column=FIELD_NAMES[self.field], word=self.word,
        )  # fmt: skip


def named(field: str, word: str, meaning: str) -> Text:
    """What a word stands for, to be read."""
    if meaning in ("", word):
        return Text("照原样保留", "kept as written")
    return KNOWN[field].get(meaning) or Text(meaning, meaning)


def own_names() -> dict[str, dict[str, str]]:
    """Names the organisation gave in its dictionaries, as ``Plan.aliases`` takes them: sheets know the shipped ones."""
    told: dict[str, dict[str, str]] = {}
    for field, names in KNOWN.items():
        if field != "problem_type" and isinstance(names, Picklist):
            own = {code: name for code, name in names.items() if names.shipped.get(code) != name}
            told[field] = {word: code for code, name in own.items() for word in (name.zh, name.en)}
    return told


def read_by() -> dict[str, dict[str, str]]:
    """The words a new sheet is read by: the organisation's own names, then what is remembered."""
    said = ValueMapping.objects.by_field()
    return said | {field: meanings | said.get(field, {}) for field, meanings in own_names().items() if meanings}


class Heard:
    """The words of a sheet that had to be asked about, counted while it is read by ``plan``."""

    def __init__(self, plan: Plan) -> None:
        self.asked = [(f, plan.headings[index]) for index, f in plan.mapping.items() if f in KNOWN]
        self.words: dict[str, Counter[str]] = {field: Counter() for field, _ in self.asked}
        self.versions: Counter[str] = Counter()
        self.own = own_names()

    def add(self, row: SheetRow) -> None:
        for field, heading in self.asked:
            if field in row.errors or field in row.by_alias or _unlisted(field, row):
                word = row.raw.get(heading, "").strip()
                # What holds personal data is no word, and a preview keeps none of it.
                if 0 < len(word) <= LONGEST and mask(word) == word and word not in self.own.get(field, ()):
                    self.words[field][word] += 1
            elif field == "version" and (version := row.values.get(field)):
                self.versions[version] += 1

    def told(self) -> dict[str, Any]:
        """{"words": {field: [[word, rows], …]}, "more": {field: kinds beyond those}, "versions": [...]}."""
        counted = {field: counter.most_common() for field, counter in self.words.items() if counter}
        return {
            "words": {field: [list(pair) for pair in pairs[:SHOWN]] for field, pairs in counted.items()},
            "more": {field: len(pairs) - SHOWN for field, pairs in counted.items() if len(pairs) > SHOWN},
            "versions": sorted(version for version, _ in self.versions.most_common(SHOWN)),
        }


def _unlisted(field: str, row: SheetRow) -> bool:
    """Whether a problem type is none of ours: any text is one to the sheet, and no label follows from it."""
    return field == "problem_type" and field in row.values and not label_of(field, row.values[field])


def options(field: str, versions: list[str]) -> Mapping[str, Text]:
    """What a person may say a word of this field stands for, beside keeping it."""
    return {v: Text(v, v) for v in versions} if field == "version" else offered(KNOWN[field])


def heard(preview: dict[str, Any], aliases: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """The words of a looked-at sheet as its page lists them: per field its name, its options, and word, rows and what
    is said of each ("" nothing yet, KEPT, or a value)."""
    told = preview.get("heard", {})
    return [
        {
            "field": field,
            "name": FIELD_NAMES[field],
            "options": options(field, told["versions"]),
            "more": told["more"].get(field, 0),
            "words": [(word, rows, _said(aliases.get(field, {}), word)) for word, rows in pairs],
        }
        for field, pairs in told.get("words", {}).items()
    ]


def _said(aliases: dict[str, str], word: str) -> str:
    if word not in aliases:
        return ""
    return KEPT if aliases[word] in ("", word) else aliases[word]


def settled(
    preview: dict[str, Any], aliases: dict[str, dict[str, str]], said: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """``aliases`` after a person chose ({field: {word: choice}}); only what the page asked about and offered counts."""
    found = {field: dict(meanings) for field, meanings in aliases.items()}
    for part in heard(preview, aliases):
        field = part["field"]
        for word, _, _ in part["words"]:
            choice = said.get(field, {}).get(word)
            if choice == "":
                found.get(field, {}).pop(word, None)
            elif choice == KEPT:
                found.setdefault(field, {})[word] = word if field in OPEN else ""
            elif choice and choice in part["options"]:
                found.setdefault(field, {})[word] = choice
    return found


def remember(preview: dict[str, Any], aliases: dict[str, dict[str, str]], *, by: Actor) -> None:
    """Keep for sheets to come what stands on this one's page; a word that is no longer said is taken back."""
    before = ValueMapping.objects.by_field()
    for field, pairs in preview.get("heard", {}).get("words", {}).items():
        for word, _ in pairs:
            meaning = aliases.get(field, {}).get(word)
            if meaning == before.get(field, {}).get(word):
                continue
            if meaning is None:
                ValueMapping.objects.get(field=field, word=word).take_back(by=by)
            else:
                ValueMapping.say(field, word, meaning, by=by)


def account(preview: dict[str, Any], aliases: dict[str, dict[str, str]]) -> dict[str, dict[str, dict[str, Any]]]:
    """What was made of a sheet's own words: ``remembered`` field -> word -> value ("" or itself: kept as written), and
    ``unknown`` field -> word -> rows, at most SHOWN of a field."""
    told: dict[str, dict[str, dict[str, Any]]] = {"remembered": {}, "unknown": {}}
    for field, pairs in preview.get("heard", {}).get("words", {}).items():
        for word, rows in pairs:
            if (meaning := aliases.get(field, {}).get(word)) is None:
                told["unknown"].setdefault(field, {})[word] = rows
            else:
                told["remembered"].setdefault(field, {})[word] = meaning
    return told
