"""What people type in about a case. Three fields open one; the rest is asked for before each stage (practice notes 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from bihuan.cases import case_choices
from bihuan.core import clock
from bihuan.core.forms import CHOOSE, DayField, EditForm, Form, MomentField, choices, picklist_field
from bihuan.core.text import Text
from bihuan.deadlines.models import StatutoryRule
from bihuan.feedback import feedback_choices as feedback_choices
from bihuan.people.models import Team, User

Groups = tuple[tuple[Text, tuple[str, ...]], ...]


class LinesField(forms.CharField):
    """Several short texts, one a line, kept as a list."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"])

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


def _text(zh: str, en: str, size: int = 4000, required: bool = False, hint: Text | None = None, **attrs: Any) -> Any:
    widget = forms.Textarea(attrs=attrs) if size > 200 else forms.TextInput
    return forms.CharField(label=Text(zh, en), required=required, max_length=size, widget=widget, help_text=hint or "")


def _pick(zh: str, en: str, names: Mapping[str, Text], required: bool = False) -> Any:
    return picklist_field(Text(zh, en), names, CHOOSE, required=required)


def _count(zh: str, en: str) -> Any:
    return forms.IntegerField(label=Text(zh, en), required=False, min_value=0, max_value=100_000_000)


class CaseFields(forms.Form):
    """The fields of a case, in the order one asks for them."""

    kind = _pick("事项性质", "Kind", case_choices.KINDS, required=True)
    title = _text(
        "标题", "Title", 200, required=True, hint=Text("一句话说清要解决什么", "In one sentence: what is to be solved")
    )
    description = _text(
        "问题描述",
        "Problem description",
        required=True,
        hint=Text("以客户原话为准，不加推测", "In the customer's words; no guesses"),
        lines=4,
    )
    channel = _pick("问题来源", "Source", feedback_choices.CHANNELS)
    occurred_at = MomentField(label=Text("发生时间", "Happened at"), required=False)
    error_text = _text(
        "错误提示（原文）",
        "Error message, verbatim",
        hint=Text("如：HTTP 500 连接超时", "E.g. HTTP 500 connection timeout"),
        lines=2,
    )
    frequency = _pick("出现频率", "Frequency", case_choices.FREQUENCIES)
    product = _text("产品", "Product", 80)
    app_version = _text("版本", "Version", 40)
    system = _text("环境", "Environment", 40)
    extent = _pick("影响范围", "Scope", case_choices.EXTENTS)
    affected_users = _count("受影响用户数", "Users affected")
    affected_customers = _count("受影响客户数", "Customers affected")
    requirement_type = _pick("需求性质", "Kind of requirement", case_choices.REQUIREMENT_TYPES)
    requirement_class = _pick("需求分类", "Requirement class", case_choices.REQUIREMENT_CLASSES)
    technical_type = _pick("技术类型", "Technical type", case_choices.TECHNICAL_TYPES)
    problem_type = _pick("问题类型", "Problem type", feedback_choices.PROBLEM_TYPES)
    key_demands = LinesField(
        label=Text("关键诉求", "Key demands"), required=False, max_length=2000, help_text=Text("一行一条", "One a line")
    )
    expected_effect = _text("期望效果", "Wished effect", lines=2)
    expected_by = DayField(label=Text("期望完成日期", "Wished by"), required=False)
    first_judgement = _text(
        "初步判断", "First judgement", lines=2, hint=Text("如：怀疑索引失效", "E.g. an index is suspected")
    )
    workaround = _text("临时规避办法", "Workaround", lines=2)

    groups: Groups = (
        (Text("是什么事", "What it is"), ("kind", "title", "description", "channel", "occurred_at")),
        (Text("类型", "Types"), ("requirement_type", "requirement_class", "technical_type", "problem_type")),
        (Text("影响多大", "How wide"), ("extent", "affected_users", "affected_customers", "frequency")),
        (Text("现场情况", "On the spot"), ("error_text", "product", "app_version", "system", "first_judgement", "workaround")),
        (Text("客户要什么", "What is wanted"), ("key_demands", "expected_effect", "expected_by")),
    )  # fmt: skip

    def sections(self) -> Iterator[tuple[Text, list[BoundField], bool]]:
        """Title, fields, and whether the section starts open."""
        for n, (title, names) in enumerate(self.groups):
            fields = [self[name] for name in names if name in self.fields]
            yield title, fields, n == 0 or any(f.errors or f.value() for f in fields)


class EditCaseForm(CaseFields, EditForm):
    planned_for = DayField(label=Text("排期日期", "Planned for"), required=False)
    pool = _text("迭代或月度计划", "Iteration or month", 20)

    groups = (*CaseFields.groups, (Text("排期", "Schedule"), ("planned_for", "pool")))


