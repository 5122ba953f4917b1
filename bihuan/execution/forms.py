"""What is typed in while work goes on."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.cases.case_choices import COMMUNICATION_CHANNELS
from bihuan.core.forms import CHOOSE, DayField, EditForm, Form, choices
from bihuan.core.text import Text
from bihuan.execution.models import Task
from bihuan.people.models import User
from bihuan.people.permissions import CAPABILITIES


def people() -> Any:
    """Those who can own a task."""
    return User.objects.with_role(*CAPABILITIES["task.work"])


def _long(label: Any, lines: int = 2, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"lines": lines}), **kwargs
    )


class ReportForm(Form):
    """Today's entry; every field may stay empty but not all."""

    done = _long(Text("今天做了什么", "Done today"))
    percent = forms.IntegerField(label=Text("进度 %", "Progress %"), required=False, min_value=0, max_value=100)
    problem = _long(Text("遇到的问题", "Problem met"))
    adjustment = _long(Text("临时调整措施", "Adjustment made"))
    help_needed = _long(Text("需要谁协调", "Help needed"))
    next_step = _long(Text("下一步计划", "Next step"))
    estimate = DayField(label=Text("预计完成", "Expected finish"), required=False)


class ReasonForm(Form):
    reason = forms.CharField(label=Text("原因", "Reason"), max_length=300, widget=forms.Textarea(attrs={"lines": 2}))


class DueForm(EditForm):
    due = DayField(label=Text("新的期限", "New due date"))
    reason = forms.CharField(label=Text("原因", "Reason"), max_length=300)


class OwnerForm(Form):
    owner = forms.ModelChoiceField(label=Text("转交给", "Hand to"), queryset=User.objects.none(), empty_label=CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]


class TaskForm(Form):
    content = forms.CharField(label=Text("做什么", "What"), max_length=400, widget=forms.Textarea(attrs={"lines": 2}))
    owner = forms.ModelChoiceField(label=Text("负责人", "Owner"), queryset=User.objects.none(), empty_label=CHOOSE)
    due = DayField(label=Text("期限", "Due"))
    depends_on = forms.ModelChoiceField(
        label=Text("在哪一步之后", "After which step"), queryset=Task.objects.none(), required=False
    )
    milestone = forms.BooleanField(label=Text("里程碑，需要验收", "Milestone, to be accepted"), required=False)

    def __init__(self, case: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]
        self.fields["depends_on"].queryset = Task.objects.present(case)  # type: ignore[attr-defined]


class NoticeForm(Form):
    """What the customer is told about a moved date."""

    channel = forms.ChoiceField(label=Text("方式", "Method"), choices=choices(COMMUNICATION_CHANNELS))
    content = forms.CharField(
        label=Text("对客户说的话", "What was said"), max_length=2000, widget=forms.Textarea(attrs={"lines": 5})
    )
    reply = _long(Text("客户的回复", "What they answered"))
