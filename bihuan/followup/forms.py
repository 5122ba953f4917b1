"""What is typed in when a customer is asked and a case is closed. No score is ever preselected."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import EditForm, Form, choices
from bihuan.core.text import Text
from bihuan.followup import followup_choices
from bihuan.followup.evaluations import Evaluation


def _pick(label: Any, options: Any, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=list(options.items()), widget=forms.RadioSelect, required=required, empty_value=""
    )


EVENTS = {
    "before": Text("之前：共多少次（选填）", "Before: out of how many (optional)"),
    "after": Text("之后：共多少次（选填）", "After: out of how many (optional)"),
}


class AnswerForm(Form):
    """The three questions of S1-49, a comment, and whether they felt treated fairly (ISO 10002)."""

    solved = _pick(Text("问题解决了吗？", "Is the problem solved?"), followup_choices.SOLVED)
    met = _pick(Text("需求满足了吗？", "Was your need met?"), followup_choices.MET)
    score = forms.TypedChoiceField(
        label=Text("您给这次服务打几分？", "How do you rate this service?"),
        choices=list(followup_choices.SCORES.items()), widget=forms.RadioSelect, coerce=int,
    )  # fmt: skip
    comment = forms.CharField(
        label=Text("还想说什么（选填）", "Anything else (optional)"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"lines": 3}),
    )  # fmt: skip

    def clean_solved(self) -> bool:
        return bool(self.cleaned_data["solved"] == "yes")


class CallForm(AnswerForm):
    """The same, asked on the phone."""

    fair = _pick(
        Text("处理过程公平、及时告知吗？（选填）", "Treated fairly and kept informed? (optional)"),
        followup_choices.FAIR,
        False,
    )
    respondent = forms.CharField(label=Text("谁回答的", "Who answered"), required=False, max_length=60)


class NoteForm(Form):
    note = forms.CharField(label=Text("情况", "Circumstances"), required=False, max_length=200)


class ReasonForm(Form):
    reason = forms.CharField(label=Text("理由", "Reason"), max_length=300, widget=forms.Textarea(attrs={"lines": 2}))


class EvaluationForm(EditForm):
    """The measured values, one field a metric."""

    satisfaction = forms.DecimalField(
        label=Text("客户满意度 1-5", "Satisfaction 1-5"), required=False, min_value=1, max_value=5, decimal_places=2
    )
    verdict = forms.ChoiceField(
        label=Text("结论", "Verdict"), required=False,
        choices=choices(followup_choices.VERDICTS, Text("按数据得出", "As the numbers say")),
    )  # fmt: skip
    override_reason = forms.CharField(
        label=Text("与数据结论不同的理由", "Why it differs from the numbers"), required=False, max_length=500
    )
    early_reason = forms.CharField(label=Text("提前评估的理由", "Why it is done early"), required=False, max_length=500)
    next_step = forms.CharField(
        label=Text("下一步（固化、推广或改进）", "Next step (standardise, spread, improve)"), required=False,
        max_length=1000, widget=forms.Textarea(attrs={"lines": 2}),
    )  # fmt: skip

    def __init__(self, evaluation: Evaluation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.metrics = list(evaluation.metrics.all())
        for one in self.metrics:
            self.fields[f"after_{one.pk}"] = forms.DecimalField(
                label=one.metric, max_digits=16, decimal_places=4, widget=forms.NumberInput(attrs={"class": "form-control", "step": "any"})
            )  # fmt: skip
            for when, label in EVENTS.items() if one.is_share else ():
                self.fields[f"events_{when}_{one.pk}"] = forms.IntegerField(
                    label=label, required=False, min_value=1, max_value=10**15, widget=forms.NumberInput(attrs={"class": "form-control"})
                )  # fmt: skip
        if not evaluation.is_early:
            del self.fields["early_reason"]

    def clean(self) -> dict[str, Any]:
        """The measured values by metric id, as the verb wants them."""
        got = super().clean() or {}
        after = {m.pk: got.pop(f"after_{m.pk}") for m in self.metrics if f"after_{m.pk}" in got}
        events = {}
        for m in self.metrics:
            before, later = (got.pop(f"events_{when}_{m.pk}", None) for when in EVENTS)
            if (before is None) != (later is None):
                missing = f"events_{'before' if before is None else 'after'}_{m.pk}"
                if missing not in self.errors:
                    self.add_error(
                        missing, str(Text("前后两个都填，或都不填。", "Give both, before and after, or neither."))
                    )
            events[m.pk] = (before, later)
        return got | {"after": after, "events": events}

    def measured(self) -> list[tuple[Any, Any, list[Any]]]:
        """Each metric with its field, and for a percentage the two of how many it was counted over."""
        return [
            (m, self[f"after_{m.pk}"], [self[f"events_{when}_{m.pk}"] for when in EVENTS] if m.is_share else [])
            for m in self.metrics
        ]

    def others(self) -> list[Any]:
        return [f for f in self.visible_fields() if not f.name.startswith(("after_", "events_"))]


class ArchiveForm(EditForm):
    conclusion = forms.CharField(
        label=Text("归档结论", "Conclusion"), max_length=2000, widget=forms.Textarea(attrs={"lines": 3})
    )
    improvement_kind = forms.ChoiceField(
        label=Text("改进建议类别", "Category of improvement"), required=False,
        choices=choices(followup_choices.IMPROVEMENTS, Text("没有", "None")),
    )  # fmt: skip
    suggestion = forms.CharField(
        label=Text("改进建议", "Improvement suggestion"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"lines": 2}),
    )
    common = forms.CharField(
        label=Text("共性问题标签", "Common-problem tag"), required=False, max_length=80,
        help_text=Text("例如：数据导出、容量不足", "For example: data export, capacity"),
    )  # fmt: skip
