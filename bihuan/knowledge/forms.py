"""What people type into an article."""

from __future__ import annotations

from django import forms

from bihuan.core.forms import EditForm, choices
from bihuan.core.text import Text
from bihuan.knowledge import article_choices


class ArticleForm(EditForm):
    """All parts of an article (S4-I11). ``seen`` is empty for a new one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=article_choices.PARTS["title"],
        max_length=200,
        help_text=Text("读者会怎么问就怎么写", "Put it as a reader would ask"),
    )
    kind = forms.ChoiceField(label=Text("类型", "Type"), choices=choices(article_choices.KINDS))
    audience = forms.ChoiceField(
        label=Text("读者", "Audience"),
        choices=choices(article_choices.AUDIENCES),
        help_text=Text(
            "“客户可见”的知识发布后会出现在公开的帮助页",
            "“Customers too” appears on the public help page once published",
        ),
    )
    phenomenon = forms.CharField(
        label=Text("现象（保留客户原话）", "Phenomenon (in the customer's own words)"),
        widget=forms.Textarea(attrs={"lines": 5}),
        max_length=8000,
    )
    cause = forms.CharField(
        label=article_choices.PARTS["cause"], widget=forms.Textarea(attrs={"lines": 3}), max_length=8000, required=False
    )
    steps = forms.CharField(
        label=Text("处理步骤（一行一步）", "Steps (one a line)"),
        widget=forms.Textarea(attrs={"lines": 7}),
        max_length=20000,
    )
    range = forms.CharField(
        label=article_choices.PARTS["range"],
        widget=forms.Textarea(attrs={"lines": 2}),
        max_length=4000,
        required=False,
        help_text=Text("产品、版本、系统、不适用的情况", "Product, version, system, where it does not apply"),
    )
    keywords = forms.CharField(label=article_choices.PARTS["keywords"], max_length=200, required=False)
