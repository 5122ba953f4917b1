"""What an administrator types in about the endpoint, and a person about a draft."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import EditForm, Form
from bihuan.core.text import Text
from bihuan.plugins import endpoint_address
from bihuan.plugins.models import LONGEST, PER_HOUR, SECONDS


class EndpointForm(EditForm):
    address = forms.CharField(
        label=Text("接口地址", "Address"), max_length=endpoint_address.LONGEST,
        help_text=Text("到版本号为止，如 https://api.example.com/v1", "Up to the version, like https://api.example.com/v1"),
    )  # fmt: skip
    plain = forms.BooleanField(
        label=Text("允许不加密(http)发往其他机器，只在自己的内网里勾选", "Allow unencrypted http to other machines; only inside your own network"),
        required=False,
    )  # fmt: skip
    key = forms.CharField(
        label=Text("密钥", "Key"), max_length=500, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=Text("加密保存，不再显示；留空就不变", "Kept encrypted and never shown again; blank leaves it as it is"),
    )  # fmt: skip
    forget_key = forms.BooleanField(label=Text("去掉密钥", "Remove the key"), required=False)
    writes = forms.BooleanField(
        label=Text(
            "用来起草：标签、5 个为什么、周报文字", "Use it for drafts: labels, 5 whys, text of the weekly report"
        ),
        required=False,
    )
    model = forms.CharField(label=Text("起草用的模型名", "Model for drafts"), max_length=120, required=False)
    encodes = forms.BooleanField(
        label=Text("用来归并问题：句向量(全部反馈都会遮盖后发出)", "Use it for grouping: sentence vectors (all feedback items are sent, masked)"),
        required=False,
    )  # fmt: skip
    embedding = forms.CharField(label=Text("向量模型名", "Embedding model"), max_length=120, required=False)
    seconds = forms.IntegerField(
        label=Text("一次最多等几秒", "Seconds to wait for an answer"), min_value=SECONDS[0], max_value=SECONDS[1]
    )
    per_hour = forms.IntegerField(
        label=Text("每小时最多发几次", "Calls an hour at most"), min_value=PER_HOUR[0], max_value=PER_HOUR[1]
    )
    longest = forms.IntegerField(
        label=Text("一次最多发几个字", "Characters of one sending at most"), min_value=LONGEST[0], max_value=LONGEST[1]
    )

    field_order = [
        "address",
        "key",
        "forget_key",
        "plain",
        "writes",
        "model",
        "encodes",
        "embedding",
        "seconds",
        "per_hour",
        "longest",
    ]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        for name in ("address", "model", "embedding", "key"):
            values[name] = (values.get(name) or "").strip()
        return values


class DropForm(Form):
    reason = forms.CharField(label=Text("不采用的理由", "Why it is not taken"), min_length=2, max_length=300)
