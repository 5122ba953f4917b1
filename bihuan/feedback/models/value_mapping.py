"""ValueMapping: a word of sheets and the value it is read as, remembered for every later sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.flow import edit
from bihuan.audit.models import Actor
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.feedback import events
from bihuan.feedback.column_mapping import FIELD_NAMES
from bihuan.feedback.value_mappings import MAX_WORD_LENGTH, Mappings, organisation_names, value_name

if TYPE_CHECKING:
    from bihuan.people.models import User


class ValueMappingQuerySet(models.QuerySet["ValueMapping"]):
    def visible_to(self, user: User) -> ValueMappingQuerySet:
        return self if user.can("feedback.import") else self.none()

    def remembered(self) -> Mappings:
        """All remembered mappings: field → word → value."""
        mappings: Mappings = {}
        for field, word, value in self.filter(remembered=True).values_list("field", "word", "meaning"):
            mappings.setdefault(field, {})[word] = value
        return mappings

    def for_new_sheet(self) -> Mappings:
        """The mappings a new sheet is read by: the organisation's own names, then the remembered ones."""
        remembered = self.remembered()
        named = {field: names for field, names in organisation_names().items() if names}
        return remembered | {field: names | remembered.get(field, {}) for field, names in named.items()}


class ValueMapping(SubjectModel, BaseModel):
    """``meaning`` is the value that ``word`` in a column of ``field`` is read as. A row is never deleted: one that is
    not ``remembered`` was forgotten."""

    NOUN = "value_mapping"

    field = models.CharField(max_length=24, choices=list(FIELD_NAMES.items()))
    word = models.CharField(max_length=MAX_WORD_LENGTH)
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
    def timeline(self) -> str:
        return "imports/mappings"

    @property
    def value_name(self) -> Text:
        return value_name(self.field, self.word, self.meaning)

    @classmethod
    @transaction.atomic
    def remember(cls, field: str, word: str, value: str, *, by: Actor) -> ValueMapping:
        """Read ``word`` as ``value`` in every later sheet."""
        mapping, _ = cls.objects.get_or_create(field=field, word=word, defaults={"by": by})
        if not mapping.remembered or mapping.meaning != value:
            edit(
                mapping, {"meaning": value, "remembered": True, "by": by}, by=by, event_type=events.VALUE_MAPPED, seen=None,
                column=FIELD_NAMES[field], word=word, named=value_name(field, word, value),
            )  # fmt: skip
        return mapping

    @transaction.atomic
    def forget(self, *, by: Actor) -> None:
        """Later sheets ask for the word again; what was read by it stays as it is."""
        edit(
            self, {"remembered": False}, by=by, event_type=events.VALUE_MAPPING_FORGOTTEN, seen=None,
            column=FIELD_NAMES[self.field], word=self.word,
        )  # fmt: skip

    @classmethod
    @transaction.atomic
    def remember_choices(cls, preview: Mapping[str, Any], mappings: Mappings, *, by: Actor) -> None:
        """Remember for later sheets what ``mappings`` says of the words that a sheet's page listed; forget the words it
        no longer maps."""
        before = cls.objects.remembered()
        for field, pairs in preview.get("unmapped", {}).get("words", {}).items():
            for word, _ in pairs:
                value = mappings.get(field, {}).get(word)
                if value == before.get(field, {}).get(word):
                    continue
                if value is None:
                    cls.objects.get(field=field, word=word).forget(by=by)
                else:
                    cls.remember(field, word, value, by=by)
