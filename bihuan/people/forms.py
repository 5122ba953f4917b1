"""What the administrator types in about people and about the numbers of records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from bihuan.core.forms import EditForm, Form, choices
from bihuan.core.models import NumberRule
from bihuan.core.text import Text
from bihuan.people.models import Team
from bihuan.people.number_rules import DIGITS, LONGEST
from bihuan.people.permissions import ROLES


class RolesForm(Form):
    roles = forms.MultipleChoiceField(
        label=Text("角色", "Roles"), choices=choices(ROLES), widget=forms.CheckboxSelectMultiple, required=False
    )
    email = forms.EmailField(
        label=Text("邮箱（接收急件和每日摘要，可不填）", "Mail, for alarms and the daily digest (optional)"),
        required=False,
        max_length=200,
    )
    team = forms.ModelChoiceField(label=Text("小组", "Team"), queryset=Team.objects.order_by("id"), required=False)


class PersonForm(RolesForm):
    username = forms.SlugField(label=Text("账号", "Account"), max_length=40)
    name = forms.CharField(label=Text("姓名", "Name"), max_length=40)
    password = forms.CharField(
        label=Text("初始密码（至少 10 位）", "First password, 10 characters or more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=1024,
    )

    field_order = ("username", "name", "password", "email", "team", "roles")

    def clean_password(self) -> Any:
        password_validation.validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class FirstStartForm(Form):
    username = forms.CharField(label=Text("管理员账号", "Administrator's account"), initial="admin", max_length=40)
    name = forms.CharField(label=Text("姓名", "Name"), max_length=40)
    password = forms.CharField(
        label=Text("密码（至少 10 位）", "Password (10 characters or more)"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=1024,
    )
    again = forms.CharField(label=Text("再输一次", "Once more"), widget=forms.PasswordInput, max_length=1024)

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if entered.get("password") != entered.get("again"):
            self.add_error("again", str(Text("两次输入的密码不一样。", "The two passwords differ.")))
        elif entered.get("password"):
            password_validation.validate_password(entered["password"])
        return entered


class NumberRuleForm(EditForm):
    letters = forms.CharField(
        label=Text("前缀", "Prefix"),
        max_length=LONGEST,
        help_text=Text("大写英文字母，如 KF", "Capital letters, like KF"),
    )
    reset = forms.ChoiceField(
        label=Text("日期部分与重新计数", "Date part and counting"), choices=NumberRule.Reset.choices
    )
    digits = forms.IntegerField(
        label=Text("流水号位数", "Digits of the serial"), min_value=DIGITS[0], max_value=DIGITS[1],
        help_text=Text("编满以后自动加一位，不会重号", "When they are used up it grows by one; no number comes twice"),
    )  # fmt: skip

    def clean_letters(self) -> str:
        return str(self.cleaned_data["letters"]).strip().upper()
