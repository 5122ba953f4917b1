"""What the administrator types in about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from bihuan.core.forms import Form, choices
from bihuan.core.text import Text
from bihuan.people.models import Team
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
