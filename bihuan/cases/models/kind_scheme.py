"""KindScheme: by which scheme a kind of case is assessed unless another is chosen (C-01)."""

from __future__ import annotations

from django.db import models, transaction

from bihuan.audit.base_models import SubjectModel
from bihuan.audit.flow import edit
from bihuan.cases import case_choices, events
from bihuan.core.errors import Refused
from bihuan.core.models import BaseModel
from bihuan.core.text import Text
from bihuan.deadlines.models import Scheme
from bihuan.insight.priority import SCHEMES
from bihuan.people.models import User


class KindScheme(SubjectModel, BaseModel):
    """A kind's own scheme. Without a row the shipped choice holds (case_choices.SCHEME_OF)."""

    NOUN = "kind_scheme"

    kind = models.CharField(max_length=12, choices=list(case_choices.KINDS.items()), unique=True)
    code = models.CharField(max_length=32)

    class Meta:
        db_table = "kind_scheme"

    @property
    def subject_name(self) -> str:
        return case_choices.KINDS[self.kind].zh

    @property
    def timeline(self) -> str:
        return "scheme/kinds"

    @classmethod
    def of(cls, kind: str) -> str:
        """The code of the scheme this kind is assessed by."""
        own = cls.objects.filter(kind=kind).values_list("code", flat=True).first()
        return own or case_choices.SCHEME_OF[kind]

    @classmethod
    def of_all_kinds(cls) -> dict[str, str]:
        """Each kind and the code of its scheme."""
        return case_choices.SCHEME_OF | dict(cls.objects.values_list("kind", "code"))

    @classmethod
    @transaction.atomic
    def choose(cls, kind: str, code: str, *, by: User) -> None:
        """Assess cases of this kind by another scheme from now on; those assessed already stay."""
        if code not in SCHEMES:
            raise Refused(Text("没有这个方案。", "There is no such scheme."))
        row, _ = cls.objects.get_or_create(kind=kind, defaults={"code": case_choices.SCHEME_OF[kind]})
        what, scheme = case_choices.KINDS[kind], Scheme.current(code).name
        edit(row, {"code": code}, by=by.actor, event_type=events.KIND_SCHEME, seen=None, what=what, scheme=scheme)
