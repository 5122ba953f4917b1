"""The base of every form: fields look right, labels speak both languages, an edit says which version it saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from bihuan.core.form_renderer import Renderer
from bihuan.core.picklists import Picklist
from bihuan.core.text import Text

_LOOKS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.HiddenInput, ""),
    (forms.Widget, "form-control"),
)


class Form(forms.Form):
    """A form of ours. ``placeholders`` and ``hints`` are given by the field's ``help_text`` and widget attrs."""

    default_renderer = Renderer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            look = next(c for w, c in _LOOKS if isinstance(field.widget, w))
            field.widget.attrs.setdefault("class", look)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = field.widget.attrs.pop("lines", 3)

    def refuse(self, reason: Text) -> None:
        self.add_error(None, str(reason))


class EditForm(Form):
    """A form that changes a stored row: it carries the version its person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    stale: list[tuple[str, Any, Any]] = []

    def compare(self, stored: Any, meant: dict[str, Any]) -> None:
        """After a stale save: list present and entered values side by side, and let the next save overwrite knowingly."""
        self.stale = [
            (str(self.fields[k].label or k), getattr(stored, k, ""), v)
            for k, v in meant.items()
            if k in self.fields and getattr(stored, k, None) != v
        ]
        data: Any = self.data
        self.data = data = data.copy()
        data["seen"] = str(stored.version)


class PicklistSelect(forms.Select):
    """A select that offers no disabled item, but keeps the chosen one."""

    def __init__(self, names: Picklist) -> None:
        super().__init__()
        self.names = names

    def __deepcopy__(self, memo: Any) -> PicklistSelect:
        copied: PicklistSelect = super().__deepcopy__(memo)
        copied.names = self.names
        return copied

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        gone = self.names.retired - set(value)
        return [
            (group, [one for one in options if str(one["value"]) not in gone], index)
            for group, options, index in super().optgroups(name, value, attrs)
        ]


def picklist_field(label: Text, names: Mapping[str, Text], blank: Text | None = None, *, required: bool = False) -> Any:
    """A field that takes one code of a picklist, as the picklist is when the form is rendered."""
    if isinstance(names, Picklist):
        options: Any = lambda: choices(names, blank)  # noqa: E731  read anew for every form
        return forms.ChoiceField(label=label, choices=options, required=required, widget=PicklistSelect(names))
    return forms.ChoiceField(label=label, choices=choices(names, blank), required=required)


def choices(names: Mapping[str, Text], blank: Text | None = None) -> list[tuple[str, Any]]:
    """Select options from a picklist, with an empty first one where ``blank`` is given."""
    return ([("", blank)] if blank else []) + list(names.items())


CHOOSE = Text("请选择", "Choose")


class MomentField(forms.DateTimeField):
    """A moment to the minute, typed or picked, in the company's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d"]


class DayField(forms.DateField):
    """A day, typed or picked."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
