"""What is typed in while work goes on."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.cases.case_choices import TALK_WAYS
from bihuan.core.forms import CHOOSE, DayField, EditForm, Form, choices
from bihuan.core.text import both
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

    done = _long(both("今天做了什么", "Done today"))
    percent = forms.IntegerField(label=both("进度 %", "Progress %"), required=False, min_value=0, max_value=100)
    problem = _long(both("遇到的问题", "Problem met"))
    adjustment = _long(both("临时调整措施", "Adjustment made"))
    help_needed = _long(both("需要谁协调", "Help needed"))
    next_step = _long(both("下一步计划", "Next step"))
    estimate = DayField(label=both("预计完成", "Now expected by"), required=False)


class ReasonForm(Form):
    reason = forms.CharField(label=both("原因", "Reason"), max_length=300, widget=forms.Textarea(attrs={"lines": 2}))


class DueForm(EditForm):
    due = DayField(label=both("新的期限", "New due date"))
    reason = forms.CharField(label=both("原因", "Reason"), max_length=300)


class OwnerForm(Form):
    owner = forms.ModelChoiceField(label=both("转交给", "Hand to"), queryset=User.objects.none(), empty_label=CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]


class TaskForm(Form):
    content = forms.CharField(label=both("做什么", "What"), max_length=400, widget=forms.Textarea(attrs={"lines": 2}))
    owner = forms.ModelChoiceField(label=both("负责人", "Owner"), queryset=User.objects.none(), empty_label=CHOOSE)
    due = DayField(label=both("期限", "Due"))
    depends_on = forms.ModelChoiceField(
        label=both("在哪一步之后", "After which step"), queryset=Task.objects.none(), required=False
    )
    milestone = forms.BooleanField(label=both("里程碑，需要验收", "Milestone, to be accepted"), required=False)

    def __init__(self, case: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]
        self.fields["depends_on"].queryset = Task.objects.present(case)  # type: ignore[attr-defined]


class NoticeForm(Form):
    """What the customer is told about a moved date."""

    channel = forms.ChoiceField(label=both("方式", "By"), choices=choices(TALK_WAYS))
    content = forms.CharField(
        label=both("对客户说的话", "What was said"), max_length=2000, widget=forms.Textarea(attrs={"lines": 5})
    )
    reply = _long(both("客户的回复", "What they answered"))
