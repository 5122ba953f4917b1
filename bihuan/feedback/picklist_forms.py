"""What an administrator types into an item of a picklist; channels also belong to a group."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import EditForm, Form
from bihuan.core.picklists import Picklist
from bihuan.core.text import Text
from bihuan.feedback.feedback_choices import CHANNEL_GROUPS


class PicklistItemForm(Form):
    zh = forms.CharField(label=Text("中文名称", "Name in Chinese"), max_length=40)
    en = forms.CharField(label=Text("英文名称", "Name in English"), max_length=60)
    group = forms.ChoiceField(label=Text("归在", "Under"), choices=list(CHANNEL_GROUPS.items()))
    place = forms.IntegerField(
        label=Text("顺序", "Order"), min_value=1, max_value=9999, help_text=Text("小的排在前面", "Smaller comes first")
    )

    def __init__(self, picklist: Picklist, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if picklist.name != "channel":
            del self.fields["group"]


class EditPicklistItemForm(PicklistItemForm, EditForm):
    retired = forms.BooleanField(
        label=Text("停用", "Disabled"), required=False,
        help_text=Text("以后不能再选；已经用了它的照旧显示", "Chosen no more; what bears it keeps showing it"),
    )  # fmt: skip
