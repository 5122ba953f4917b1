"""What people type into plans."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from bihuan.core.forms import CHOOSE, DayField, EditForm, Form, choices
from bihuan.core.text import Text
from bihuan.diagnosis.models import Cause
from bihuan.people.models import User
from bihuan.plans import plan_choices
from bihuan.plans.models import Measure, Option, Plan

FIELDS = ("problem", "approach", "acceptance", "lead", "start", "finish", "effort_days", "budget", "risks", "rollback")


def _long(label: Text, hint: Text | None = None, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"class": "form-control", "rows": 2})
    return forms.CharField(label=label, help_text=hint or "", required=required, max_length=4000, widget=area)


class PlanForm(EditForm):
    """The plan's own fields: the sheet's seven (S3-44) with budget, risks and rollback (S4-I05)."""

    problem = _long(Text("问题描述", "Problem description"), required=True)
    approach = _long(
        Text("做什么、怎样实现", "What is done, and how"),
        Text("也会作为给客户的说明草稿", "Also the draft of what the customer reads"),
    )
    acceptance = _long(
        Text("验收标准", "Acceptance criteria"),
        Text("例如：连续两周失败率低于 1%", "E.g. failure rate below 1 % for two weeks"),
    )
    lead = forms.ModelChoiceField(User.objects.none(), label=Text("方案负责人", "Lead"), required=False)
    start = DayField(label=Text("开始时间", "Start"), required=False)
    finish = DayField(label=Text("完成时间", "Finish"), required=False)
    effort_days = forms.IntegerField(
        label=Text("估计需要（工作日）", "Estimated effort (working days)"), required=False, min_value=1, max_value=2000
    )
    budget = forms.DecimalField(
        label=Text("预算（元）", "Budget (yuan)"), min_value=Decimal(0), max_digits=14, decimal_places=2,
        help_text=Text("超过限额须经管理层会议决议", "Over the limit a management meeting decides"),
    )  # fmt: skip
    risks = _long(Text("风险与应对", "Risks and responses"))
    rollback = _long(Text("回退办法", "Rollback"))
    reviewers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=Text("联合评审（须全部同意）", "Joint review (all must agree)"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        mine = {f: getattr(plan, f) for f in FIELDS} | {"seen": plan.version, "reviewers": plan.reviewers.all()}
        super().__init__(*args, initial=mine, **kwargs)
        people = User.objects.filter(is_active=True, grants__isnull=False).distinct().order_by("team", "id")
        self.fields["lead"].queryset = people  # type: ignore[attr-defined]
        directors = User.objects.with_role("director").exclude(pk__in=[plan.author_id, plan.lead_id or 0])
        self.fields["reviewers"].queryset = directors  # type: ignore[attr-defined]


class GoalForm(Form):
    """A goal in figures (S3-40)."""

    metric = forms.CharField(label=Text("指标", "Metric"), max_length=80)
    baseline = forms.DecimalField(label=Text("现状值", "Baseline"), required=False, max_digits=16, decimal_places=4)
    op = forms.ChoiceField(label=Text("要求", "Wanted"), choices=choices(plan_choices.OPS))
    target = forms.DecimalField(label=Text("目标值", "Goal value"), required=False, max_digits=16, decimal_places=4)
    unit = forms.CharField(label=Text("单位", "Unit"), max_length=20, required=False)


class ResourceForm(Form):
    kind = forms.ChoiceField(label=Text("资源", "Resource"), choices=choices(plan_choices.RESOURCES))
    detail = forms.CharField(label=Text("说明", "Note"), max_length=200)


class OptionForm(EditForm):
    """One alternative with its scores; 5 is always the best."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=Text("备选方案", "Option"), max_length=80)
    content = _long(Text("内容", "Content"))
    note = forms.CharField(label=Text("说明", "Note"), required=False, max_length=500)

    def __init__(self, option: Option | None, *args: Any, **kwargs: Any) -> None:
        if option:
            kwargs["initial"] = {
                "seen": option.version,
                "name": option.name,
                "content": option.content,
                "note": option.note,
            } | option.scores
        super().__init__(*args, **kwargs)
        marks = [(n, str(n)) for n in range(1, 6)]
        for code, name in plan_choices.CRITERIA.items():
            needed = code in plan_choices.REQUIRED_CRITERIA
            self.fields[code] = forms.TypedChoiceField(
                label=Text("{name}（5 最好）", "{name} (5 is best)").format(name=name), required=needed, coerce=int,
                empty_value=None, choices=[("", CHOOSE if needed else Text("不评", "Not scored")), *marks],
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip


class WeightsForm(Form):
    """How much each criterion counts in the comparison, 0 to 10."""

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in plan_choices.CRITERIA.items():
            self.fields[code] = forms.IntegerField(
                label=name, min_value=0, max_value=10, initial=(plan_choices.WEIGHTS | plan.weights)[code],
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )  # fmt: skip


class MeasureForm(EditForm):
    """One measure with its owner and its day (S1-40, S3-39)."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    horizon = forms.ChoiceField(label=Text("类别", "Category"), choices=choices(plan_choices.HORIZONS))
    content = forms.CharField(label=Text("具体措施", "Measure"), max_length=400)
    cause = forms.ModelChoiceField(
        Cause.objects.none(), label=Text("针对的原因", "Cause it answers"), required=False,
        help_text=Text("长期措施必须对应已成立的根因", "A long-term measure must answer a root cause that holds"),
    )  # fmt: skip
    owner = forms.ModelChoiceField(User.objects.none(), label=Text("负责人", "Owner"))
    due_text = forms.CharField(
        label=Text("期限", "Due"), max_length=20,
        help_text=Text("日期，或“3 个工作日”“2 个月”，从开始时间算起", "A date, or “3 wd”, “2 months” from the plan's start"),
    )  # fmt: skip

    def __init__(self, plan: Plan, measure: Measure | None, *args: Any, **kwargs: Any) -> None:
        if measure:
            kwargs["initial"] = {
                "seen": measure.version, "horizon": measure.horizon, "content": measure.content, "cause": measure.cause_id,
                "owner": measure.owner_id, "due_text": measure.within or measure.due.isoformat(),
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        causes = Cause.objects.filter(analysis__case=plan.case_id).exclude(verdict="ruled_out").order_by("-level", "id")
        self.fields["cause"].queryset = causes  # type: ignore[attr-defined]
        people = User.objects.filter(is_active=True, grants__isnull=False).distinct().order_by("team", "id")
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class DecisionForm(Form):
    """A decider's word. Which fields there are follows from the step."""

    version_number = forms.IntegerField(widget=forms.HiddenInput)
    step = forms.ChoiceField(widget=forms.HiddenInput, choices=choices(plan_choices.STEPS))
    resource_verdict = forms.ChoiceField(
        label=Text("资源匹配", "Resources match"),
        choices=choices(plan_choices.RESOURCE_VERDICTS),
        widget=forms.RadioSelect,
        required=False,
    )
    risk_verdict = forms.ChoiceField(
        label=Text("风险", "Risk"),
        choices=choices(plan_choices.RISK_VERDICTS),
        widget=forms.RadioSelect,
        required=False,
    )
    resolution = forms.CharField(label=Text("会议决议编号", "Number of the resolution"), max_length=60, required=False)
    opinion = forms.CharField(
        label=Text("意见", "Comment"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 1}),
    )  # fmt: skip

    def __init__(self, step: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, at in (("resource_verdict", "review"), ("risk_verdict", "review"), ("resolution", "resolve")):
            if step != at:
                del self.fields[name]


class ReasonForm(Form):
    """A reason for what is done. ``what`` names the field."""

    reason = forms.CharField(label=Text("理由", "Reason"), max_length=500)


class ChangeForm(Form):
    """A change of budget, finish or goals after approval; what is left as it is changes nothing."""

    budget = forms.DecimalField(
        label=Text("预算（元）", "Budget (yuan)"), min_value=Decimal(0), max_digits=14, decimal_places=2
    )
    finish = DayField(label=Text("完成时间", "Finish"))
    reason = forms.CharField(label=Text("变更原因", "Reason"), max_length=500)
    effect = forms.CharField(label=Text("影响", "Impact"), max_length=500, required=False)

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"budget": plan.budget, "finish": plan.finish}, **kwargs)
        self.goals = list(plan.goals.all())
        for goal in self.goals:
            title: Text = Text("目标：{goal}", "Goal: {goal}", goal=f"{goal.metric} {goal.unit}")
            self.fields[f"goal_{goal.pk}"] = forms.DecimalField(
                label=title, initial=goal.target, max_digits=16, decimal_places=4,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )  # fmt: skip
        self.order_fields(["budget", "finish", *(f"goal_{g.pk}" for g in self.goals), "reason", "effect"])

    def wanted(self) -> dict[str, Any]:
        entered = self.cleaned_data
        goals = {g.pk: entered[f"goal_{g.pk}"] for g in self.goals}
        return {k: entered[k] for k in ("budget", "finish", "reason", "effect")} | {"goals": goals}


