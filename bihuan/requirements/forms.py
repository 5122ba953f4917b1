"""What people type in about a requirement."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.cases.forms import LinesField
from bihuan.core.forms import CHOOSE, DayField, EditForm, Form, choices, picklist_field
from bihuan.core.text import Text
from bihuan.deadlines.models import Scheme
from bihuan.requirements import requirement_choices
from bihuan.requirements.models import Iteration


def _text(zh: str, en: str, hint: Text | None = None, lines: int = 2) -> Any:
    widget = forms.Textarea(attrs={"lines": lines})
    return forms.CharField(label=Text(zh, en), required=False, max_length=4000, widget=widget, help_text=hint or "")


class Fields(forms.Form):
    title = forms.CharField(label=Text("需求", "Requirement"), max_length=200)
    description = _text("需求描述", "Description", Text("客户怎么说的", "As the customer put it"), 3)
    surface = _text("表面需求", "Surface need", Text("客户要的是什么做法", "What the customer asked for"))
    essential = _text("本质需求", "Essential need", Text("为了解决什么", "What it is to solve"))
    explicit = LinesField(
        label=Text("显性需求", "Explicit needs"), required=False, help_text=Text("一行一条", "One a line")
    )
    implicit = LinesField(
        label=Text("隐性需求", "Implicit needs"),
        required=False,
        help_text=Text("没有说出口但少不了的，一行一条", "Unsaid yet needed, one a line"),
    )
    goal_link = _text("与业务目标的关系", "Relation to the business goal")
    klass = picklist_field(Text("需求类型", "Class"), requirement_choices.CLASSES, CHOOSE)
    method = forms.ChoiceField(
        label=Text("收集方式", "How collected"), choices=choices(requirement_choices.METHODS, CHOOSE), required=False
    )


class NewForm(Form, Fields):
    field_order = list(Fields.base_fields)


class ChangeForm(EditForm, Fields):
    field_order = [*Fields.base_fields, "seen"]


class ScoreForm(Form):
    """The inputs of an ordering scheme; every score carries its reason (S2-44)."""

    def __init__(self, scheme: Scheme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        for code, field in scheme.data["inputs"].items():
            name = Text(field["name"]["zh"], field["name"]["en"])
            self.fields[code] = _input(field, name)
            self.fields[f"{code}_reason"] = forms.CharField(
                label=Text("{what}的理由", "Reason for the {what}", what=name),
                max_length=300,
                required=field["kind"] == "score",
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def inputs(self) -> dict[str, Any]:
        kinds = {code: field["kind"] for code, field in self.scheme.data["inputs"].items()}
        found = {code: self.cleaned_data.get(code) for code in kinds}
        whole = {code: int(value) for code, value in found.items() if kinds[code] == "score" and value}
        numbers = {
            code: _number(value) for code, value in found.items() if kinds[code] == "number" and value is not None
        }
        return found | whole | numbers

    def reasons(self) -> dict[str, str]:
        return {c: w for c in self.scheme.data["inputs"] if (w := self.cleaned_data.get(f"{c}_reason", ""))}


def _input(field: dict[str, Any], name: Text) -> forms.Field:
    if field["kind"] == "number":
        made: forms.Field = forms.DecimalField(min_value=field["min"], max_value=field["max"], decimal_places=3)
        made.widget.attrs.update({"class": "form-control", "step": "any"})
    elif field["kind"] == "bool":
        made = forms.BooleanField(required=False)
        made.widget.attrs["class"] = "form-check-input"
    else:
        named = [(value, Text.from_json(one)) for value, one in field["values"].items()]
        made = forms.ChoiceField(choices=[("", CHOOSE), *named])
        made.widget.attrs["class"] = "form-select"
    made.label = str(name)
    return made


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


class ReasonForm(Form):
    reason = forms.CharField(label=Text("理由", "Reason"), min_length=2, max_length=500)


class PlaceForm(ReasonForm):
    disposition = forms.ChoiceField(
        label=Text("安排到", "Place in"), choices=list(requirement_choices.DISPOSITIONS.items())
    )
    iteration = forms.ModelChoiceField(Iteration.objects.none(), label=Text("迭代", "Iteration"), required=False)
    pool = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label=Text("月份", "Month"),
        required=False,
        help_text=Text("如 2026-12，只用于月度计划", "E.g. 2026-12, for the monthly plan only"),
    )
    field_order = ["disposition", "iteration", "pool", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["iteration"]
        field.queryset, field.empty_label = Iteration.objects.order_by("-start"), Text("不指定", "Not specified")


class IterationForm(Form):
    name = forms.CharField(label=Text("名称", "Name"), max_length=60)
    start = DayField(label=Text("开始", "Start"))
    finish = DayField(label=Text("结束", "Finish"))


class DecisionForm(ReasonForm):
    decision = forms.ChoiceField(label=Text("决定", "Decision"), choices=list(requirement_choices.DECISIONS.items()))
    field_order = ["decision", "reason"]


class CloseForm(Form):
    note = forms.CharField(label=Text("会议说明", "Note"), required=False, max_length=1000)
