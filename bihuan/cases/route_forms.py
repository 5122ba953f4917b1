"""The routing table as a form: a line a rule, some empty lines at the end; and what a dry run and a handover ask for."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django import forms
from django.forms import BoundField

from bihuan.cases import case_choices
from bihuan.cases.models.route_table import types
from bihuan.core.forms import EditForm, Form, choices
from bihuan.core.text import Text
from bihuan.people.models import Team, User

ANY = Text("不限", "Any")
NOBODY = Text("不指定", "Not specified")
EMPTY_LINES = 3
PARTS = ("order", "kind", "type", "product", "team", "lead", "note")


def teams() -> list[tuple[str, Any]]:
    return [
        ("", Text("（不用这一行）", "(line not used)")),
        *((str(t.pk), t.name) for t in Team.objects.order_by("id")),
    ]


def leads() -> list[tuple[str, Any]]:
    able = [u for u in User.objects.filter(is_active=True).prefetch_related("grants") if u.can("task.work")]
    return [("", NOBODY), *((str(u.pk), u.name) for u in able)]


class RulesForm(EditForm):
    """``rules()`` gives the lines that name a team, in the order of their numbers."""

    def __init__(self, rules: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound = [int(k.removeprefix("order_")) for k in self.data if k.removeprefix("order_").isdecimal()]
        self.count = min(max([len(rules) + EMPTY_LINES, *(n + 1 for n in bound)]), 210)
        own, able = teams(), leads()
        for n in range(self.count):
            rule = rules[n] if n < len(rules) else {}
            made: dict[str, forms.Field] = {
                "order": forms.IntegerField(label=Text("顺序", "Order"), min_value=1, max_value=9999, required=False),
                "kind": forms.ChoiceField(
                    label=Text("性质", "Kind"), choices=choices(case_choices.KINDS, ANY), required=False
                ),
                "type": forms.ChoiceField(label=Text("类型", "Type"), choices=choices(types(), ANY), required=False),
                "product": forms.CharField(label=Text("产品含", "Product contains"), max_length=80, required=False),
                "team": forms.ChoiceField(label=Text("小组", "Team"), choices=own, required=False),
                "lead": forms.ChoiceField(label=Text("负责人", "Lead"), choices=able, required=False),
                "note": forms.CharField(label=Text("说明", "Note"), max_length=120, required=False),
            }
            for part, field in made.items():
                field.initial = (n + 1) * 10 if part == "order" else rule.get(part, "") or ""
                look = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
                field.widget.attrs["class"] = look
                self.fields[f"{part}_{n}"] = field

    def lines(self) -> Iterator[list[BoundField]]:
        for n in range(self.count):
            yield [self[f"{part}_{n}"] for part in PARTS]

    @property
    def heads(self) -> list[Any]:
        return [self[f"{part}_0"].label for part in PARTS]

    def rules(self) -> list[dict[str, Any]]:
        clean, found = self.cleaned_data, []
        for n in range(self.count):
            line = {part: clean.get(f"{part}_{n}") or "" for part in PARTS}
            if line["team"]:
                whose = {"team": int(line["team"]), "lead": int(line["lead"]) if line["lead"] else None}
                plain = {part: line[part].strip() for part in ("kind", "type", "product", "note")}
                found.append((line["order"] or 9999, n, plain | whose))
        return [rule for _, _, rule in sorted(found, key=lambda one: one[:2])]


class TryForm(Form):
    """A case as far as routing looks at it."""

    kind = forms.ChoiceField(label=Text("性质", "Kind"), choices=list(case_choices.KINDS.items()))
    type = forms.ChoiceField(
        label=Text("类型", "Type"), choices=lambda: choices(types(), Text("未定", "Not set")), required=False
    )
    product = forms.CharField(label=Text("产品", "Product"), max_length=80, required=False)

    def case(self) -> Any:
        blank = dict.fromkeys(("technical_type", "problem_type", "requirement_type"), "")
        dictionary, _, code = self.cleaned_data["type"].partition(":")
        plain = {"kind": self.cleaned_data["kind"], "product": self.cleaned_data["product"]}
        return SimpleNamespace(**(blank | plain | ({dictionary: code} if code else {})))


class HandoverForm(Form):
    """To whom, and why."""

    team = forms.ModelChoiceField(Team.objects.order_by("id"), label=Text("小组", "Team"))
    lead = forms.ModelChoiceField(
        User.objects.filter(is_active=True).order_by("id"),
        label=Text("负责人", "Lead"),
        required=False,
        empty_label=NOBODY,
    )
    reason = forms.CharField(label=Text("理由", "Reason"), min_length=2, max_length=500)
