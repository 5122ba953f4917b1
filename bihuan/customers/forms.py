"""What a person may type about a customer and a contact."""

from __future__ import annotations

from django import forms

from bihuan.core.forms import EditForm, Form
from bihuan.core.text import Text
from bihuan.customers.models import Customer


class CustomerForm(EditForm):
    name = forms.CharField(label=Text("名称", "Name"), max_length=120)
    account = forms.CharField(label=Text("账号", "Account"), max_length=80, required=False)
    industry = forms.CharField(label=Text("行业", "Industry"), max_length=60, required=False)
    size = forms.CharField(label=Text("规模", "Size"), max_length=40, required=False)
    level = forms.CharField(label=Text("等级", "Level"), max_length=40, required=False)
    value = forms.ChoiceField(label=Text("客户价值", "Customer value"), choices=Customer.Value.choices)
    paying = forms.BooleanField(label=Text("付费客户", "Paying customer"), required=False)
    history = forms.CharField(
        label=Text("服务历史摘要", "Service history"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"lines": 4}),
    )


class RevealForm(Form):
    reason = forms.CharField(label=Text("查看原因", "Reason"), max_length=200)
    on = forms.CharField(required=False, max_length=40)


class DoNotContactForm(Form):
    reason = forms.CharField(label=Text("原因", "Reason"), min_length=2, max_length=200)
    value = forms.BooleanField(required=False)
