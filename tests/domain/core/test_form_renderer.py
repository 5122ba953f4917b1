"""Fields drawn by functions look to the letter as Django's own templates draw them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from bihuan.core.form_renderer import Renderer
from bihuan.core.forms import Form
from bihuan.core.text import Text

WICKED = """<b>"it's" & so</b>"""
OPTIONS = [("", Text("请选择", "Choose")), ("a&b", WICKED), ("组", [("1", "一"), ("2", WICKED)])]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    *[(kind(attrs={"title": WICKED, "autofocus": True, "hidden": False}), value)
      for kind in (forms.TextInput, forms.NumberInput, forms.EmailInput, forms.HiddenInput, forms.DateInput, forms.Textarea)
      for value in (None, "", 0, WICKED, "多行\n文字")],
    (forms.PasswordInput(), "secret"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.FileInput(), None),
    *[(forms.Select(choices=OPTIONS), value) for value in (None, "", "a&b", "2")],
    (forms.SelectMultiple(choices=OPTIONS), ["1", "2"]),
    (forms.CheckboxSelectMultiple(choices=OPTIONS, attrs={"class": "a b"}), ["1", "2"]),
    (forms.CheckboxSelectMultiple(choices=[]), None),
    *[(forms.RadioSelect(choices=OPTIONS), value) for value in (None, "a&b")],
]  # fmt: skip


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_a_widget_is_drawn_as_django_draws_it(widget: forms.Widget, value: Any):
    attrs = {"id": "id_x", "required": True}
    drawn = widget.render("x", value, attrs, renderer=Renderer())
    template = widget.render("x", value, attrs, renderer=TemplatesSetting())
    assert _flat(drawn) == _flat(template)


def _flat(html: str) -> str:
    """Without the line breaks that Django's templates leave between options."""
    return re.sub(r">\s*\n\s*<", "><", html)


class Sample(Form):
    name = forms.CharField(label=Text("名称<", "Name<"), help_text=Text("例如 & 等", "E.g. & so"))
    agreed = forms.BooleanField(label=Text("同意", "Agreed"), required=False)
    several = forms.MultipleChoiceField(choices=[("1", "一")], widget=forms.CheckboxSelectMultiple)


def test_a_field_has_label_control_hint_and_error():
    shown = str(Sample({})["name"].as_field_group())
    assert '<div class="field field-bad"><label class="form-label required" for="id_name">名称&lt;</label>' in shown
    assert '<div class="form-hint" id="id_name_helptext">例如 &amp; 等</div>' in shown
    assert '<div class="field-error" role="alert">' in shown
    assert 'aria-describedby="id_name_helptext' in shown


def test_a_check_box_stands_before_its_label_and_several_in_a_fieldset():
    form = Sample()
    assert str(form["agreed"].as_field_group()).startswith(
        '<div class="field"><label class="form-check"><input type="checkbox"'
    )
    assert "<fieldset><legend" in str(form["several"].as_field_group())