class NewCaseForm(CaseFields, Form):
    customer_name = _text("客户名称", "Customer", 120)
    contact_name = _text("联系人", "Contact person", 60)
    contact = _text("联系方式", "Contact", 120)

    groups = (
        CaseFields.groups[0],
        (Text("客户", "Customer"), ("customer_name", "contact_name", "contact")),
        *CaseFields.groups[1:],
    )


class FromFeedbackForm(CaseFields, Form):
    """A case made from a feedback item: customer and contact come with the feedback item."""


class ProblemCaseForm(Form):
    """A case made from a problem found: its feedback items tell the rest."""

    title = _text("标题", "Title", 200, required=True)
    kind = forms.ChoiceField(label=Text("性质", "Kind"), choices=choices(case_choices.KINDS))


class OwnerForm(EditForm):
    owner = forms.ModelChoiceField(label=Text("负责人", "Owner"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners()  # type: ignore[attr-defined]


class TeamForm(Form):
    team = forms.ModelChoiceField(label=Text("处理小组", "Team"), queryset=Team.objects.order_by("id"))


class CollaboratorsForm(Form):
    people = forms.ModelMultipleChoiceField(
        label=Text("协同人员", "Collaborators"), queryset=User.objects.none(), required=False
    )
    teams = forms.ModelMultipleChoiceField(
        label=Text("协同部门", "Collaborating teams"), queryset=Team.objects.order_by("id"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = possible_owners()  # type: ignore[attr-defined]


def possible_owners() -> Any:
    """People who may own a case or collaborate on it."""
    return User.objects.with_role(*CASE_ROLES).select_related("team")


CASE_ROLES = (
    "agent", "supervisor", "product_manager", "operations_manager", "engineer",
    "tech_lead", "project_manager", "business_owner",
)  # fmt: skip


def _why(zh: str, en: str) -> Any:
    return forms.CharField(label=Text(zh, en), widget=forms.Textarea(attrs={"lines": 3}), max_length=1000)


class PauseForm(Form):
    paused_for = forms.ChoiceField(
        label=Text("在等谁", "Who has the next move"),
        choices=choices(case_choices.PAUSE_REASONS),
        widget=forms.RadioSelect,
    )
    reason = _why("在等什么", "Waiting for what")


class DeclineForm(EditForm):
    why = forms.ChoiceField(
        label=Text("不受理原因", "Why not"), choices=choices(case_choices.DECLINES), widget=forms.RadioSelect
    )
    reason = _why("说明（会告知客户）", "Explanation, told to the customer")


class ReasonForm(Form):
    reason = _why("理由", "Reason")


class CommunicationForm(Form):
    """One contact with the customer."""

    kind = forms.ChoiceField(
        label=Text("沟通目的", "Purpose"), choices=choices(case_choices.COMMUNICATION_KINDS), initial="confirm"
    )
    channel = forms.ChoiceField(
        label=Text("方式", "Method"), choices=choices(case_choices.COMMUNICATION_CHANNELS), initial="phone"
    )
    at = MomentField(label=Text("时间（空着就是现在）", "When (empty: now)"), required=False)
    content = forms.CharField(
        label=Text("说了什么", "Content"), widget=forms.Textarea(attrs={"lines": 3}), max_length=4000
    )
    reply = forms.CharField(
        label=Text("客户怎么说", "The customer's reply"),
        widget=forms.Textarea(attrs={"lines": 2}),
        max_length=4000,
        required=False,
    )


class CommunicationChannelForm(Form):
    """How the customer was updated."""

    way = forms.ChoiceField(choices=choices(case_choices.COMMUNICATION_CHANNELS))


class FileForm(Form):
    upload = forms.FileField(label=Text("附件（不超过 20 MB）", "File, up to 20 MB"))


class ExternalRequestForm(Form):
    """A request of an authority: its number, the rule it goes by or the limit it gave."""

    rule = forms.ModelChoiceField(
        label=Text("依据", "Basis"), queryset=StatutoryRule.objects.none(), required=False, empty_label=str(CHOOSE)
    )
    number = forms.CharField(label=Text("外部编号", "External number"), max_length=80, required=False)
    received_at = MomentField(label=Text("对方转来的时间（空着就是现在）", "Received (empty: now)"), required=False)
    given = MomentField(
        label=Text("对方给定的期限", "The deadline as given"),
        required=False,
        help_text=Text("写了就以它为准", "When given, it counts"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row.pk for row in StatutoryRule.in_force_on(clock.today())]
        self.fields["rule"].queryset = StatutoryRule.objects.filter(pk__in=rows)  # type: ignore[attr-defined]
        self.fields["rule"].label_from_instance = lambda row: f"{row.name} · {row.length}"  # type: ignore[attr-defined]


class AnswerForm(Form):
    text = _why("答复了什么", "What was answered")
    at = MomentField(label=Text("答复时间（空着就是现在）", "When (empty: now)"), required=False)
