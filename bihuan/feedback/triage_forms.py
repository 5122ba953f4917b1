"""What a person types in while triaging, merging, ruling and closing the day."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import EditForm, Form, choices, picklist_field
from bihuan.core.text import Text
from bihuan.feedback import feedback_choices
from bihuan.feedback.labels import AXES
from bihuan.people.models import User

_BLANK = Text("未选", "None chosen")


class LabelForm(EditForm):
    """The labels of one feedback item. ``shown_scope`` is the scope that was suggested; ``group`` gives it to all alike."""

    problem_type = picklist_field(AXES["problem_type"][0], feedback_choices.PROBLEM_TYPES, _BLANK, required=True)
    scope = forms.ChoiceField(label=AXES["scope"][0], choices=choices(feedback_choices.SCOPES, _BLANK))
    urgency = forms.ChoiceField(label=AXES["urgency"][0], choices=choices(feedback_choices.URGENCIES, _BLANK))
    sentiment = forms.ChoiceField(
        label=AXES["sentiment"][0], choices=choices(feedback_choices.SENTIMENTS, _BLANK), required=False
    )
    nature = picklist_field(AXES["nature"][0], feedback_choices.NATURES, _BLANK)
    shown_scope = forms.ChoiceField(choices=choices(feedback_choices.SCOPES, _BLANK), required=False)
    group = forms.BooleanField(required=False)

    @property
    def given(self) -> dict[str, str]:
        return {axis: self.cleaned_data.get(axis, "") for axis in AXES}


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=Text("原因", "Reason"), max_length=500)


class MeetingForm(Form):
    """Who sits in today's review meeting."""

    people = forms.ModelMultipleChoiceField(
        label=Text("参会人", "People"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = User.objects.with_role("supervisor", "product_manager", "operations_manager")
        self.fields["people"].queryset = able  # type: ignore[attr-defined]


class RulingForm(Form):
    """What the meeting decides on one dispute."""

    problem_type = picklist_field(AXES["problem_type"][0], feedback_choices.PROBLEM_TYPES, _BLANK, required=True)
    scope = forms.ChoiceField(label=AXES["scope"][0], choices=choices(feedback_choices.SCOPES, _BLANK))
    urgency = forms.ChoiceField(label=AXES["urgency"][0], choices=choices(feedback_choices.URGENCIES, _BLANK))
    ruling = forms.CharField(
        label=Text("判定结论", "Ruling"), max_length=1000, widget=forms.Textarea(attrs={"lines": 2})
    )


class SignForm(Form):
    """The supervisor's signature under a day."""

    comment = forms.CharField(
        label=Text("说明", "Note"),
        help_text=Text(
            "还有未分类时必填：原因和安排。", "Needed while some are not triaged: why, and what is arranged."
        ),
        max_length=500,
        required=False,
    )
