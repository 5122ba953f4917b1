"""What is written to a report before it is issued."""

from __future__ import annotations

from django import forms

from bihuan.core.forms import Form
from bihuan.core.text import Text


class IssueForm(Form):
    """The two sections a person writes (S3-37); the other two are the figures."""

    findings = forms.CharField(
        label=Text("根因分析结论", "Root causes found"), widget=forms.Textarea, max_length=4000, required=False
    )
    advice = forms.CharField(
        label=Text("初步改进建议", "First improvement suggestions"),
        widget=forms.Textarea,
        max_length=4000,
        required=False,
    )
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)