class AskForm(Form):
    """What the customer will read: goal and content in plain words, the date, what they have to do (S1-39)."""

    summary = forms.CharField(label=Text("给客户的说明（通俗易懂）", "What the customer reads, in plain words"), max_length=2000,
                              widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}))  # fmt: skip
    finish = DayField(label=Text("预计完成", "Expected finish"))
    todo = forms.CharField(
        label=Text("需要客户配合（每行一条）", "What the customer must do (one a line)"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )  # fmt: skip

    def clean_todo(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["todo"].splitlines() if line.strip()]


class CallForm(Form):
    name = forms.CharField(label=Text("谁答复的", "Who answered"), max_length=60)
    agreed = forms.TypedChoiceField(
        label=Text("客户的答复", "The customer's answer"), coerce=lambda v: v == "yes", widget=forms.RadioSelect,
        choices=[("yes", Text("同意", "Agrees")), ("no", Text("有异议", "Objects"))],
    )  # fmt: skip
    comment = forms.CharField(label=Text("客户的原话", "The customer's words"), max_length=1000, required=False)
    upload = forms.FileField(label=Text("录音或截图", "Recording or picture"), required=False)


class AnswerForm(Form):
    """The customer's answer at the public door."""

    name = forms.CharField(label=Text("您的称呼", "Your name"), max_length=60)
    comment = forms.CharField(
        label=Text("想说的话（有异议请写明）", "Your words (please write them when you object)"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
    )  # fmt: skip


class PolicyForm(EditForm):
    way = forms.ChoiceField(
        label=Text("不花钱的方案", "Plans that cost nothing"),
        choices=choices(
            {
                "long": Text("照常：联合评审、分管领导", "As all others: joint review, then the leader"),
                "short": Text("免评审：客户确认即可执行", "No review: the customer's agreement is enough"),
            }
        ),
        widget=forms.RadioSelect,
    )
    meeting_over = forms.DecimalField(
        label=Text("预算超过多少元须管理层会议决议", "Budget above which a management meeting decides (yuan)"),
        min_value=Decimal(0), max_digits=14, decimal_places=2,
        help_text=Text("严格大于：正好等于这个数不用开会", "Strictly above: exactly this much needs no meeting"),
    )  # fmt: skip
