"""What a person may type about a feedback item."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms

from bihuan.core import clock
from bihuan.core.forms import CHOOSE, EditForm, Form, MomentField, picklist_field
from bihuan.core.text import Text
from bihuan.customers.models import Customer
from bihuan.feedback import feedback_choices
from bihuan.feedback.form_fields import FilesField, TriedField

WORDS_LIMIT = 20_000
_NEEDED = Text("请填写这一项。", "Please fill this in.")
_TRIES = Text("客户自己试过什么，结果怎样", "What the customer tried, and what came of it")


def _line(label: Text, length: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, widget=forms.TextInput(attrs=more.pop("attrs", {})), **more
    )


def _area(label: Text, length: int, lines: int = 2, **more: Any) -> forms.CharField:
    attrs = {"lines": lines} | more.pop("attrs", {})
    return forms.CharField(label=label, max_length=length, required=False, widget=forms.Textarea(attrs=attrs), **more)


def _pick(label: Text, names: Mapping[str, Text]) -> forms.ChoiceField:
    return picklist_field(label, names, CHOOSE)


def channel_options() -> list[tuple[Any, Any]]:
    """The channels under their groups."""
    offered = feedback_choices.CHANNELS.open.items()
    grouped = {
        g: [c for c in offered if feedback_choices.CHANNELS.group(c[0]) == g] for g in feedback_choices.CHANNEL_GROUPS
    }
    return [(feedback_choices.CHANNEL_GROUPS[g], rows) for g, rows in grouped.items()]


class Surroundings(Form):
    """Everything around the words: asked for when recording, and again when completing."""

    customer = _line(
        Text("客户名称/账号", "Customer name or account"),
        120,
        attrs={"autocomplete": "off"},
        help_text=Text("不愿留名的可以空着。", "Leave blank for an anonymous feedback item."),
    )
    contact = _line(
        Text("联系方式", "Contact"),
        80,
        attrs={"autocomplete": "off"},
        help_text=Text("可不填；加密保存，只显示掩码。", "Optional; stored encrypted, shown masked."),
    )
    contact_name = _line(Text("联系人", "Contact person"), 60, attrs={"autocomplete": "off"})
    occurred_at = MomentField(label=Text("发生时间（到分钟）", "When it happened (to the minute)"), required=False)
    nature = _pick(Text("性质", "Kind"), feedback_choices.NATURES)
    title = _line(Text("① 您最想解决什么问题？", "① What must be solved?"), 200)
    demand = _area(Text("② 您希望得到什么结果？", "② What result do you expect?"), 2000)
    product = _line(Text("产品/服务", "Product or service"), 80)
    app_version = _line(Text("版本", "Version"), 40)
    system = _line(Text("操作系统/设备", "System or device"), 40)
    browser = _line(Text("浏览器/客户端", "Browser or client"), 80)
    error_text = _area(
        Text("错误提示（逐字）", "Error text (to the letter)"), 5000, attrs={"class": "form-control mono"}
    )
    frequency = _pick(Text("频率", "Frequency"), feedback_choices.FREQUENCIES)
    tried = TriedField(label=_TRIES, required=False)
    external_no = _line(Text("外部编号（12315 等）", "External number (12315 …)"), 80)
    external_due = MomentField(label=Text("外部要求的期限", "External deadline"), required=False)
    customer_type = _pick(Text("客户类型", "Customer type"), feedback_choices.CUSTOMER_TYPES)
    region = _line(Text("地区", "Region"), 60)
    first_judgement = _area(
        Text("初步判断（待验证）", "First judgement (unverified)"),
        2000,
        help_text=Text("写您的推测，不改客户原话。", "Your guess; the customer's words stay as they are."),
    )

    def clean_customer(self) -> Customer | dict[str, str] | None:
        """The one we know by what was typed, else the name of a new one."""
        typed = self.cleaned_data["customer"]
        return Customer.find_by_label(typed) or ({"name": typed} if typed else None)

    def clean_occurred_at(self) -> Any:
        value = self.cleaned_data["occurred_at"]
        if value and value > clock.now():
            raise forms.ValidationError(str(Text("发生时间不能晚于现在。", "It cannot have happened in the future.")))
        return value

    def clean(self) -> dict[str, Any]:
        """``browser`` becomes a part of the environment; a name alone is no contact."""
        entered = super().clean() or {}
        if entered.get("contact_name") and not entered.get("contact"):
            message = Text(
                "写了联系人，还需要联系方式；没有的话，把姓名写在客户名称里。",
                "A contact person needs a contact; without one, write the name as the customer.",
            )
            self.add_error("contact", str(message))
        browser = entered.pop("browser", "")
        entered["environment"] = {"browser": browser} if browser else {}
        return entered


class FeedbackForm(Surroundings):
    """Recording a feedback item while on the phone: channel, customer and words are enough."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40, initial=lambda: secrets.token_urlsafe(16))
    channel = forms.ChoiceField(label=Text("渠道", "Channel"), choices=channel_options)
    text = forms.CharField(
        label=Text("客户说了什么（原话，保存后不再改）", "What the customer said (verbatim, never changed later)"),
        max_length=WORDS_LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"lines": 5}),
    )
    uploads = FilesField(
        label=Text("附件（录音、截图、纸质表）", "Files (recording, screenshot, paper form)"), required=False
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(str(_NEEDED))
        return text


class CompleteForm(EditForm, Surroundings):
    """Completing a record. The words are not among its fields."""

    channel = forms.ChoiceField(label=Text("渠道", "Channel"), choices=channel_options)
    judgement_verified = forms.BooleanField(
        label=Text("初步判断已有证据证实", "Evidence supports the first judgement"), required=False
    )


class AnswerForm(EditForm):
    reply = forms.CharField(
        label=Text("答复内容（客户会在进度查询里看到）", "Answer (the customer reads it on the progress page)"),
        min_length=2,
        max_length=2000,
        widget=forms.Textarea(attrs={"lines": 3}),
    )


class ReasonForm(EditForm):
    """A move that needs a reason."""

    reason = forms.CharField(label=Text("原因", "Reason"), min_length=2, max_length=300)


class FileForm(Form):
    uploads = FilesField(label=Text("添加附件", "Add files"))


class PublicForm(Form):
    """What anybody may tell us without an account."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40, initial=lambda: secrets.token_urlsafe(16))
    text = forms.CharField(
        label=Text("发生了什么？", "What happened?"),
        max_length=WORDS_LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"lines": 6}),
    )
    demand = _area(Text("您希望我们怎么做？（可不填）", "What do you want us to do? (optional)"), 2000)
    name = _line(Text("怎么称呼您？（可不填）", "Your name (optional)"), 60, attrs={"autocomplete": "name"})
    contact = _line(
        Text("手机或邮箱（可不填）", "Phone or e-mail (optional)"),
        80,
        attrs={"autocomplete": "tel"},
        help_text=Text("只用于就这件事联系您；加密保存。", "Used only to reach you about this; stored encrypted."),
    )
    agreed = forms.BooleanField(
        label=Text(
            "我同意按上面的说明处理我留下的称呼和联系方式", "I agree to the use of my name and contact as stated above"
        ),
        required=False,
    )
    website = _line(Text("请空着不填", "Please leave blank"), 200, attrs={"tabindex": "-1", "autocomplete": "off"})

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text.strip()) < 2:
            raise forms.ValidationError(str(Text("请写一句发生了什么。", "Please write a sentence on what happened.")))
        return text

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                str(Text("请把这一栏清空后再提交。", "Please empty this field and send again."))
            )
        return ""

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("name") and not entered.get("contact"):
            message = Text(
                "只留称呼我们联系不上您，请加上手机或邮箱，或者都不留。",
                "We cannot reach you by a name alone: please add phone or e-mail, or leave both blank.",
            )
            self.add_error("contact", str(message))
        if (entered.get("contact") or entered.get("name")) and not entered.get("agreed"):
            message = Text(
                "留下称呼或联系方式时，请勾选同意；也可以都不留。",
                "To leave a name or contact please tick the box, or leave both blank.",
            )
            self.add_error("agreed", str(message))
        return entered


class TrackForm(Form):
    number = forms.CharField(
        label=Text("受理编号", "Number"),
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "KF-20261122-0001", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=Text("查询码（8 位）", "Check code (8 characters)"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
