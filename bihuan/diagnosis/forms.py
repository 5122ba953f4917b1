"""What people type in while diagnosing."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import EditForm, Form, MomentField, choices
from bihuan.core.text import Text
from bihuan.diagnosis import diagnosis_choices
from bihuan.diagnosis.models import Analysis, Cause
from bihuan.findings.models import Finding
from bihuan.people.models import User


class LayersForm(EditForm):
    """The three layers: phenomenon, effect, range (S2-21)."""

    phenomenon = forms.CharField(
        label=Text("现象：看到了什么", "Phenomenon: what is seen"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=Text("例如：高峰时段系统卡顿", "E.g. the system stutters at peak hours"),
    )
    effect = forms.CharField(
        label=Text("影响：造成了什么", "Effect: what it causes"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=Text("例如：订单不能及时提交", "E.g. orders cannot be submitted in time"),
    )
    range = forms.CharField(
        label=Text("范围：到哪里为止", "Range: how far it reaches"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=Text("例如：只在订单模块、只在高峰期", "E.g. only the order module, only at peak"),
    )


class FiveForm(EditForm):
    """One 5W1H: six prompted fields, kept as one answer each."""

    def __init__(self, prompts: tuple[tuple[str, Any, Any], ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, title, hint in prompts:
            self.fields[key] = forms.CharField(
                label=title, help_text=hint, required=False, max_length=2000,
                widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
            )  # fmt: skip

    def answers(self) -> dict[str, str]:
        return {k: v for k, v in self.cleaned_data.items() if k != "seen"}


class CauseForm(Form):
    """One cause on the fishbone (S2-47)."""

    dimension = forms.ChoiceField(label=Text("分析维度", "Dimension"), choices=choices(diagnosis_choices.DIMENSIONS))
    text = forms.CharField(label=Text("潜在原因", "Possible cause"), max_length=200)
    level = forms.ChoiceField(label=Text("层次", "Level"), choices=choices(diagnosis_choices.LEVELS), initial="direct")
    verify_method = forms.CharField(
        label=Text("验证方式", "How to verify"),
        required=False,
        max_length=200,
        help_text=Text("日志、压力测试、访谈、抽查……", "Logs, stress test, interview, sampling…"),
    )
    under = forms.ModelChoiceField(
        label=Text("来自哪个根本原因", "Comes from which root cause"), queryset=Cause.objects.none(), required=False
    )

    def __init__(self, analysis: Analysis, *args: Any, roots: list[Cause] | None = None, **kwargs: Any) -> None:
        """``roots``: the root causes where they were read already, to draw the form."""
        super().__init__(*args, **kwargs)
        under = self.fields["under"]
        assert isinstance(under, forms.ModelChoiceField)  # noqa: S101  for the type checker
        if roots is None:
            under.queryset = analysis.causes.filter(level="root")
        else:
            under.choices = [("", under.empty_label), *((one.pk, str(one)) for one in roots)]


class FoundForm(Form):
    """A finding of the engine as evidence: of a cause that is there, or of a new one."""

    finding = forms.ModelChoiceField(queryset=Finding.objects.none(), widget=forms.HiddenInput)
    cause = forms.ModelChoiceField(
        label=Text("作为哪个原因的证据", "Evidence of which cause"),
        queryset=Cause.objects.none(),
        required=False,
        empty_label=str(Text("新的原因", "A new cause")),
    )
    dimension = forms.ChoiceField(label=Text("分析维度", "Dimension"), choices=choices(diagnosis_choices.DIMENSIONS))
    text = forms.CharField(label=Text("新原因", "New cause"), max_length=200, required=False)

    def __init__(self, analysis: Analysis, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].queryset = analysis.causes.all()  # type: ignore[attr-defined]
        self.fields["finding"].queryset = Finding.objects.current()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("cause") and not (given.get("text") or "").strip():
            self.add_error("text", str(Text("请选择一个原因，或写下新原因", "Choose a cause or write a new one")))
        return given


class EvidenceForm(Form):
    text = forms.CharField(
        label=Text("证据", "Evidence"),
        widget=forms.Textarea,
        required=False,
        max_length=4000,
        help_text=Text(
            "查到了什么：日志时间点、测试数据、访谈记录", "What was found: log times, test figures, interview notes"
        ),
    )
    upload = forms.FileField(label=Text("附件", "File"), required=False)


class ReasonForm(Form):
    reason = forms.CharField(label=Text("理由", "Reason"), max_length=500)


class WhysForm(EditForm):
    """The chain of whys, one answer a line; the last is the root."""

    answers = forms.CharField(
        label=Text("一行一个“为什么”的回答，最后一行是根因", "One answer a line; the last is the root"),
        widget=forms.Textarea(attrs={"lines": 6}),
        max_length=2000,
    )
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_answers(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["answers"].splitlines() if line.strip()]
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(
                str(Text("每个回答请控制在 300 字以内。", "Keep each answer within 300 characters."))
            )
        return lines


class ImpactForm(Form):
    side = forms.ChoiceField(label=Text("影响谁", "On whom"), choices=choices(diagnosis_choices.SIDES))
    metric = forms.CharField(
        label=Text("指标", "Metric"), max_length=80, help_text=Text("例如：延误订单", "E.g. delayed orders")
    )
    value = forms.DecimalField(label=Text("数值", "Value"), max_digits=16, decimal_places=2)
    unit = forms.CharField(
        label=Text("单位", "Unit"), max_length=20, help_text=Text("单、元、人、%", "orders, yuan, people, %")
    )
    period = forms.CharField(
        label=Text("周期", "Period"), max_length=40, required=False, help_text=Text("每天、本周", "a day, this week")
    )


class ConclusionForm(EditForm):
    conclusion = forms.CharField(
        label=Text("结论：是否必要投入、为什么", "Conclusion: is the input needed, and why"),
        widget=forms.Textarea,
        max_length=2000,
    )


class MeetingForm(Form):
    kind = forms.ChoiceField(label=Text("会议", "Meeting"), choices=choices(diagnosis_choices.MEETINGS))
    at = MomentField(label=Text("时间", "Time"))
    attendees = forms.ModelMultipleChoiceField(
        label=Text("参加人", "Attendees"),
        queryset=User.objects.filter(is_active=True, grants__isnull=False).distinct().order_by("id"),
        widget=forms.CheckboxSelectMultiple,
    )
    minutes = forms.CharField(label=Text("纪要", "Minutes"), widget=forms.Textarea, required=False, max_length=10000)
