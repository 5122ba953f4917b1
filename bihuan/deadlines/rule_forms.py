"""What the administrator types in about deadlines."""

from __future__ import annotations

from django import forms

from bihuan.core.forms import DayField, EditForm, Form, choices
from bihuan.core.text import Text
from bihuan.deadlines.deadline_choices import RECIPIENTS
from bihuan.deadlines.time_units import NAMES, Unit

UNITS: dict[str, Text] = {unit: NAMES[unit][1] for unit in Unit}


def _amount() -> forms.DecimalField:
    return forms.DecimalField(label=Text("数量", "Amount"), min_value=0, max_value=9999, decimal_places=2)


def _unit() -> forms.ChoiceField:
    return forms.ChoiceField(label=Text("单位", "Unit"), choices=choices(UNITS))


class EscalationStepForm(EditForm):
    percent = forms.IntegerField(label=Text("时间用到 %", "Percent of the time"), min_value=1, max_value=100)
    hours_after_due = forms.IntegerField(
        label=Text("超时后几个工作小时（只在 100% 时）", "Working hours past due, at 100 %"), min_value=0, max_value=400
    )
    recipients = forms.MultipleChoiceField(
        label=Text("告诉谁", "Recipients"), choices=choices(RECIPIENTS), widget=forms.CheckboxSelectMultiple
    )
    active = forms.BooleanField(label=Text("启用", "Enabled"), required=False)


class PauseLimitForm(EditForm):
    amount = _amount()
    unit = _unit()
    active = forms.BooleanField(label=Text("启用", "Enabled"), required=False)


class WordingForm(Form):
    """Another wording of a statutory deadline."""

    valid_from = DayField(label=Text("自哪天起", "From which day"))
    amount = _amount()
    unit = _unit()
    source = forms.CharField(
        label=Text("依据：文件、条款", "Source: text and article"),
        max_length=400,
        widget=forms.Textarea(attrs={"lines": 3}),
    )


class StatutoryRuleForm(WordingForm, EditForm):
    """A wording put right: its numbers, its source, its day."""

    active = forms.BooleanField(label=Text("启用", "Enabled"), required=False)
