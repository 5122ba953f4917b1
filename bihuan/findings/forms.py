"""What a person types in about a problem."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import Form
from bihuan.core.text import Text
from bihuan.findings.models import Problem

_WHY = Text("理由", "Reason")


class NameForm(Form):
    title = forms.CharField(label=Text("名称", "Name"), min_length=2, max_length=120)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class WhyForm(Form):
    reason = forms.CharField(label=_WHY, min_length=2, max_length=300)


class MergeForm(WhyForm):
    """The number of the problem it is the same as."""

    into = forms.CharField(label=Text("并入哪个问题(编号)", "Into which problem (number)"), max_length=24)

    def clean_into(self) -> Problem:
        feedback = Problem.objects.filter(number__iexact=self.cleaned_data["into"].strip()).first()
        if feedback is None:
            raise forms.ValidationError(str(Text("没有这个编号的问题", "There is no problem with this number")))
        return feedback


class SplitForm(WhyForm):
    """What the part that is split off is called; the feedback items are ticked in the list."""

    title = forms.CharField(label=Text("分出来的问题叫什么", "Name of the part"), max_length=120, required=False)

    field_order = ["title", "reason"]


class AddFeedbackForm(Form):
    """The number of a feedback item that tells this problem."""

    number = forms.CharField(label=Text("反馈编号", "Number of the feedback item"), max_length=24)

    def __init__(self, *args: Any, feedback_items: Any, **kwargs: Any) -> None:
        self.feedback_items = feedback_items
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        number = (self.cleaned_data.get("number") or "").strip()
        feedback = self.feedback_items.filter(number__iexact=number).first() if number else None
        if number and feedback is None:
            self.add_error("number", str(Text("没有找到这条反馈", "No such feedback item")))
        return {"feedback": feedback}


class ExposureForm(Form):
    """A sheet of business volume."""

    file = forms.FileField(
        label=Text("业务量表格", "Exposure file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt,.gz", "data-submit": ""}),
        allow_empty_file=True,
    )
